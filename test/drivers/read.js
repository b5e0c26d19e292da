// Reads the views named in the arguments through node-pg; prints them as the other clients here do.
const { Client } = require('pg');

function show(view, column, value) {
	if (value === null) return '\\N';
	if (typeof value === 'boolean') return value ? 't' : 'f';
	// bigint and numeric come as text, which has all their digits
	if (typeof value === 'string' || Number.isInteger(value)) return String(value);
	if (value instanceof Date) {
		const two = (n) => String(n).padStart(2, '0');
		return `${value.getFullYear()}-${two(value.getMonth() + 1)}-${two(value.getDate())}`;
	}
	throw new Error(`${view}.${column} comes as ${typeof value}`);
}

(async () => {
	const client = new Client();
	await client.connect();
	for (const view of process.argv.slice(2)) {
		const result = await client.query({ text: `SELECT * FROM ${view} ORDER BY key`, rowMode: 'array' });
		console.log(`== ${view}`);
		for (const row of result.rows) console.log(row.map((v, i) => show(view, result.fields[i].name, v)).join('|'));
	}
	await client.end();
})().catch((error) => {
	console.error(error.message);
	process.exit(1);
});

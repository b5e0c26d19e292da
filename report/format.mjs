// Dutch notation, and escaping: everything that comes from the database passes through esc() on its way into HTML.

const number = (options) => {
	const format = new Intl.NumberFormat('nl-NL', options);
	return (value) => (value === null || value === undefined ? '–' : format.format(value));
};
const plain = number({ maximumFractionDigits: 0 });
const tenth = number({ maximumFractionDigits: 1 });
const cents = number({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = number({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const months = ['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december'];

export const esc = (text) =>
	String(text).replace(/[&<>"'`]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' })[c]);

export const count = plain;
export const decimal = tenth;
export const share = percent;
export const euro = (value) => (value === null || value === undefined ? '–' : '€\u00a0' + plain(value).replace('-', '−'));
export const euroCents = (value) => (value === null || value === undefined ? '–' : '€\u00a0' + cents(value).replace('-', '−'));
export const millions = (value) => (Math.abs(value) < 1e5 ? euro(value) : '€\u00a0' + tenth(value / 1e6).replace('-', '−') + '\u00a0mln');
export const text = (value) => (value === null || value === undefined || value === '' ? '–' : String(value));
// The reasons of explain_threshold in Dutch. What stands in quotes is a value of the dossier and stays as it is.
const words = [
	[/ is missing/g, ' ontbreekt'],
	[/ is true/g, ' is waar'],
	[/ is false/g, ' is onwaar'],
	[/, required /g, ', vereist '],
	[/, applies when /g, ', geldt bij '],
	[/, exempt when /g, ', vrijgesteld bij '],
	[/condition: /g, 'voorwaarde: '],
	[/exception: /g, 'uitzondering: '],
	[/= true/g, '= waar'],
	[/= false/g, '= onwaar'],
	[/\(missing\)/g, '(ontbreekt)'],
	[/\(needed: /g, '(nodig: '],
	[/\(can change with: /g, '(kan veranderen door: '],
	[/: not met/g, ': niet gehaald'],
	[/: not applicable/g, ': niet van toepassing'],
	[/: met/g, ': gehaald'],
	[/: exempt/g, ': vrijgesteld'],
	[/: unknown/g, ': onbekend'],
];
export const reason = (value) =>
	text(value)
		.split(/("(?:[^"\\]|\\.)*")/)
		.map((part, i) => (i % 2 ? part : words.reduce((s, [from, to]) => s.replace(from, to), part)))
		.join('');
export const date = (iso) => (iso ? Number(iso.slice(8, 10)) + ' ' + months[iso.slice(5, 7) - 1] + ' ' + iso.slice(0, 4) : '–');
export const month = (iso) => months[iso.slice(5, 7) - 1];
export const monthBrief = (iso) => (iso.slice(5, 7) === '03' ? 'mrt' : month(iso).slice(0, 3));
export const monthShort = (iso) => monthBrief(iso) + ' ' + iso.slice(0, 4);
export const year = (iso) => Number(String(iso).slice(0, 4));

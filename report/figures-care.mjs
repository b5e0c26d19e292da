// Figures about clients: how many, who comes and goes, and from which care to which.
import { count, decimal, share, text, month, monthBrief, monthShort, year } from './format.mjs';
import { colours, group, product, byDescending } from './context.mjs';
import { bars, lines, sankey } from './charts.mjs';

const change = (now, before) => {
	if (!before) return '';
	const part = (now - before) / before;
	return Math.abs(part) < 0.0005 ? ', evenveel als het jaar ervoor' : ', ' + share(Math.abs(part)) + (part > 0 ? ' meer' : ' minder') + ' dan het jaar ervoor';
};

export const care = [
	{
		id: 'clienten',
		title: 'Cliënten in zorg',
		unit: 'personen',
		build(c) {
			const rows = c.own('clients');
			const months = rows.filter((r) => r.period_kind === 'month');
			const years = rows.filter((r) => r.period_kind === 'year');
			const now = c.inYear(years)[0];
			if (!now) return null;
			const before = years.find((r) => year(r.period_from) === c.year - 1);
			return {
				lead: `${count(now.persons)} inwoners van ${c.areaName} kregen ${c.period} zorg${c.running ? '' : change(now.persons, before?.persons)}.`,
				chart: lines({
					labels: months.map((r) => monthShort(r.period_from)),
					series: [
						{ name: 'In de maand', values: months.map((r) => r.persons) },
						{ name: 'In 12 maanden tot en met de maand', values: months.map((r) => r.persons_12m), dashed: true },
					],
					format: count,
				}),
				table: {
					columns: [
						{ label: 'Jaar', get: (r) => year(r.period_from) },
						{ label: 'Personen', get: (r) => r.persons, format: count },
						{ label: 'Trajecten', get: (r) => r.trajectories, format: count },
						{ label: 'Toewijzingen', get: (r) => r.allocations, format: count },
					],
					rows: years,
				},
			};
		},
	},
	{
		id: 'clienten-productgroep',
		title: 'Cliënten per productgroep',
		unit: 'personen',
		build(c) {
			const rows = c.inYear(c.own('clients', ' by product group')).filter((r) => r.persons > 0).sort(byDescending('persons'));
			if (!rows.length) return null;
			const all = c.inYear(c.own('clients')).filter((r) => r.period_kind === 'year');
			return {
				lead: `De meeste cliënten kregen ${group(rows[0].product_group)}: ${count(rows[0].persons)} personen. Wie zorg uit twee groepen krijgt, telt in beide mee en in het totaal één keer.`,
				chart: bars({ labels: rows.map((r) => group(r.product_group)), series: [{ name: 'Personen', values: rows.map((r) => r.persons) }], format: count }),
				table: {
					columns: [
						{ label: 'Productgroep', get: (r) => group(r.product_group) },
						{ label: 'Personen', get: (r) => r.persons, format: count },
						{ label: 'Trajecten', get: (r) => r.trajectories, format: count },
						{ label: 'Toewijzingen', get: (r) => r.allocations, format: count },
					],
					rows,
					total: all,
				},
			};
		},
	},
	{
		id: 'clienten-gemeente',
		title: 'Cliënten per gemeente',
		unit: 'personen',
		build(c) {
			const rows = c.each('clients').filter((r) => r.period_kind === 'year');
			const now = c.inYear(rows).sort(byDescending('persons'));
			if (now.length < 2) return null;
			const cell = (r, y) => rows.find((x) => x.municipality === r.municipality && year(x.period_from) === y)?.persons ?? null;
			const region = c.part('clients').filter((r) => r.level === 'region' && r.period_kind === 'year');
			const sum = now.reduce((s, r) => s + r.persons, 0);
			const whole = c.inYear(region)[0];
			return {
				lead: whole && sum !== whole.persons ? `Samen tellen de gemeenten ${count(sum)} cliënten; de regio telt er ${count(whole.persons)}, want wie verhuist binnen de regio is daar één cliënt.` : '',
				chart: bars({
					labels: now.map((r) => c.nameOf(r.municipality)),
					series: [{ name: 'Personen', values: now.map((r) => r.persons), highlight: now.findIndex((r) => r.municipality === c.area) }],
					format: count,
				}),
				table: {
					columns: [
						{ label: 'Gemeente', get: (r) => c.nameOf(r.municipality) },
						...c.years.map((y) => ({ label: String(y), get: (r) => (r.municipality === null ? region.find((x) => year(x.period_from) === y)?.persons : cell(r, y)), format: count })),
					],
					rows: now,
					total: whole ? [whole] : [],
					totalName: 'Regio',
				},
			};
		},
	},
	{
		id: 'in-en-uitstroom',
		title: 'Instroom en uitstroom',
		unit: 'keer dat zorg begon of eindigde; begin en eind in personen',
		build(c) {
			const rows = c.inYear(c.own('flow'));
			const months = rows.filter((r) => r.period_kind === 'month');
			const total = rows.find((r) => r.period_kind === 'year');
			if (!total) return null;
			return {
				lead: `${count(total.inflow)} keer begon ${c.period} de zorg van iemand en ${count(total.outflow)} keer eindigde zij. Zo ging het aantal mensen in zorg van ${count(total.stock_begin)} naar ${count(total.stock_end)}.${total.gap_days > 0 ? ` Een onderbreking van ten hoogste ${count(total.gap_days)} dagen telt niet.` : ''}`,
				chart: bars({
					labels: months.map((r) => monthBrief(r.period_from)),
					upright: true,
					series: [
						{ name: 'Instroom', values: months.map((r) => r.inflow) },
						{ name: 'Uitstroom', values: months.map((r) => r.outflow) },
					],
					format: count,
				}),
				table: {
					columns: [
						{ label: 'Maand', get: (r) => month(r.period_from) },
						{ label: 'Begin', get: (r) => r.stock_begin, format: count },
						{ label: 'Instroom', get: (r) => r.inflow, format: count },
						{ label: 'Uitstroom', get: (r) => r.outflow, format: count },
						{ label: 'Eind', get: (r) => r.stock_end, format: count },
					],
					rows: months,
					total: [total],
					totalName: c.running ? 'Samen' : 'Heel ' + c.year,
				},
			};
		},
	},
	{
		id: 'doorstroom',
		title: 'Doorstroom',
		unit: 'personen',
		build(c) {
			const rows = c.inYear(c.own('transitions')).sort(byDescending('clients'));
			if (!rows.length) return null;
			const top = rows.slice(0, 12);
			const directions = { up: 'zwaarder', down: 'lichter', 'same level': 'even zwaar', 'other group': 'andere groep', 'other law': 'andere wet' };
			const from = (r) => product(r.from_product, r.from_product_group && r.from_product_name ? r.from_product_group + ', ' + r.from_product_name : null);
			const to = (r) => product(r.to_product, r.to_product_group && r.to_product_name ? r.to_product_group + ', ' + r.to_product_name : null);
			return {
				lead: `De ${Math.min(12, rows.length)} overgangen tussen producten die het meest voorkwamen.`,
				chart: sankey({ links: top.map((r) => ({ from: from(r), to: to(r), value: r.clients })), format: count }),
				table: {
					columns: [
						{ label: 'Van', get: from },
						{ label: 'Naar', get: to },
						{ label: 'Richting', get: (r) => text(directions[r.direction] ?? r.direction) },
						{ label: 'Personen', get: (r) => r.clients, format: count },
					],
					rows: top,
				},
			};
		},
	},
	{
		id: 'op-en-afschalen',
		title: 'Zware zorg: instroom, op- en afschalen',
		unit: 'personen',
		build(c) {
			const groups = c.inYear(c.own('scaling', ' by product group'));
			const all = c.own('scaling');
			const total = c.inYear(all);
			if (!total.length) return null;
			return {
				lead: `${count(total[0].started_heavy)} personen begonnen ${c.period} meteen met een zwaar product (niveau ${count(total[0].heavy_level)} of hoger); ${count(total[0].scaled_up)} gingen naar een zwaarder product en ${count(total[0].scaled_down)} naar een lichter.`,
				chart: bars({
					labels: all.map((r) => String(year(r.period_from))),
					upright: true,
					series: [
						{ name: 'Begon zwaar', values: all.map((r) => r.started_heavy) },
						{ name: 'Opgeschaald', values: all.map((r) => r.scaled_up) },
						{ name: 'Afgeschaald', values: all.map((r) => r.scaled_down) },
					],
					format: count,
				}),
				table: {
					columns: [
						{ label: 'Productgroep', get: (r) => group(r.product_group) },
						{ label: 'In zware zorg', get: (r) => r.clients_heavy, format: count },
						{ label: 'Begon zwaar', get: (r) => r.started_heavy, format: count },
						{ label: 'Opgeschaald', get: (r) => r.scaled_up, format: count },
						{ label: 'Afgeschaald', get: (r) => r.scaled_down, format: count },
					],
					rows: groups.filter((r) => r.clients_heavy || r.started_heavy || r.scaled_up || r.scaled_down),
					total,
				},
			};
		},
	},
	{
		id: '18-min-18-plus',
		title: 'Van jeugdhulp naar Wmo',
		unit: 'personen',
		build(c) {
			const rows = c.own('youth_to_adult');
			const now = c.inYear(rows)[0];
			if (!rows.length) return null;
			return {
				lead: now
					? `${count(now.clients)} personen gingen ${c.period} van jeugdhulp naar Wmo-ondersteuning, van wie ${count(now.clients_without_gap)} zonder een dag ertussen.`
					: `Niemand ging ${c.period} van jeugdhulp naar Wmo-ondersteuning.`,
				chart: bars({
					labels: rows.map((r) => String(year(r.period_from))),
					upright: true,
					series: [
						{ name: 'Personen', values: rows.map((r) => r.clients) },
						{ name: 'Zonder onderbreking', values: rows.map((r) => r.clients_without_gap) },
					],
					format: count,
				}),
				table: {
					columns: [
						{ label: 'Jaar', get: (r) => year(r.period_from) },
						{ label: 'Personen', get: (r) => r.clients, format: count },
						{ label: 'Zonder onderbreking', get: (r) => r.clients_without_gap, format: count },
						{ label: 'Dagen ertussen, mediaan', get: (r) => r.median_days_between, format: decimal },
						{ label: 'Dagen ertussen, gemiddeld', get: (r) => r.mean_days_between, format: decimal },
					],
					rows,
				},
			};
		},
	},
];

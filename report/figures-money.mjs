// Figures about money: budget and forecast, months, use of allotments.
import { count, euro, millions, share, text, date, month, monthBrief } from './format.mjs';
import { colours, group, product, byDescending } from './context.mjs';
import { bars, lines } from './charts.mjs';

const judged = (r) => (r.budget === null ? 'geen begroting' : r.over_budget ? 'boven begroting' : 'binnen begroting');
const budgetColumns = (first) => [
	first,
	{ label: 'Begroting', get: (r) => r.budget, format: euro },
	{ label: 'Uitgegeven', get: (r) => r.spent, format: euro },
	{ label: '% van begroting', get: (r) => r.used_share, format: share },
	{ label: 'Prognose heel jaar', get: (r) => r.forecast, format: euro },
	{ label: 'Resteert', get: (r) => r.remaining, format: euro },
	{ label: 'Oordeel', get: judged },
];

export const money = [
	{
		id: 'begroting',
		title: 'Uitgaven tegen begroting',
		unit: 'euro',
		build(c) {
			const total = c.inYear(c.own('budget'))[0];
			const rows = c.inYear(c.own('budget', ' by product group')).sort((a, b) => (b.budget ?? b.forecast ?? 0) - (a.budget ?? a.forecast ?? 0));
			if (!total) return null;
			const shown = rows.slice(0, 10);
			const over = total.budget === null || total.forecast === null ? null : total.forecast - total.budget;
			return {
				lead:
					`Over ${c.year} is ${euro(total.spent)} uitgegeven${total.budget === null ? '' : ', ' + share(total.used_share) + ' van de begroting'}` +
					(total.known_until ? `, bekend tot en met ${date(total.known_until)}` : '') +
					'.' +
					(over === null ? '' : ` De verwachting voor het hele jaar is ${euro(total.forecast)}: ${euro(Math.abs(over))} ${over > 0 ? 'boven' : 'onder'} de begroting.`),
				chart: bars({
					labels: shown.map((r) => group(r.product_group)),
					series: [
						{ name: 'Begroting', values: shown.map((r) => r.budget), colour: colours.light },
						{ name: 'Prognose heel jaar', values: shown.map((r) => r.forecast), colour: colours.orange },
						{ name: 'Uitgegeven', values: shown.map((r) => r.spent), colour: colours.blue },
					],
					format: euro,
					axisFormat: millions,
				}),
				table: { columns: budgetColumns({ label: 'Productgroep', get: (r) => group(r.product_group) }), rows, total: [total] },
			};
		},
	},
	{
		id: 'begroting-gemeente',
		title: 'Begroting per gemeente',
		unit: 'procent van de begroting',
		build(c) {
			const rows = c.inYear(c.each('budget')).sort(byDescending('forecast'));
			if (rows.length < 2) return null;
			const part = (v, r) => (r.budget ? v / r.budget : null);
			const over = rows.filter((r) => r.over_budget);
			return {
				lead: over.length ? `Boven de begroting ${c.running ? 'verwacht' : 'uitgekomen'}: ${over.map((r) => c.nameOf(r.municipality)).join(', ')}.` : 'Geen gemeente komt boven haar begroting.',
				chart: bars({
					labels: rows.map((r) => c.nameOf(r.municipality)),
					series: [
						{ name: 'Prognose heel jaar', values: rows.map((r) => part(r.forecast, r)), colour: colours.orange },
						{ name: 'Uitgegeven', values: rows.map((r) => part(r.spent, r)), colour: colours.blue },
					],
					format: share,
					axisFormat: (v) => count(v * 100) + '%',
					minInterval: 0.1,
					mark: { value: 1, label: 'begroting' },
				}),
				table: {
					columns: budgetColumns({ label: 'Gemeente', get: (r) => c.nameOf(r.municipality) }),
					rows,
					total: c.inYear(c.part('budget').filter((r) => r.level === 'region')),
					totalName: 'Regio',
				},
			};
		},
	},
	{
		id: 'uitgaven-maand',
		title: 'Geïndiceerd, geleverd en gedeclareerd',
		unit: 'euro',
		build(c) {
			const rows = c.inYear(c.own('spending'));
			const months = rows.filter((r) => r.period_kind === 'month');
			const total = rows.find((r) => r.period_kind === 'year');
			if (!total) return null;
			// A month whose claims are not in yet is no month without claims
			const last = months.reduce((n, r, i) => (r.claimed > 0 ? i : n), -1);
			return {
				lead: `In ${c.year} is voor ${euro(total.indicated)} toegewezen en voor ${euro(total.claimed)} gedeclareerd.${total.allocations_unpriced ? ` ${count(total.allocations_unpriced)} toewijzingen hebben geen prijs of omvang en zitten niet in het toegewezen bedrag.` : ''}`,
				chart: lines({
					labels: months.map((r) => monthBrief(r.period_from)),
					series: [
						{ name: 'Geïndiceerd', values: months.map((r) => r.indicated) },
						{ name: 'Geleverd', values: months.map((r) => r.delivered), dashed: true },
						{ name: 'Gedeclareerd', values: months.map((r, i) => (i > last ? null : r.claimed)) },
					],
					format: euro,
					axisFormat: millions,
				}),
				table: {
					columns: [
						{ label: 'Maand', get: (r) => month(r.period_from) },
						{ label: 'Geïndiceerd', get: (r) => r.indicated, format: euro },
						{ label: 'Geleverd', get: (r) => r.delivered, format: euro },
						{ label: 'Gedeclareerd', get: (r) => r.claimed, format: euro },
						{ label: 'Lumpsum', get: (r) => r.lump_sum, format: euro },
						{ label: 'Uitgegeven', get: (r) => r.spent, format: euro },
					],
					rows: months,
					total: [total],
					totalName: 'Heel ' + c.year,
				},
			};
		},
	},
	{
		id: 'benutting',
		title: 'Benutting van toewijzingen',
		unit: 'procent van wat gedeclareerd mag worden',
		build(c) {
			const rows = c.inYear(c.own('utilisation', ' by product')).filter((r) => r.claimable > 0).sort(byDescending('allocations'));
			if (!rows.length) return null;
			const name = (r) => group(r.product_group) + ', ' + product(r.product, r.product_name);
			const shown = rows.slice(0, 12);
			return {
				lead: `Hoeveel van wat ${c.period} gedeclareerd mocht worden, is gedeclareerd. Het hoogst: ${name([...shown].sort(byDescending('share'))[0])}.`,
				chart: bars({ labels: shown.map(name), series: [{ name: 'Benutting', values: shown.map((r) => r.share) }], format: share, axisFormat: (v) => count(v * 100) + '%', minInterval: 0.1 }),
				table: {
					columns: [
						{ label: 'Product', get: name },
						{ label: 'Eenheid', get: (r) => text(r.unit) },
						{ label: 'Toewijzingen', get: (r) => r.allocations, format: count },
						{ label: 'Declarabel', get: (r) => r.claimable, format: count },
						{ label: 'Gedeclareerd', get: (r) => r.claimed, format: count },
						{ label: 'Benutting', get: (r) => r.share, format: share },
					],
					rows,
					fold: 15,
				},
			};
		},
	},
];

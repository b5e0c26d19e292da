// Figures about providers and access: who delivers, where there is too little, how long people wait, and signals.
import { count, decimal, euro, share, text, date } from './format.mjs';
import { colours, group, byDescending } from './context.mjs';
import { bars, heatmap } from './charts.mjs';

const verdicts = [
	{ key: 'not met', name: 'Signaal: niet gehaald', colour: colours.orange },
	{ key: 'unknown', name: 'Onbekend: gegevens ontbreken', colour: colours.grey },
	{ key: 'exempt', name: 'Uitzondering', colour: colours.purple },
	{ key: 'met', name: 'Gehaald', colour: colours.blue },
];
const verdict = (key) => verdicts.find((v) => v.key === key)?.name ?? { 'not applicable': 'Niet van toepassing', 'out of force': 'Niet van kracht' }[key] ?? key;
const units = { persons: 'cliënten', trajectories: 'trajecten', euro: 'euro', months: 'maanden' };
const tally = (rows, key, labels) => verdicts.map((v) => ({ name: v.name, colour: v.colour, values: labels.map((l) => rows.filter((r) => r[key] === l && r.verdict === v.key).length) }));
const yes = (value) => (value ? 'ja' : 'nee');
const named = (r) => r.provider_name ?? r.provider;

export const providers = [
	{
		id: 'aanbieders',
		title: 'Aanbieders',
		unit: 'personen en euro',
		build(c) {
			const rows = c.inYear(c.own('providers', ' by provider'));
			if (!rows.length) return null;
			const shown = [...rows].sort(byDescending('persons')).slice(0, 15);
			const largest = rows[0];
			return {
				lead: `${count(rows.filter((r) => r.persons > 0).length)} aanbieders hadden ${c.period} cliënten.${largest.share_of_claimed === null ? '' : ` De grootste, ${named(largest)}, declareerde ${share(largest.share_of_claimed)} van het bedrag.`}`,
				chart: bars({ labels: shown.map(named), series: [{ name: 'Personen', values: shown.map((r) => r.persons) }], format: count }),
				table: {
					columns: [
						{ label: 'Aanbieder', get: named },
						{ label: 'AGB-code', get: (r) => r.provider },
						{ label: 'Personen', get: (r) => r.persons, format: count },
						{ label: 'Trajecten', get: (r) => r.trajectories, format: count },
						{ label: 'Gedeclareerd', get: (r) => r.claimed, format: euro },
						{ label: 'Lumpsum', get: (r) => r.lump_sum, format: euro },
						{ label: 'Aandeel', get: (r) => r.share_of_claimed, format: share },
					],
					rows,
				},
			};
		},
	},
	{
		id: 'uitstroomsignalen',
		title: 'Signalen: te weinig cliënten bij een aanbieder',
		unit: 'contracten per regel',
		still: true,
		build(c) {
			const rows = c.within('outflow');
			if (!rows.length) return null;
			const labels = [...new Set(rows.map((r) => r.rule))].sort();
			const signals = rows.filter((r) => r.verdict === 'not met');
			const kinds = ['not met', 'unknown'];
			const listed = rows.filter((r) => kinds.includes(r.verdict)).sort((a, b) => kinds.indexOf(a.verdict) - kinds.indexOf(b.verdict));
			return {
				lead: `Op ${date(rows[0].as_of)} haalden aanbieders ${count(signals.length)} keer een norm niet. Dit is een signaal: over een contract besluiten mensen, na de zienswijze van de aanbieder.`,
				chart: bars({ labels, series: tally(rows, 'rule', labels), format: count, stacked: true }),
				table: {
					columns: [
						{ label: 'Aanbieder', get: named },
						{ label: 'Gemeente', get: (r) => c.nameOf(r.municipality) },
						{ label: 'Productgroep', get: (r) => group(r.product_group) },
						{ label: 'Regel', get: (r) => r.rule },
						{ label: 'Oordeel', get: (r) => verdict(r.verdict) },
						{ label: 'Geteld', get: (r) => (r.counted === null ? '–' : count(r.counted) + ' ' + text(units[r.unit] ?? r.unit)) },
						{ label: 'Blijven over', get: (r) => r.providers_remaining, format: count },
						{ label: 'Motivering', get: (r) => text(r.explanation), wide: true },
					],
					rows: listed,
					fold: 25,
				},
			};
		},
	},
	{
		id: 'dekking',
		title: 'Dekking: aanbieders met cliënten',
		unit: 'aanbieders',
		still: true,
		build(c) {
			const rows = c.within('coverage');
			if (!rows.length) return null;
			const places = [...new Set(rows.map((r) => r.municipality))].map((code) => ({ code, name: c.nameOf(code) })).sort((a, b) => a.name.localeCompare(b.name, 'nl'));
			const groups = [...new Set(rows.map((r) => r.product_group))].sort((a, b) => group(a).localeCompare(group(b), 'nl'));
			const thin = rows.filter((r) => r.contracted_with_clients === 0 && r.bought);
			const columns = [
				{ label: 'Productgroep', get: (r) => group(r.product_group) },
				{ label: 'Gecontracteerd', get: (r) => r.contracted, format: count },
				{ label: 'Met cliënten', get: (r) => r.contracted_with_clients, format: count },
				{ label: 'Overbrugging', get: (r) => r.bridging, format: count },
				{ label: 'Cliënten', get: (r) => r.clients, format: count },
				{ label: 'Cliënten per aanbieder', get: (r) => r.clients_per_provider, format: decimal },
				{ label: 'Grootste aandeel', get: (r) => r.largest_share, format: share },
				{ label: 'Dicht', get: (r) => yes(r.closed) },
				{ label: 'Schaarste', get: (r) => yes(r.scarcity) },
			];
			return {
				lead: `Op ${date(rows[0].as_of)} was er ${thin.length ? `voor ${count(thin.length)} combinaties van gemeente en productgroep geen enkele gecontracteerde aanbieder met cliënten` : 'overal een gecontracteerde aanbieder met cliënten'}.`,
				chart: heatmap({
					rows: groups.map(group),
					columns: places.map((p) => p.name),
					values: rows.map((r) => [places.findIndex((p) => p.code === r.municipality), groups.indexOf(r.product_group), r.contracted_with_clients]),
					format: count,
					max: Math.max(...rows.map((r) => r.contracted_with_clients)),
				}),
				table: {
					columns: c.area === null ? [{ label: 'Gemeente', get: (r) => c.nameOf(r.municipality) }, ...columns] : columns,
					rows: [...rows].sort((a, b) => c.nameOf(a.municipality).localeCompare(c.nameOf(b.municipality), 'nl') || group(a.product_group).localeCompare(group(b.product_group), 'nl')),
					fold: 25,
				},
			};
		},
	},
	{
		id: 'wachttijd',
		title: 'Wachttijd tot de start',
		unit: 'dagen en toewijzingen',
		build(c) {
			const total = c.inYear(c.own('waiting'))[0];
			const rows = c.inYear(c.own('waiting', ' by product group')).sort(byDescending('started'));
			if (!total) return null;
			return {
				lead: total.started
					? `Van de toewijzingen die ${c.period} zijn aangevraagd en gestart, startte de helft binnen ${decimal(total.median_days)} dagen; ${share(total.share_within_norm)} binnen de norm van ${count(total.norm_days)} dagen.`
					: `Van de toewijzingen die ${c.period} zijn aangevraagd, is er nog geen gestart.`,
				chart: bars({
					labels: rows.map((r) => group(r.product_group)),
					series: [
						{ name: 'Helft start binnen (mediaan)', values: rows.map((r) => r.median_days), colour: colours.blue },
						{ name: '80% start binnen', values: rows.map((r) => r.p80_days), colour: colours.light },
					],
					format: decimal,
				}),
				table: {
					columns: [
						{ label: 'Productgroep', get: (r) => group(r.product_group) },
						{ label: 'Gestart', get: (r) => r.started, format: count },
						{ label: 'Wachtend', get: (r) => r.waiting, format: count },
						{ label: 'Mediaan', get: (r) => r.median_days, format: decimal },
						{ label: '80e percentiel', get: (r) => r.p80_days, format: decimal },
						{ label: 'Binnen de norm', get: (r) => r.share_within_norm, format: share },
					],
					rows,
					total: [total],
				},
			};
		},
	},
	{
		id: 'wachttijd-gemeente',
		title: 'Binnen de norm gestart, per gemeente',
		unit: 'procent van de gestarte toewijzingen',
		build(c) {
			const rows = c.inYear(c.each('waiting')).sort(byDescending('share_within_norm'));
			if (rows.length < 2) return null;
			return {
				lead: '',
				chart: bars({
					labels: rows.map((r) => c.nameOf(r.municipality)),
					series: [{ name: 'Binnen de norm', values: rows.map((r) => r.share_within_norm), highlight: rows.findIndex((r) => r.municipality === c.area) }],
					format: share,
					axisFormat: (v) => count(v * 100) + '%',
					max: 1,
					minInterval: 0.1,
				}),
				table: {
					columns: [
						{ label: 'Gemeente', get: (r) => c.nameOf(r.municipality) },
						{ label: 'Gestart', get: (r) => r.started, format: count },
						{ label: 'Mediaan', get: (r) => r.median_days, format: decimal },
						{ label: 'Binnen de norm', get: (r) => r.share_within_norm, format: share },
					],
					rows,
				},
			};
		},
	},
	{
		id: 'drempels',
		title: 'Drempels',
		unit: 'oordelen',
		still: true,
		build(c) {
			const rows = c.part('thresholds').filter((r) => c.area === null || r.municipality === null || r.municipality === c.area);
			if (!rows.length) return null;
			// A fact of the whole provider is judged for each of its contracts: once per provider, rule and explanation here
			const once = new Map();
			for (const r of rows) {
				const key = JSON.stringify([r.provider, r.rule, r.verdict, r.explanation]);
				once.set(key, { ...r, contracts: (once.get(key)?.contracts ?? 0) + r.contracts });
			}
			const judged = [...once.values()];
			const labels = [...new Set(judged.map((r) => r.rule))].sort();
			const phases = { admission: 'toelating', retention: 'blijven', signal: 'signaal' };
			const among = (key) => new Set(judged.filter((r) => r.verdict === key).map((r) => r.provider)).size;
			return {
				lead: `${count(among('not met'))} aanbieders voldoen ergens niet aan een regel; bij ${count(among('unknown'))} is dat voor een of meer regels niet te zeggen, omdat gegevens ontbreken. Onbekend is iets anders dan nul.`,
				chart: bars({ labels, series: tally(judged, 'rule', labels), format: count, stacked: true }),
				table: {
					columns: [
						{ label: 'Aanbieder', get: named },
						{ label: 'Fase', get: (r) => phases[r.phase] ?? r.phase },
						{ label: 'Regel', get: (r) => r.rule },
						{ label: 'Contracten', get: (r) => r.contracts, format: count },
						{ label: 'Motivering', get: (r) => text(r.explanation), wide: true },
						{ label: 'Grondslag', get: (r) => text(r.basis), wide: true },
					],
					rows: judged.filter((r) => r.verdict === 'not met'),
					fold: 25,
				},
			};
		},
	},
];

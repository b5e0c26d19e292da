// Figures about providers and access: who delivers, where there is too little, how long people wait, and signals.
import { count, decimal, euro, share, text, reason, date } from './format.mjs';
import { colours, group, byDescending } from './context.mjs';
import { bars, heatmap } from './charts.mjs';

const verdicts = [
	{ key: 'not met', name: 'Signaal: niet gehaald', colour: colours.orange },
	{ key: 'unknown', name: 'Onbekend: gegevens ontbreken', colour: colours.grey },
	{ key: 'exempt', name: 'Uitzondering', colour: colours.purple },
	{ key: 'met', name: 'Gehaald', colour: colours.blue },
];
const units = { persons: ['cliënt', 'cliënten'], trajectories: ['traject', 'trajecten'], euro: ['euro', 'euro'], months: ['maand', 'maanden'] };
const counted = (r) => (r.counted === null ? '–' : count(r.counted) + ' ' + (units[r.unit]?.[r.counted === 1 ? 0 : 1] ?? text(r.unit)));
const tally = (rows, key, labels) => verdicts.map((v) => ({ name: v.name, colour: v.colour, values: labels.map((l) => rows.filter((r) => r[key] === l && r.verdict === v.key).length) }));
const signals = {
	'claimed above allotment': 'Meer gedeclareerd dan toegewezen',
	'claim without start': 'Gedeclareerd vóór de start',
	'claim after stop': 'Gedeclareerd na het einde',
	'more hours than a day has': 'Meer uren dan de dagen hebben',
	'late start message': 'Startbericht te laat',
	'late stop message': 'Stopbericht te laat',
	'rejected share': 'Opvallend veel regels afgekeurd',
};
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
			return {
				lead: `Op ${date(rows[0].as_of)} haalden aanbieders ${count(signals.length)} keer een norm niet; ${count(rows.filter((r) => r.verdict === 'unknown').length)} keer ontbreken gegevens. Dit is een signaal: over een contract besluiten mensen, na de zienswijze van de aanbieder.`,
				chart: bars({ labels, series: tally(rows, 'rule', labels), format: count, stacked: true }),
				table: {
					columns: [
						{ label: 'Aanbieder', get: named },
						{ label: 'Gemeente', get: (r) => c.nameOf(r.municipality) },
						{ label: 'Productgroep', get: (r) => group(r.product_group) },
						{ label: 'Regel', get: (r) => r.rule },
						{ label: 'Geteld', get: counted },
						{ label: 'Blijven over', get: (r) => r.providers_remaining, format: count },
						{ label: 'Motivering', get: (r) => reason(r.explanation), wide: true },
					],
					rows: signals,
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
			const rows = c.within('coverage').filter((r) => r.bought || r.contracted > 0 || r.bridging > 0);
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
					values: places.flatMap((p, x) =>
						groups.map((g, y) => [x, y, rows.find((r) => r.municipality === p.code && r.product_group === g)?.contracted_with_clients ?? null]),
					),
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
		unit: 'aanbieders',
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
			// In the chart once per provider and rule, by the worst verdict; rules of which nothing is known would hide the others
			const worst = new Map();
			for (const v of [...verdicts].reverse()) for (const r of judged.filter((x) => x.verdict === v.key)) worst.set(JSON.stringify([r.provider, r.rule]), r);
			const each = [...worst.values()];
			const rules = [...new Set(each.map((r) => r.rule))].sort();
			const labels = rules.filter((rule) => each.some((r) => r.rule === rule && r.verdict !== 'unknown'));
			const silent = rules.filter((rule) => !labels.includes(rule));
			const phases = { admission: 'toelating', retention: 'blijven', signal: 'signaal' };
			const among = (key) => new Set(judged.filter((r) => r.verdict === key).map((r) => r.provider)).size;
			return {
				lead: `${count(among('not met'))} aanbieders voldoen ergens niet aan een regel; bij ${count(among('unknown'))} is dat voor een of meer regels niet te zeggen, omdat gegevens ontbreken. Onbekend is iets anders dan nul.${silent.length ? ` Van geen enkele aanbieder is iets bekend voor ${silent.join(', ')}; die regels staan niet in de grafiek.` : ''}`,
				chart: bars({ labels, series: tally(each, 'rule', labels), format: count, stacked: true }),
				table: {
					columns: [
						{ label: 'Aanbieder', get: named },
						{ label: 'Fase', get: (r) => phases[r.phase] ?? r.phase },
						{ label: 'Regel', get: (r) => r.rule },
						{ label: 'Contracten', get: (r) => r.contracts, format: count },
						{ label: 'Motivering', get: (r) => reason(r.explanation), wide: true },
						{ label: 'Grondslag', get: (r) => text(r.basis), wide: true },
					],
					rows: judged.filter((r) => r.verdict === 'not met'),
					fold: 25,
				},
			};
		},
	},
	{
		id: 'controle',
		title: 'Controlesignalen',
		unit: 'declaratieregels en berichten',
		build(c) {
			const rows = c.inYear(c.own('control', ' by provider'));
			if (!rows.length) return null;
			const labels = Object.keys(signals).filter((s) => rows.some((r) => r.signal === s));
			return {
				lead: `Bij ${count(new Set(rows.map((r) => r.provider)).size)} aanbieders valt ${c.period} iets op in declaraties of berichten. Elk signaal kan een goede verklaring hebben: vraag ernaar voor u iets concludeert.`,
				chart: bars({
					labels: labels.map((s) => signals[s]),
					series: [{ name: 'Regels en berichten', values: labels.map((s) => rows.filter((r) => r.signal === s).reduce((n, r) => n + r.lines, 0)) }],
					format: count,
				}),
				table: {
					columns: [
						{ label: 'Aanbieder', get: named },
						{ label: 'Signaal', get: (r) => signals[r.signal] ?? r.signal },
						{ label: 'Maanden', get: (r) => r.months, format: count },
						{ label: 'Regels of berichten', get: (r) => r.lines, format: count },
						{ label: 'Bedrag', get: (r) => r.amount, format: euro },
					],
					rows,
					fold: 25,
				},
			};
		},
	},
];

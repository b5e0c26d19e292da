// HTML of a figure and of the summary. Runs when the page is built (for readers without JavaScript) and in the page.
import { esc, count, euro, millions, share, decimal, date, year } from './format.mjs';
import { context } from './context.mjs';
import { care } from './figures-care.mjs';
import { money } from './figures-money.mjs';
import { providers } from './figures-providers.mjs';
import { definitions } from './text.mjs';

export const figures = Object.fromEntries([...care, ...money, ...providers].map((f) => [f.id, f]));

const cell = (column, row, tag) => {
	const value = column.get(row);
	const kind = column.format ? ' class="n"' : column.wide ? ' class="wide"' : '';
	const scope = tag === 'th' ? ' scope="row"' : '';
	return `<${tag}${kind}${scope}>${esc(column.format ? column.format(value) : (value ?? '–'))}</${tag}>`;
};
const line = (columns, row, total) => {
	const cells = columns.map((column, i) =>
		i === 0 ? (total ? `<th scope="row">${esc(total)}</th>` : cell(column, row, 'th')) : cell(column, row, 'td'),
	);
	return `<tr>${cells.join('')}</tr>`;
};

export function table(t, caption) {
	const head = `<thead><tr>${t.columns.map((c) => `<th scope="col"${c.format ? ' class="n"' : ''}>${esc(c.label)}</th>`).join('')}</tr></thead>`;
	const total = (t.total ?? []).map((r) => line(t.columns, r, t.totalName ?? 'Alles bij elkaar')).join('');
	const body = (rows) => rows.map((r) => line(t.columns, r)).join('');
	const whole = (rows, foot) => `<p class="caption" aria-hidden="true">${esc(caption)}</p><div class="scroll" tabindex="0" role="region" aria-label="${esc('Tabel: ' + caption)}"><table><caption>${esc(caption)}</caption>${head}<tbody>${body(rows)}</tbody>${foot ? `<tfoot>${foot}</tfoot>` : ''}</table></div>`;
	if (!t.fold || t.rows.length <= t.fold) return whole(t.rows, total);
	return `<details class="more"><summary>Tabel met ${esc(count(t.rows.length))} regels<span class="paper"> (alleen afgedrukt als zij open staat)</span></summary>${whole(t.rows, total)}</details>`;
}

// One figure: { html, chart } for an area and a year; chart is drawn into the element .chart of html
export function figure(id, c) {
	const f = figures[id];
	const built = f.build(c);
	const definition = definitions[id];
	const when = f.still ? 'stand van ' + date(c.data.as_of) : c.year + (c.running ? ', tot en met ' + date(c.data.as_of) : '');
	const caption = `${f.title}, ${c.areaName}, ${when}`;
	const foot = `<p class="definition"><strong>Wat staat hier?</strong> ${esc(definition.text)} <span class="source">Eenheid: ${esc(f.unit)}. Bron: <code>${esc(definition.source)}</code>.</span></p>`;
	const head = `<h3>${esc(f.title)}</h3>`;
	if (!built) return { html: `${head}<p class="lead">Hierover zijn geen gegevens voor deze keuze.</p>${foot}`, chart: null };
	const html =
		`<div class="together">${head}` +
		(built.lead ? `<p class="lead">${esc(built.lead)}</p>` : '') +
		`<div class="chart" role="img" aria-label="${esc('Grafiek: ' + caption + '. De cijfers staan in de tabel.')}"></div></div>` +
		table(built.table, caption) +
		foot;
	return { html, chart: built.chart };
}

// The figures that a council asks for first
export function summary(c) {
	const clients = c.inYear(c.own('clients')).find((r) => r.period_kind === 'year');
	const flow = c.inYear(c.own('flow')).find((r) => r.period_kind === 'year');
	const budget = c.inYear(c.own('budget'))[0];
	const waiting = c.inYear(c.own('waiting'))[0];
	const signals = c.within('outflow').filter((r) => r.verdict === 'not met').length;
	const coverage = c.within('coverage');
	const tiles = [];
	const tile = (label, value, detail, mark) => tiles.push(`<div class="tile${mark ? ' mark' : ''}"><dt>${esc(label)}</dt><dd><b>${esc(value)}</b><span>${esc(detail)}</span></dd></div>`);
	if (clients) tile('Cliënten', count(clients.persons), `${count(clients.trajectories)} trajecten`);
	if (flow) tile('Instroom', count(flow.inflow), `uitstroom ${count(flow.outflow)}, ${count(flow.stock_end)} in zorg aan het eind`);
	if (budget) {
		tile('Uitgegeven', millions(budget.spent), budget.budget === null ? 'geen begroting' : `${share(budget.used_share)} van de begroting van ${millions(budget.budget)}`);
		if (budget.forecast !== null && budget.budget !== null) {
			const over = budget.forecast - budget.budget;
			tile('Verwacht over heel ' + c.year, millions(budget.forecast), `${millions(Math.abs(over))} ${over > 0 ? 'boven' : 'onder'} de begroting`, over > 0);
		}
	}
	if (waiting && waiting.median_days !== null) tile('Wachttijd, mediaan', `${decimal(waiting.median_days)} dagen`, `${share(waiting.share_within_norm)} binnen ${count(waiting.norm_days)} dagen`);
	if (coverage.length) tile('Signalen', count(signals), `over contracten, stand ${date(coverage[0].as_of)}`);
	return `<dl class="tiles">${tiles.join('')}</dl>`;
}

export { context, esc, date, year };

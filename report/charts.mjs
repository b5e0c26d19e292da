// Options for Apache ECharts. Tooltips are rich text, so that no name from the database becomes HTML.
import { colours, palette } from './context.mjs';

const ink = '#1c2733';
const wrap = (label, width) => {
	const lines = [''];
	for (const word of String(label).split(' ')) {
		const last = lines.length - 1;
		if (lines[last] && (lines[last] + ' ' + word).length > width) lines.push(word);
		else lines[last] += (lines[last] ? ' ' : '') + word;
	}
	return lines.length > 2 ? lines[0] + '\n' + lines.slice(1).join(' ').slice(0, width - 1) + '…' : lines.join('\n');
};
const common = (several, narrow) => ({
	animation: false,
	textStyle: { fontFamily: 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif', color: ink },
	color: palette,
	legend: several ? { top: 0, left: 0, itemGap: narrow ? 6 : 16, orient: narrow ? 'vertical' : 'horizontal', textStyle: { fontSize: 13, color: ink } } : undefined,
	grid: { left: 4, right: 40, top: several ? (narrow ? 16 + 24 * several : 40) : 12, bottom: 4, containLabel: true },
});
const tooltip = (format, trigger) => ({
	trigger,
	renderMode: 'richText',
	confine: true,
	axisPointer: { type: trigger === 'axis' ? 'shadow' : 'none' },
	valueFormatter: (v) => (v === undefined || v === null ? '–' : format(v)),
});
const valueAxis = (format, extra) => ({
	type: 'value',
	axisLabel: { formatter: (v) => format(v), color: ink, hideOverlap: true },
	splitLine: { lineStyle: { color: '#e3e8ee' } },
	minInterval: 1,
	splitNumber: 4,
	...extra,
});
const categoryAxis = (labels, extra) => ({
	type: 'category',
	data: labels,
	axisTick: { show: false },
	axisLine: { lineStyle: { color: '#8793a0' } },
	axisLabel: { color: ink, hideOverlap: true, lineHeight: 14, ...extra },
});

// Lying bars by default; one colour per series, and one bar that stands out where asked.
export function bars({ labels, series, format, axisFormat = format, upright = false, stacked = false, max, minInterval, mark }) {
	const several = series.length > 1 ? series.length : 0;
	const category = (narrow) => (upright ? categoryAxis(labels) : { ...categoryAxis(labels, { formatter: (l) => wrap(l, narrow ? 18 : 24), interval: 0 }), inverse: true });
	const value = valueAxis(axisFormat, { max, ...(minInterval === undefined ? {} : { minInterval }) });
	const labelled = !upright && !stacked && !several;
	return {
		height: (narrow) => (narrow ? 24 * several : 0) + (upright ? 300 : (several ? 60 : 30) + labels.length * (several && !stacked ? 14 * several + 14 : 36)),
		option: (narrow) => ({
			...common(several, narrow),
			tooltip: tooltip(format, 'axis'),
			xAxis: upright ? category(narrow) : value,
			yAxis: upright ? value : category(narrow),
			series: series.map((s, i) => ({
				type: 'bar',
				markLine: mark && i === 0 ? { symbol: 'none', silent: true, data: [{ xAxis: mark.value }], lineStyle: { color: ink, width: 1.5, type: 'dashed' }, label: { formatter: mark.label, color: ink, position: 'end' } } : undefined,
				name: s.name,
				stack: stacked ? 'all' : undefined,
				barMaxWidth: 28,
				barGap: '8%',
				itemStyle: { color: s.colour ?? palette[i], borderColor: stacked ? '#fff' : undefined, borderWidth: stacked ? 1 : 0 },
				label: labelled ? { show: true, position: 'right', formatter: (p) => format(p.value), color: ink } : undefined,
				data: s.highlight >= 0 ? s.values.map((v, n) => ({ value: v, itemStyle: { color: n === s.highlight ? colours.orange : colours.blue } })) : s.values,
			})),
			...(labelled ? { grid: { left: 4, right: narrow ? 52 : 84, top: 8, bottom: 4, containLabel: true } } : {}),
		}),
	};
}

export function lines({ labels, series, format, axisFormat = format }) {
	return {
		height: (narrow) => 300 + (narrow ? 24 * series.length : 0),
		option: (narrow) => ({
			...common(series.length, narrow),
			tooltip: { ...tooltip(format, 'axis'), axisPointer: { type: 'line' } },
			xAxis: categoryAxis(labels),
			yAxis: valueAxis(axisFormat),
			series: series.map((s, i) => ({
				type: 'line',
				name: s.name,
				data: s.values,
				symbol: ['circle', 'rect', 'triangle', 'diamond'][i % 4],
				symbolSize: 5,
				showSymbol: labels.length <= 14,
				lineStyle: { width: 2.5, type: s.dashed ? 'dashed' : 'solid' },
				connectNulls: false,
			})),
		}),
	};
}

export function sankey({ links, format }) {
	const side = (names, where, depth, colour) =>
		[...new Set(names)].map((n) => ({ name: where + n, depth, itemStyle: { color: colour }, label: { position: depth ? 'left' : 'right' } }));

	return {
		height: () => 110 + 18 * new Set(links.flatMap((l) => ['<' + l.from, '>' + l.to])).size,
		option: (narrow) => ({
			...common(0),
			tooltip: {
				...tooltip(format, 'item'),
				formatter: (p) => (p.dataType === 'edge' ? p.data.source.slice(1) + '\n→ ' + p.data.target.slice(1) + ': ' + format(p.data.value) : p.name.slice(1) + ': ' + format(p.value)),
			},
			series: [
				{
					type: 'sankey',
					left: 4,
					right: 4,
					top: 8,
					bottom: 8,
					nodeWidth: 14,
					nodeGap: 12,
					emphasis: { disabled: true },
					draggable: false,
					lineStyle: { color: colours.pale, opacity: 0.75, curveness: 0.5 },
					label: { formatter: (p) => wrap(p.name.slice(1), narrow ? 20 : 34), color: ink, fontSize: 12, lineHeight: 14, textBorderColor: '#fff', textBorderWidth: 2 },
					data: [...side(links.map((l) => l.from), '<', 0, colours.blue), ...side(links.map((l) => l.to), '>', 1, colours.orange)],
					links: links.map((l) => ({ source: '<' + l.from, target: '>' + l.to, value: l.value })),
				},
			],
		}),
	};
}

// Rows by columns; a darker cell is more, and every cell says its number.
export function heatmap({ rows, columns, values, format, max }) {
	return {
		height: () => 90 + rows.length * 34,
		option: (narrow) => ({
			...common(0),
			grid: { left: 4, right: 8, top: 8, bottom: 4, containLabel: true },
			tooltip: { ...tooltip(format, 'item'), formatter: (p) => rows[p.value[1]] + '\n' + columns[p.value[0]] + ': ' + format(p.value[2]) },
			xAxis: { ...categoryAxis(columns, { interval: 0, rotate: 40, hideOverlap: false }), splitArea: { show: false } },
			yAxis: { ...categoryAxis(rows, { interval: 0, formatter: (l) => wrap(l, narrow ? 16 : 24) }), inverse: true },
			visualMap: { show: false, min: 0, max: max || 1, inRange: { color: ['#f3f6fa', '#a9c7e4', '#4b8bc2', '#0a5c99'] } },
			series: [
				{
					type: 'heatmap',
					data: values.map(([x, y, v]) => ({ value: [x, y, v ?? '-'], label: { color: v > (max || 1) * 0.45 ? '#fff' : ink } })),
					label: { show: true, formatter: (p) => format(p.value[2]) },
					itemStyle: { borderColor: '#fff', borderWidth: 2 },
				},
			],
		}),
	};
}

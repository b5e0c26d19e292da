// The page itself: draws the charts, and everything again when another area or year is chosen.
import { figure, summary, context } from './render.mjs';

const data = JSON.parse(document.getElementById('data').textContent);
const areaChoice = document.getElementById('area');
const yearChoice = document.getElementById('year');
const charts = new Map();
const printWidth = 690;

function draw(holder, chart) {
	charts.get(holder.id)?.dispose();
	charts.delete(holder.id);
	const place = holder.querySelector('.chart');
	if (!chart || !place) return;
	const narrow = place.clientWidth < 480;
	place.style.height = Math.round(chart.height(narrow)) + 'px';
	const drawn = echarts.init(place, null, { renderer: 'svg', locale: 'NL' });
	drawn.setOption(chart.option(narrow));
	charts.set(holder.id, drawn);
}

function show() {
	const c = context(data, areaChoice.value || null, Number(yearChoice.value));
	document.getElementById('summary').innerHTML = summary(c);
	document.getElementById('chosen').textContent = (c.area === null ? data.title : c.areaName) + ', ' + c.year;
	for (const holder of document.querySelectorAll('article.figure')) {
		const { html, chart } = figure(holder.dataset.figure, c);
		holder.innerHTML = html;
		draw(holder, chart);
	}
}

areaChoice.addEventListener('change', show);
yearChoice.addEventListener('change', show);
let waiting;
window.addEventListener('resize', () => {
	clearTimeout(waiting);
	waiting = setTimeout(() => charts.forEach((chart) => chart.resize()), 100);
});
// Paper has a width of its own, and does not wait for the next frame.
window.addEventListener('beforeprint', () => {
	for (const chart of charts.values()) {
		chart.resize({ width: printWidth });
		chart.getZr().flush();
	}
});
window.addEventListener('afterprint', () => charts.forEach((chart) => chart.resize({ width: 'auto' })));
document.documentElement.classList.add('live');
show();
document.documentElement.dataset.ready = 'true';

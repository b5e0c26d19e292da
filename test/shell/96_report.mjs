// node 96_report.mjs PAGE OUT: reads a report as its readers do and writes what it saw to files in OUT:
//   console    what the browser logged              loaded    what it fetched besides the page
//   tables     area|year|figure|cell|cell...        charts    area|year|figure|series|value...
//   facts      name=value                           print.pdf on paper
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { open } from '../browser.mjs';

const [page, out] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const url = pathToFileURL(page).href;
const facts = [];
const fact = (name, value) => facts.push(`${name}=${value}`);

const choose = (area, year) => {
	const pick = (id, value) => {
		const choice = document.getElementById(id);
		choice.value = value;
		choice.dispatchEvent(new Event('change'));
	};
	pick('area', area);
	pick('year', year);
};
// What stands in the tables, and what the charts were drawn from
const read = () => {
	const tables = [];
	const charts = [];
	for (const figure of document.querySelectorAll('article.figure')) {
		for (const row of figure.querySelectorAll('tbody tr, tfoot tr')) tables.push([figure.dataset.figure, ...[...row.cells].map((c) => c.textContent)]);
		const drawn = figure.querySelector('.chart') && echarts.getInstanceByDom(figure.querySelector('.chart'));
		for (const s of drawn ? drawn.getOption().series : []) charts.push([figure.dataset.figure, s.type, s.name ?? '', ...s.data.map((d) => JSON.stringify(d?.value ?? d?.name ?? d))]);
	}
	return { tables, charts };
};

const browser = await open({ width: 1200, height: 900 });
try {
	const source = readFileSync(page, 'utf8');
	await browser.go(url);
	fact('ready', await browser.run(() => document.documentElement.dataset.ready));
	fact('title', await browser.run(() => document.title));
	fact('heading', await browser.run(() => document.querySelector('h1').textContent));
	fact('language', await browser.run(() => document.documentElement.lang));
	const areas = await browser.run(() => [...document.getElementById('area').options].map((o) => [o.value, o.textContent]));
	const years = await browser.run(() => [...document.getElementById('year').options].map((o) => o.value));
	fact('areas', areas.map((a) => a.join(':')).join('; '));
	fact('years', years.join(' '));
	// Without JavaScript a reader has the same tables: those in the file are those in the page
	fact('static', await browser.run((text) => {
		const still = new DOMParser().parseFromString(text, 'text/html');
		const rows = (place) => [...place.querySelectorAll('article.figure tr')].map((r) => r.textContent).join('\n');
		return rows(still).length > 1000 && rows(still) === rows(document) && still.getElementById('summary').textContent === document.getElementById('summary').textContent;
	}, source));

	const tables = [];
	const charts = [];
	for (const [code] of areas)
		for (const year of years) {
			await browser.run(choose, code, year);
			const seen = await browser.run(read);
			for (const row of seen.tables) tables.push([code, year, ...row].join('|'));
			for (const row of seen.charts) charts.push([code, year, ...row].join('|'));
		}
	writeFileSync(join(out, 'tables'), tables.join('\n') + '\n');
	writeFileSync(join(out, 'charts'), charts.join('\n') + '\n');
	await browser.run(choose, areas[0][0], years.at(-1));

	fact('figures', await browser.run(() => document.querySelectorAll('article.figure').length));
	fact('undrawn', await browser.run(() => [...document.querySelectorAll('.chart')].filter((c) => c.querySelectorAll('svg path, svg rect').length < 3).map((c) => c.closest('article').dataset.figure).join(' ')));
	fact('unlabelled', await browser.run(() => [...document.querySelectorAll('.chart')].filter((c) => c.getAttribute('role') !== 'img' || !c.getAttribute('aria-label')).length));
	fact('undefined', await browser.run(() => [...document.querySelectorAll('article.figure')].filter((f) => (f.querySelector('.definition')?.textContent.length ?? 0) < 80).length));
	fact('uncaptioned', await browser.run(() => [...document.querySelectorAll('table')].filter((t) => !t.caption.textContent || [...t.rows].some((r) => r.cells[0].tagName !== 'TH')).length));
	fact('sources', await browser.run(() => [...new Set([...document.querySelectorAll('.definition code')].map((c) => c.textContent))].sort().join(' ')));
	fact('broken', await browser.run(() => [...document.body.innerText.matchAll(/\b(undefined|null|NaN|Infinity|\[object)\b/g)].map((m) => m[0]).join(' ')));
	// Nothing from the database became part of the page's own markup
	fact('hacked', await browser.run(() => String(window.hacked)));
	fact('scripts', await browser.run(() => document.querySelectorAll('script').length));
	fact('foreign', await browser.run(() => document.querySelectorAll('img, iframe, object, embed, link, main i, main svg[onload], [onerror], [onload], base, form').length));
	writeFileSync(join(out, 'loaded'), (await browser.run(() => performance.getEntriesByType('resource').map((r) => r.name).join('\n'))) + '\n');
	// Text against what is behind it, by the formula of WCAG 2
	fact('faint', await browser.run(() => {
		const parse = (colour) => colour.match(/[\d.]+/g).map(Number);
		const light = ([r, g, b]) => [r, g, b].map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
		const behind = (e) => {
			for (; e; e = e.parentElement) {
				const c = parse(getComputedStyle(e).backgroundColor);
				if (c.length === 3 || c[3] > 0) return c;
			}
			return [255, 255, 255];
		};
		const faint = new Set();
		for (const e of document.querySelectorAll('body *'))
			if (!e.closest('svg, script, .skip') && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) {
				const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
				if ((a + 0.05) / (b + 0.05) < 4.5) faint.add(e.tagName + '.' + e.className);
			}
		return [...faint].join(' ');
	}));
	writeFileSync(join(out, 'print.pdf'), await browser.print());
	writeFileSync(join(out, 'console'), (await browser.log()).map((l) => `${l.level} ${l.message}\n`).join(''));
} finally {
	await browser.close();
}

const phone = await open({ width: 390, height: 844, mobile: true });
try {
	await phone.go(url);
	const wide = [];
	for (const [code] of await phone.run(() => [...document.getElementById('area').options].map((o) => [o.value]))) {
		await phone.run(choose, code, await phone.run(() => document.getElementById('year').value));
		const [page, screen] = await phone.run(() => [document.documentElement.scrollWidth, window.innerWidth]);
		if (page > screen || screen !== 390) wide.push(`${code}: ${page} on ${screen}`);
	}
	fact('wide', wide.join(', '));
	fact('small', await phone.run(() => [...document.querySelectorAll('body *')].filter((e) => !e.closest('svg, script') && e.innerText?.trim() && parseFloat(getComputedStyle(e).fontSize) < 12).length));
	fact('outside', await phone.run(() => [...document.querySelectorAll('svg')].filter((s) => s.getBoundingClientRect().right > 390 || s.getBoundingClientRect().width < 250).length));
	writeFileSync(join(out, 'console'), (await phone.log()).map((l) => `${l.level} ${l.message}\n`).join(''), { flag: 'a' });
} finally {
	await phone.close();
}
writeFileSync(join(out, 'facts'), facts.join('\n') + '\n');

// node build.mjs DATA LIBRARY OUT: makes the page from the lines of data.sql and the dist folder of Apache ECharts.
// Everything is inlined; a content security policy lets the page run these scripts only, and load nothing.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { context, esc, figure, summary, date, year } from './render.mjs';
import { sections } from './text.mjs';

const [dataFile, library, out] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const lines = readFileSync(dataFile, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const parts = Object.fromEntries(lines.map((l) => [l.part, l.rows ?? []]));

const about = { ...parts.about[0], library: JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')).version };
delete parts.about;
const years = [...new Set(parts.clients.map((r) => year(r.period_from)))].sort();
if (!years.length || !about.as_of) {
	console.error(`report: the monitor is empty; run SELECT * FROM zorgregio.refresh_monitor('${about.region}') first, or ask for access to it`);
	process.exit(1);
}
const data = { title: about.title, as_of: about.as_of, years, parts };
const whole = parts.clients.some((r) => r.municipality === null);
const areas = [...(whole ? [{ code: '', name: 'Hele regio' }] : []), ...parts.municipalities];
const first = context(data, whole ? null : parts.municipalities[0].code, years[years.length - 1]);

// Inside <script> only the sequence that would end it is special; \u003c is the same in JSON.
const json = JSON.stringify(data).replace(/</g, '\\u003c').replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029');
// The modules become one script: their imports name each other only.
const modules = ['format', 'context', 'charts', 'figures-care', 'figures-money', 'figures-providers', 'text', 'render', 'page'];
const program = modules
	.map((name) => `const module_${name.replace('-', '_')} = (() => {\n` + bundle(readFileSync(join(here, name + '.mjs'), 'utf8')) + '\n})();')
	.join('\n');
function bundle(source) {
	const names = [];
	const body = source
		.replace(/^import \{([^}]*)\} from '\.\/([\w-]+)\.mjs';$/gm, (_, list, from) => `const {${list}} = module_${from.replace('-', '_')};`)
		.replace(/^export \{([^}]*)\};$/gm, (_, list) => (names.push(...list.split(',').map((n) => n.trim())), ''))
		.replace(/^export (const|function) (\w+)/gm, (_, kind, name) => (names.push(name), `${kind} ${name}`));
	return `${body}\nreturn { ${names.join(', ')} };`;
}
const echarts = readFileSync(join(library, 'dist/echarts.min.js'), 'utf8');
const dutch = readFileSync(join(library, 'i18n/langNL.js'), 'utf8');
const scripts = [echarts, dutch, `'use strict';\n${program}`].map((s) => s.replace(/<\/script/gi, '<\\/script'));
const hashes = scripts.map((s) => `'sha256-${createHash('sha256').update(s).digest('base64')}'`).join(' ');
const policy = `default-src 'none'; script-src ${hashes}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;

const body = sections
	.map(
		(s) => `<section aria-labelledby="${s.id}"><h2 id="${s.id}">${esc(s.title)}</h2>
${s.figures.map((id) => `<article class="figure" id="figuur-${id}" data-figure="${id}">${figure(id, first).html}</article>`).join('\n')}
</section>`,
	)
	.join('\n');

const page = `<!DOCTYPE html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${esc('Monitor ' + data.title)}</title>
<style>${readFileSync(join(here, 'style.css'), 'utf8')}</style>
</head>
<body>
<a class="skip" href="#inhoud">Naar de inhoud</a>
<header>
<h1>${esc(data.title)}</h1>
<p>Monitor van de ingekochte zorg: cliënten, geld, wachttijden en aanbieders. Stand van ${esc(date(data.as_of))}.</p>
</header>
<div class="choice">
<span><label for="area">Gebied</label> <select id="area">${areas.map((a) => `<option value="${esc(a.code)}">${esc(a.name)}</option>`).join('')}</select></span>
<span><label for="year">Jaar</label> <select id="year">${years.map((y) => `<option${y === first.year ? ' selected' : ''}>${y}</option>`).join('')}</select></span>
<nav aria-label="Onderdelen">${sections.map((s) => `<a href="#${s.id}">${esc(s.title)}</a>`).join('')}</nav>
</div>
<main id="inhoud">
<h2>In het kort: <span id="chosen" aria-live="polite">${esc((first.area === null ? data.title : first.areaName) + ', ' + first.year)}</span></h2>
<div id="summary">${summary(first)}</div>
${body}
</main>
<footer>
<p>Deze pagina is gemaakt uit de monitor van de regio met zorgregio en leest niets van internet. Zij bevat kleine aantallen en namen van aanbieders: bedoeld voor gemeenten, niet om te publiceren. Wat naar buiten mag, staat in de weergaven <code>public_*</code>.</p>
<p>Grafieken: Apache ECharts ${esc(about.library)}, Apache License 2.0.</p>
</footer>
<script type="application/json" id="data">${json}</script>
${scripts.map((s) => `<script>${s}</script>`).join('\n')}
</body>
</html>
`;
writeFileSync(out, page);

// What a figure is asked about: one area (null: the region) and one year, over the parts that data.sql read.
import { year, date } from './format.mjs';

export const colours = { blue: '#0a5c99', orange: '#c2410c', green: '#00735c', purple: '#8a3b80', brown: '#6b5200', grey: '#5b6673', light: '#7890a8', pale: '#b9cfe2' };
export const palette = [colours.blue, colours.orange, colours.green, colours.purple, colours.brown, colours.grey];

export function context(data, area, chosenYear) {
	const base = area === null ? 'region' : 'municipality';
	const part = (name) => data.parts[name] ?? [];
	const c = {
		data,
		area,
		year: chosenYear,
		// Rows of a part for this area, at its own level plus a suffix such as ' by product group'
		own: (name, suffix = '') => part(name).filter((r) => r.municipality === area && r.level === base + suffix),
		// The same for every municipality that the reader may see
		each: (name, suffix = '') => part(name).filter((r) => r.municipality !== null && r.level === 'municipality' + suffix),
		// Parts without levels: the rows of the area, all of them for the region
		within: (name) => part(name).filter((r) => (area === null ? r.municipality !== null : r.municipality === area)),
		part,
		inYear: (rows) => rows.filter((r) => (r.year ?? year(r.period_from)) === chosenYear),
		years: data.years,
		municipalities: part('municipalities'),
		nameOf: (code) => (code === null ? data.title : (part('municipalities').find((m) => m.code === code)?.name ?? (code === '(unknown)' ? '(gemeente onbekend)' : code))),
		running: chosenYear === year(data.as_of) && data.as_of.slice(5) !== '12-31',
	};
	c.areaName = area === null ? 'de regio' : c.nameOf(area);
	c.period = c.running ? 'in ' + chosenYear + ' (tot en met ' + date(data.as_of).replace(' ' + chosenYear, '') + ')' : 'in ' + chosenYear;
	return c;
}

export const group = (name) => (name === null ? 'Alle productgroepen' : ({ '(unknown)': '(productgroep onbekend)', '(other)': '(overige productgroepen)' }[name] ?? name));
export const product = (code, name) => (code === null ? '–' : code === '(unknown)' ? '(product onbekend)' : name ? name + ' (' + code + ')' : code);
export const byDescending = (key) => (a, b) => (b[key] ?? -1) - (a[key] ?? -1);

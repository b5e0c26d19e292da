// A headless Chromium behind chromedriver (W3C WebDriver), for tests that look at a page as a reader does.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions'];

// open({ width, height, mobile, script }): a browser with go, run, log, screenshot, print, close
export async function open({ width, height, mobile = false, script = true }) {
	const profile = mkdtempSync(join(tmpdir(), 'zorgregio-browser.'));
	const driver = spawn('chromedriver', ['--port=0'], { stdio: ['ignore', 'pipe', 'ignore'] });
	const close = async () => {
		driver.kill();
		await new Promise((done) => (driver.exitCode === null && driver.signalCode === null ? driver.once('exit', done) : done()));
		for (let i = 0; i < 20; i++) {
			try {
				rmSync(profile, { recursive: true, force: true });
				return;
			} catch {
				await new Promise((done) => setTimeout(done, 250));
			}
		}
	};
	try {
		const port = await new Promise((found, failed) => {
			let seen = '';
			driver.once('error', failed);
			driver.once('exit', () => failed(new Error('chromedriver ended: ' + seen)));
			driver.stdout.on('data', (text) => {
				seen += text;
				const port = seen.match(/on port (\d+)\./);
				if (port) found(port[1]);
			});
		});
		const call = async (method, path, body) => {
			const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
			const { value } = await response.json();
			if (value && value.error) throw new Error(`${value.error}: ${value.message}`);
			return value;
		};
		const options = {
			args: [...flags, `--user-data-dir=${profile}`, `--window-size=${width},${height}`],
			prefs: script ? {} : { 'profile.managed_default_content_settings.javascript': 2 },
			...(mobile ? { mobileEmulation: { deviceMetrics: { width, height, pixelRatio: 2, touch: true } } } : {}),
		};
		const { sessionId } = await call('POST', '/session', {
			capabilities: { alwaysMatch: { browserName: 'chrome', 'goog:chromeOptions': options, 'goog:loggingPrefs': { browser: 'ALL' } } },
		});
		const path = `/session/${sessionId}`;
		return {
			go: (url) => call('POST', path + '/url', { url }),
			run: (code, ...args) => call('POST', path + '/execute/sync', { script: `return (${code})(...arguments)`, args }),
			log: () => call('POST', path + '/se/log', { type: 'browser' }),
			screenshot: async () => Buffer.from(await call('GET', path + '/screenshot'), 'base64'),
			print: async () => Buffer.from(await call('POST', path + '/print', { page: { width: 21, height: 29.7 }, background: true }), 'base64'),
			command: (cmd, params) => call('POST', path + '/goog/cdp/execute', { cmd, params }),
			close: async () => {
				await call('DELETE', path).catch(() => {});
				await close();
			},
		};
	} catch (error) {
		await close();
		throw error;
	}
}

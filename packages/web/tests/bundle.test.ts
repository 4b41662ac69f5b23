import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeTab, openBrowser, openTab, unavailable } from './browser.ts';
import { openStub, type Stub } from './stub-server.ts';

const dist = process.env['COAIA_WEB_DIST'] ?? join(import.meta.dirname, '../dist');
const toGzip = (file: string) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
const assets = readdirSync(join(dist, 'assets')).map((file) => `assets/${file}`);
const kB = 1000;

describe('what the build weighs', () => {
  test('styles at most 25 kB, any lazy part at most 130 kB, fonts about 90 kB', () => {
    const styles = assets
      .filter((file) => file.endsWith('.css'))
      .reduce((sum, file) => sum + toGzip(file), 0);
    expect(styles).toBeLessThanOrEqual(25 * kB);
    for (const file of assets.filter((one) => one.endsWith('.js') && !one.includes('/frame-')))
      expect(toGzip(file), file).toBeLessThanOrEqual(130 * kB);
    const fonts = assets
      .filter((file) => file.endsWith('.woff2'))
      .reduce((sum, file) => sum + readFileSync(join(dist, file)).length, 0);
    expect(fonts).toBeLessThanOrEqual(95 * kB);
  });

  test('no address of another host is in the page', () => {
    const allowed =
      /^(?:www\.w3\.org|react\.dev|tanstack\.com|tailwindcss\.com|base-ui\.com|radix-ui\.com|github\.com|127\.0\.0\.1|localhost|[a-z.]*\bexample$|reactjs\.org|reactflow\.dev|fb\.me)/;
    for (const file of [
      ...assets.filter((one) => /\.(?:js|css)$/.test(one)),
      'index.html',
      'theme.js',
    ]) {
      const hosts =
        readFileSync(join(dist, file), 'utf8').match(/(?<=https?:\/\/)[a-z0-9.-]+\.[a-z]{2,}/g) ??
        [];
      expect(
        hosts.filter((host) => !allowed.test(host)),
        file,
      ).toEqual([]);
    }
  });

  test('no script or style stands in the document itself', () => {
    const html = readFileSync(join(dist, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });
});

describe.skipIf(unavailable)('the first view (not run: no Chromium)', () => {
  let browser: Browser;
  let stub: Stub;

  beforeAll(async () => {
    browser = await openBrowser();
    stub = await openStub(1000);
  });
  afterAll(async () => {
    await browser.close();
    await stub.close();
  });

  test.each([
    ['/p/default', '[data-health]'],
    ['/p/default/traces', '[data-trace]'],
    ['/p/default/sessions', '[data-session]'],
  ])('%s loads at most 180 kB of script, gzip', async (path, selector) => {
    stub.requests.length = 0;
    const tab = await openTab(browser, stub, path);
    await tab.page.waitForSelector(selector);
    await tab.page.waitForTimeout(300);
    const scripts = new Set(
      stub.requests.flatMap((request) => /^GET \/(\S+\.js)$/.exec(request)?.[1] ?? []),
    );
    const weight = [...scripts].reduce((sum, file) => sum + toGzip(file), 0);
    expect(scripts.size).toBeGreaterThan(2);
    expect(weight).toBeLessThanOrEqual(180 * kB);
    process.stderr.write(`${path}: ${scripts.size} scripts, ${weight} bytes gzip\n`);
    await closeTab(tab);
  });
});

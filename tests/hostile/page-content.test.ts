/** What a trace holds is shown in the real page and nothing of it runs, loads or leads away. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBatch } from './batch-corpus.ts';
import { openHostileServer } from './hostile-server.ts';
import type { HostileServer } from './hostile-server.ts';
import { createCookie } from './program.ts';
import { SCRIPT_URL, toHostileTrace } from './script-corpus.ts';

const EXECUTABLE = process.env['COAIA_TEST_CHROMIUM'] ?? '/usr/bin/chromium';
const root = join(import.meta.dirname, '../..');
const hasBrowser = existsSync(EXECUTABLE);
if (!hasBrowser) console.log(`not run: ${EXECUTABLE} is missing`);

/** Switches off everything with which Chromium talks to the world by itself. */
const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Counts policy reports and calls of `hit` inside the page, before anything of the page runs. */
const PROBE = `
  globalThis.hits = 0; globalThis.hit = () => { globalThis.hits += 1; }; globalThis.reports = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    globalThis.reports.push(event.effectiveDirective + ' ' + event.blockedURI);
  });
`;

interface Probed {
  readonly hits: number;
  readonly reports: readonly string[];
}

describe.runIf(hasBrowser)('hostile content in the page', () => {
  let server: HostileServer;
  let beacon: Server;
  let beaconUrl: string;
  let asked = 0;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];
  const foreign: string[] = [];

  beforeAll(async () => {
    if (!existsSync(join(root, 'packages/web/dist/index.html')))
      spawnSync('npx', ['vite', 'build', 'packages/web'], { cwd: root, stdio: 'inherit' });
    beacon = createServer((socket) => {
      asked += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => {
      beacon.listen(0, '127.0.0.1', resolve);
    });
    beaconUrl = `http://127.0.0.1:${(beacon.address() as AddressInfo).port}`;
    server = await openHostileServer();
    const stored = await server.post(
      '/api/public/ingestion',
      toBatch(...toHostileTrace(beaconUrl)),
    );
    expect(JSON.parse(stored.text)).toMatchObject({ errors: [] });
    browser = await chromium.launch({ executablePath: EXECUTABLE, args: QUIET });
    page = await openPage();
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    beacon.close();
  });

  const openPage = async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const [name = '', value = ''] = (await createCookie(server.home)).split('=');
    await context.addCookies([
      { name, value, url: server.url, sameSite: 'Strict', httpOnly: true },
    ]);
    await context.addInitScript(PROBE);
    const opened = await context.newPage();
    opened.on('dialog', (dialog) => {
      faults.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    opened.on('pageerror', (error) => faults.push(error.message));
    opened.on('console', (message) => {
      if (/Content.Security.Policy|Refused to/i.test(message.text())) faults.push(message.text());
    });
    context.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith('data:'))
        foreign.push(request.url());
    });
    return opened;
  };

  const expectHarmless = async (label: string) => {
    const probed: Probed = await page.evaluate(
      '({ hits: globalThis.hits, reports: globalThis.reports })',
    );
    expect([label, probed]).toEqual([label, { hits: 0, reports: [] }]);
    expect([label, faults, foreign, asked]).toEqual([label, [], [], 0]);
    expect(page.url().startsWith(server.url), label).toBe(true);
  };

  const traceAddress = () => {
    const [trace] = toHostileTrace(beaconUrl) as readonly [
      { readonly body: { readonly id: string } },
    ];
    return `${server.url}/p/default/traces/${encodeURIComponent(trace.body.id)}`;
  };

  it('notices what it is there to notice', async () => {
    const probe = await openPage();
    await probe.goto(`${server.url}/`);
    await probe.evaluate(
      `document.body.innerHTML = '<img src="${beaconUrl}/probe"><img src=x onerror="hit()">'`,
    );
    // Not waitForFunction: the page's own policy forbids what it does from its second look on.
    await expect
      .poll(() => probe.evaluate('globalThis.reports.length'), { timeout: 30_000 })
      .toBeGreaterThanOrEqual(2);
    expect(faults.length).toBeGreaterThan(0);
    await probe.context().close();
    faults.length = 0;
    foreign.length = 0;
    asked = 0;
  });

  it('is harmless in the lists and on the home page', { timeout: 120_000 }, async () => {
    for (const path of ['/p/default', '/p/default/traces', '/p/default/sessions']) {
      await page.goto(`${server.url}${path}`);
      await page.waitForLoadState('networkidle').catch(() => undefined);
      await expectHarmless(path);
    }
    await page.goto(`${server.url}/p/default/traces`);
    await page
      .getByText('onerror=hit()')
      .or(page.getByText(`${beaconUrl}/field`))
      .first()
      .waitFor();
    await expectHarmless('the list of traces with its rows');
  });

  it('is harmless in every tab of the trace and of each span', { timeout: 300_000 }, async () => {
    await page.goto(traceAddress());
    await page.getByRole('treeitem').first().waitFor();
    for (const tab of ['messages', 'json', 'metadata', 'usage', 'scores']) {
      for (const span of [
        '',
        '&span=%3Cimg%20src%3Dx%20onerror%3Dhit()%3E-generation',
        '&span=span-2',
        '&span=span-26',
      ]) {
        for (const view of ['', '&view=log']) {
          await page.goto(`${traceAddress()}?tab=${tab}${span}${view}`);
          await page.getByRole('tab').first().waitFor();
          await page.waitForTimeout(150);
          await expectHarmless(`${tab}${span}${view}`);
        }
      }
    }
    const text = await page.evaluate('document.body.textContent');
    expect(String(text)).toContain('<img src=x onerror=hit()>');
  });

  it('has links that cannot run anything or hold on to the page', async () => {
    await page.goto(traceAddress());
    await page.getByRole('tab').first().waitFor();
    await page.waitForTimeout(500);
    const links: readonly (readonly string[])[] = await page.evaluate(
      `[...document.querySelectorAll('a[href]')].map((a) => [a.protocol, a.origin, a.rel, a.target])`,
    );
    expect(links.length).toBeGreaterThan(0);
    for (const [protocol, origin, rel, target] of links) {
      expect(['http:', 'https:', 'mailto:']).toContain(protocol);
      if (origin !== server.url && protocol !== 'mailto:') {
        expect(rel).toMatch(/noopener/);
        expect(target).toBe('_blank');
      }
    }
    const loading = await page.evaluate(
      `document.querySelectorAll('iframe,object,embed,video,audio,base,script:not([src]),form[action]').length`,
    );
    expect(loading).toBe(0);
  });

  it('is harmless in the session and in searches', { timeout: 120_000 }, async () => {
    for (const path of [
      `/p/default/sessions/${encodeURIComponent(SCRIPT_URL)}`,
      `/p/default/traces?q=${encodeURIComponent('"<img src=x onerror=hit()>"')}`,
      `/p/default/traces?q=${encodeURIComponent('user:"<svg/onload=hit()>"')}`,
      `/p/${encodeURIComponent('<img src=x onerror=hit()>')}/traces`,
      `/sign-in?expired=${encodeURIComponent('<img src=x onerror=hit()>')}`,
      `/${encodeURIComponent('<script>hit()</script>')}`,
    ]) {
      await page.goto(`${server.url}${path}`);
      await page.waitForTimeout(700);
      await expectHarmless(path);
    }
  });
});

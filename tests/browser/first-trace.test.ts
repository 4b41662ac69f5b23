/**
 * The main job in a real browser: a person signs in with the link, leaves the Traces page open, and sees what
 * the official SDKs, an OTLP exporter and the command line write, within a second and without reloading.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram, startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';
import { RUN_ENV } from '../../packages/coaia/src/base/testing.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

const chromiumPath = process.env.COAIA_TEST_CHROMIUM ?? '/usr/bin/chromium';

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

const EXAMPLES = [
  { name: 'langfuse-js-v5', command: process.execPath, file: 'langfuse-js-v5/main.mjs' },
  { name: 'langfuse-js-v3', command: process.execPath, file: 'langfuse-js-v3/main.mjs' },
  { name: 'otlp-protobuf', command: process.execPath, file: 'otlp-protobuf/main.mjs' },
];

describe.runIf(existsSync(chromiumPath))('the first trace, in the browser', () => {
  let home: string;
  let server: BenchServer;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'coaia-browser-'));
    server = await startServer({ home });
    browser = await chromium.launch({ executablePath: chromiumPath, args: QUIET });
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('request', (request) => requests.push(request.url()));
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const coaia = (...args: readonly string[]) =>
    run(process.execPath, [findProgram(), ...args], {
      cwd: home,
      env: { ...RUN_ENV, PATH: process.env.PATH, HOME: home, COAIA_HOME: home },
    });

  it('signs in by the one-time link, once', async () => {
    const { stdout } = await coaia('open', '--json');
    const { url } = JSON.parse(stdout) as { readonly url: string };
    await page.goto(url);
    await page.waitForURL('**/p/default');
    await expect.poll(() => page.url()).not.toContain('k=');
    const second = await browser.newContext();
    const stranger = await second.newPage();
    await stranger.goto(url);
    await stranger.waitForURL('**/sign-in*');
    await second.close();
  });

  it('shows what belongs here while there is nothing, with an address that works when pasted', async () => {
    await page.goto(`${server.url}/p/default/traces`);
    await page.getByRole('tab', { name: 'OpenTelemetry' }).click();
    await page.getByText(server.url).first().waitFor();
  });

  it.each(EXAMPLES)(
    'shows the trace of $name within a second',
    { timeout: 60_000 },
    async (example) => {
      await run(example.command, [join(root, 'examples', example.file)], {
        env: { ...process.env, ...toVariables(server) },
      });
      await seeRow(page, example.name);
    },
  );

  it('shows what the command line writes, also past the server', { timeout: 60_000 }, async () => {
    await coaia(
      'fuse',
      'traces',
      'create',
      'from-the-shell',
      '-n',
      'from-the-shell',
      '-i',
      'hello',
    );
    await seeRow(page, 'from-the-shell');
  });

  it('misses nothing that is written before it hears of what is new', async () => {
    const held = Promise.withResolvers<void>();
    const asked = page.waitForRequest('**/events?*');
    await page.route('**/events?*', async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.reload();
    await page.getByRole('row').filter({ hasText: 'from-the-shell' }).waitFor();
    await asked;
    await coaia('fuse', 'traces', 'create', 'in-between', '-n', 'in-between');
    // However long the line took.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    held.resolve();
    await seeRow(page, 'in-between');
    await page.unroute('**/events?*');
  });

  it('reads anew when the server cannot tell any more what was missed', async () => {
    const held = Promise.withResolvers<void>();
    const body = 'event: hello\ndata: {"seq":1,"complete":false}\n\n';
    await page.route(
      '**/events?*',
      async (route) => {
        await held.promise;
        await route.fulfill({ contentType: 'text/event-stream', body });
      },
      { times: 1 },
    );
    await page.reload();
    await page.getByRole('row').filter({ hasText: 'in-between' }).waitFor();
    await coaia('fuse', 'traces', 'create', 'long-ago', '-n', 'long-ago');
    held.resolve();
    await page.getByRole('row').filter({ hasText: 'long-ago' }).waitFor();
  });

  it('opens a trace with its tree, times, tokens and cost', async () => {
    await page
      .getByRole('row')
      .filter({ hasText: 'langfuse-js-v5' })
      .getByText('langfuse-js-v5')
      .click();
    const tree = page.getByRole('tree');
    await tree.waitFor();
    await expect.poll(() => tree.getByRole('treeitem').count()).toBeGreaterThanOrEqual(3);
    const read = () => page.locator('main').textContent();
    await expect.poll(read).toContain('128');
    await expect.poll(read).toMatch(/\$0\.000\d/);
    await expect.poll(read).toMatch(/\d+ ms|\d s/);
  });

  it('asked nobody else and complained about nothing', () => {
    expect(
      requests.filter((url) => !url.startsWith(server.url) && !url.startsWith('data:')),
    ).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

function toVariables(server: BenchServer): Readonly<Record<string, string>> {
  return {
    LANGFUSE_BASE_URL: server.url,
    LANGFUSE_PUBLIC_KEY: 'pk-lf-bench',
    LANGFUSE_SECRET_KEY: 'sk-lf-bench',
    OTEL_EXPORTER_OTLP_ENDPOINT: `${server.url}/api/public/otel`,
    OTEL_EXPORTER_OTLP_HEADERS: `Authorization=${server.authorization.replace(' ', '%20')}`,
  };
}

/** The row, or the bar that announces it; nothing on the page moves before the reader asks for it. */
async function seeRow(page: Page, name: string): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: name });
  const announcement = page.getByRole('button', { name: /^\d+ new/ });
  await row.or(announcement).first().waitFor();
  if (await announcement.isVisible()) await announcement.click();
  await row.first().waitFor();
}

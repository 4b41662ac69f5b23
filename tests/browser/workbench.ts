/** A workbench with a signed-in browser tab on it, for the journeys of the pages. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { findProgram, startServer } from '../../bench/lib/server.ts';
import type { BenchServer, StartOptions } from '../../bench/lib/server.ts';
import { RUN_ENV } from '../../packages/coaia/src/base/testing.ts';

const run = promisify(execFile);

const chromiumPath = process.env['COAIA_TEST_CHROMIUM'] ?? '/usr/bin/chromium';

/** False where no Chromium is installed; such a suite is not run. */
export const hasBrowser = existsSync(chromiumPath);

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

export interface Workbench {
  readonly server: BenchServer;
  readonly page: Page;
  /** Goes to `/p/default/...`. */
  readonly open: (path: string) => Promise<void>;
  /** Presses a key of the page itself, or a sequence such as `g t`, once no dialog or menu would take it. */
  readonly press: (keys: string) => Promise<void>;
  /** Leaves the dialog by Escape, once it has the focus and with it the keys. */
  readonly leave: () => Promise<void>;
  /** A call of the API with the keys; fails when it is refused. */
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the journeys check
  readonly send: (method: string, path: string, body?: unknown) => Promise<any>;
  /** Runs the program on the same home. */
  readonly coaia: (...args: readonly string[]) => Promise<string>;
  /** What the page complained about since the last call: errors, warnings, requests to other hosts. */
  readonly takeComplaints: () => readonly string[];
  /** Rules of axe that the page breaks in the four themes; empty when it breaks none. */
  readonly findBarriers: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** Starts a server in an empty home, opens a tab and signs in. */
export async function openWorkbench(options: StartOptions = {}): Promise<Workbench> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'coaia-browser-'));
  const server = await startServer({ ...options, home });
  const browser = await chromium.launch({ executablePath: chromiumPath, args: QUIET });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const complaints = listen(page, server.url);
  const coaia = async (...args: readonly string[]) => {
    const env = { ...RUN_ENV, PATH: process.env['PATH'], HOME: home, COAIA_HOME: home };
    return (await run(process.execPath, [findProgram(), ...args], { cwd: home, env })).stdout;
  };
  const { url } = JSON.parse(await coaia('open', '--json')) as { readonly url: string };
  await page.goto(url);
  await page.waitForURL('**/p/default');
  return {
    server,
    page,
    open: async (path) => {
      await page.goto(`${server.url}/p/default${path}`);
    },
    press: async (keys) => {
      await page.waitForSelector('[role=dialog],[role=menu]', { state: 'detached' });
      // Sent together: the page waits for the second key of a sequence little more than a second.
      await Promise.all(keys.split(' ').map((key) => page.keyboard.press(key)));
    },
    leave: async () => {
      await page.locator('[role=dialog]:focus-within').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    },
    send: (method, path, body) => send(server, method, path, body),
    coaia,
    takeComplaints: () => complaints.splice(0),
    findBarriers: () => findBarriers(page),
    close: () => close(browser, server, options.home === undefined ? home : undefined),
  };
}

function listen(page: Page, own: string): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const isOwn = /^(?:data|blob):/.test(request.url()) || request.url().startsWith(own);
    if (!isOwn) complaints.push(`request to ${request.url()}`);
  });
  return complaints;
}

async function send(server: BenchServer, method: string, path: string, body: unknown) {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: server.authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Themes of the page, as the preferences put them on the root element. */
const THEMES = ['light', 'dark', 'contrast', 'contrast-dark'] as const;

async function findBarriers(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of THEMES) {
    await setTheme(page, theme);
    await page.evaluate(axe);
    const broken = (await page.evaluate(AXE_RUN)) as readonly string[];
    found.push(...broken.map((rule) => `${theme}: ${rule}`));
  }
  await setTheme(page, 'light');
  return found;
}

const AXE_RUN = `axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html.slice(0, 200)))`;

async function setTheme(page: Page, theme: (typeof THEMES)[number]): Promise<void> {
  await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
}

async function close(browser: Browser, server: BenchServer, home?: string): Promise<void> {
  await browser.close();
  await server.stop();
  if (home !== undefined) rmSync(home, { recursive: true, force: true });
}

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Stub } from './stub-server.ts';

const executablePath = process.env['COAIA_TEST_CHROMIUM'] ?? '/usr/bin/chromium';

/** True where there is no browser; the suites then say `not run` and are not counted as passed. */
export const unavailable = !existsSync(executablePath);

/** Starts the browser without any of its own traffic. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page with what went wrong in it. */
export interface Tab {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors and warnings, uncaught errors, policy violations. */
  readonly faults: string[];
  /** Requests to anywhere but the stub. */
  readonly foreign: string[];
}

/** How a tab is opened. */
export interface TabOptions {
  readonly theme?: 'light' | 'dark' | 'contrast';
  readonly width?: number;
  readonly height?: number;
  readonly preferences?: object;
}

/** Opens an address of the stub. */
export async function openTab(
  browser: Browser,
  stub: Stub,
  path: string,
  options: TabOptions = {},
): Promise<Tab> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await context.addInitScript(
    (saved) => {
      if (localStorage.getItem('coaia.preferences') === null)
        localStorage.setItem('coaia.preferences', JSON.stringify(saved));
    },
    { theme: options.theme ?? 'light', ...options.preferences },
  );
  const page = await context.newPage();
  const faults: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(stub.url) && !url.startsWith('blob:') && !url.startsWith('data:'))
      foreign.push(url);
  });
  await page.goto(stub.url + path);
  return { page, context, faults, foreign };
}

/** Ends a tab; it must have been quiet and must have spoken to the stub only. */
export async function closeTab(tab: Tab, allowed = /^$/): Promise<void> {
  await tab.context.close();
  expect(tab.foreign).toEqual([]);
  expect(tab.faults.filter((fault) => !allowed.test(fault))).toEqual([]);
}

/** What a status of 400 or more makes the browser itself say. */
export const refusedRequest = /^Failed to load resource/;

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Rules that axe finds broken on the page, with the elements. */
export async function findAxeViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: (
          root: Document,
          options: object,
        ) => Promise<{
          violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
        }>;
      };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return violations.flatMap((one) =>
      one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
    );
  });
}

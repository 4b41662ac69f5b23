import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  closeTab,
  findAxeViolations,
  openBrowser,
  openTab,
  refusedRequest,
  unavailable,
  type Tab,
} from './browser.ts';
import { openStub, type Stub } from './stub-server.ts';

const themes = ['light', 'dark', 'contrast', 'contrast-dark'] as const;
const states = ['full', 'empty', 'failing'] as const;
const pages = [
  ['home', '/p/default'],
  ['traces', '/p/default/traces'],
  ['no hits', '/p/default/traces?q=name:nothing-like-this'],
  ['trace', '/p/default/traces/large'],
  ['log', '/p/default/traces/large?view=log&span=n800&tab=json'],
  ['metadata', '/p/default/traces/large?tab=metadata'],
  ['usage', '/p/default/traces/large?span=n1&tab=usage'],
  ['scores', '/p/default/traces/large?tab=scores'],
  ['peek', '/p/default/traces?peek=large'],
  ['sessions', '/p/default/sessions'],
  ['session', '/p/default/sessions/chat-1014'],
  ['sign-in', '/sign-in'],
  ['not found', '/p/default/nowhere'],
] as const;

async function expectNoViolations(tab: Tab): Promise<void> {
  for (const theme of themes) {
    await tab.page.evaluate((name) => {
      document.documentElement.dataset['theme'] = name;
    }, theme);
    expect(await findAxeViolations(tab.page), theme).toEqual([]);
  }
}

describe.skipIf(unavailable)('axe finds nothing (not run: no Chromium)', () => {
  let browser: Browser;
  const stubs = {} as Record<(typeof states)[number], Stub>;

  beforeAll(async () => {
    browser = await openBrowser();
    stubs.full = await openStub(400);
    stubs.empty = await openStub(0);
    stubs.failing = await openStub(20);
    stubs.failing.mode = 'failing';
  });
  afterAll(async () => {
    await browser.close();
    for (const stub of Object.values(stubs)) await stub.close();
  });

  const cases = pages.flatMap(([name, path]) =>
    states.map((state) => [name, state, path] as const),
  );

  test.each(cases)('%s, %s, every theme', async (_name, state, path) => {
    const tab = await openTab(browser, stubs[state], path);
    await tab.page.waitForSelector('h1');
    await tab.page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
    await tab.page.waitForTimeout(200);
    await expectNoViolations(tab);
    await closeTab(tab, refusedRequest);
  });

  test.each([
    ['palette', 'Control+k', '[cmdk-root]'],
    ['cheat sheet', '?', '[role=dialog]'],
    ['time range', 't', '[role=dialog]'],
  ])('%s, every theme', async (_name, key, selector) => {
    const tab = await openTab(browser, stubs.full, '/p/default/traces');
    await tab.page.waitForSelector('[data-trace]');
    await tab.page.keyboard.press(key);
    await tab.page.waitForSelector(selector);
    await tab.page.waitForTimeout(200);
    await expectNoViolations(tab);
    await closeTab(tab);
  });

  test('the active row scrolled out of sight, a selection, a narrow window', async () => {
    const options = { width: 390, height: 844, preferences: { facetsHidden: true } };
    const tab = await openTab(browser, stubs.full, '/p/default/traces', options);
    await tab.page.waitForSelector('[data-trace]');
    await tab.page.keyboard.press('j');
    await tab.page.keyboard.press('x');
    await tab.page.waitForSelector('[role=grid][aria-activedescendant]');
    await tab.page.evaluate(() => document.querySelector('[role=grid]')?.scrollTo(0, 2000));
    await tab.page.waitForTimeout(200);
    const active = await tab.page.getAttribute('[role=grid]', 'aria-activedescendant');
    expect(await tab.page.$(`#${active}`)).not.toBeNull();
    await expectNoViolations(tab);
    await closeTab(tab);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  closeTab,
  openBrowser,
  openTab,
  refusedRequest,
  unavailable,
  type Tab,
} from './browser.ts';
import { openStub, type Stub } from './stub-server.ts';

/** Sent together: the page waits for the second key little more than a second. */
const pressAfterG = ({ page }: Tab, key: string) =>
  Promise.all(['g', key].map((one) => page.keyboard.press(one)));

describe.skipIf(unavailable)('the other pages (not run: no Chromium)', () => {
  let browser: Browser;
  let full: Stub;

  beforeAll(async () => {
    browser = await openBrowser();
    full = await openStub(600);
  });
  afterAll(async () => {
    await browser.close();
    await full.close();
  });

  test('the root leads home; g and a letter lead anywhere', async () => {
    const tab = await openTab(browser, full, '/');
    await tab.page.waitForURL('**/p/default');
    await tab.page.waitForSelector('[data-health=OK]');
    await pressAfterG(tab, 't');
    await tab.page.waitForURL('**/p/default/traces');
    await pressAfterG(tab, 's');
    await tab.page.waitForURL('**/p/default/sessions');
    await tab.page.keyboard.press('Control+k');
    await tab.page.keyboard.type('home');
    await tab.page.waitForSelector('[cmdk-item]:has-text("Home")');
    await tab.page.click('[cmdk-item]:has-text("Home")');
    await tab.page.waitForURL('**/p/default');
    await closeTab(tab);
  });

  test('the first steps tick by themselves and can be put away for good', async () => {
    const stub = await openStub(0);
    const tab = await openTab(browser, stub, '/p/default');
    await tab.page.waitForSelector('[data-step=trace][data-done=false]');
    stub.addTrace();
    await tab.page.waitForSelector('[data-step=trace][data-done=true]');
    await tab.page.getByRole('button', { name: 'Put first steps away' }).click();
    await tab.page.reload();
    await tab.page.waitForSelector('[data-health]');
    await expect.poll(() => tab.page.locator('[data-step]').count()).toBe(0);
    await closeTab(tab);
    await stub.close();
  });

  test('an empty project shows snippets with its own address and flips at the first trace', async () => {
    const stub = await openStub(0);
    const tab = await openTab(browser, stub, '/p/default/traces');
    await tab.page.waitForSelector('[data-waiting]');
    for (const name of ['OpenTelemetry', 'Langfuse JS v5', 'Langfuse JS v3', 'Python']) {
      await tab.page.getByRole('tab', { name }).click();
      await tab.page.waitForSelector(`pre:has-text("${stub.url}")`);
    }
    await tab.page.getByRole('button', { name: 'Copy: Python' }).click();
    await expect
      .poll(() => tab.page.evaluate(() => navigator.clipboard.readText()))
      .toContain('sk-lf-9b1d77aa');
    const first = stub.addTrace();
    await tab.page.waitForSelector(`[data-trace="${first.id}"]`);
    await closeTab(tab);
    await stub.close();
  });

  test('the sample fills an empty project and says that it is one', async () => {
    const stub = await openStub(0);
    const tab = await openTab(browser, stub, '/p/default/traces');
    await tab.page.getByRole('button', { name: 'Load the sample' }).click();
    await tab.page.waitForSelector('[data-trace]:has-text("sample")');
    await closeTab(tab);
    await stub.close();
  });

  test('a conversation: turn by turn, the trace one key away', async () => {
    const tab = await openTab(browser, full, '/p/default/sessions');
    await tab.page.waitForSelector('[data-session]');
    await tab.page.keyboard.press('j');
    await tab.page.keyboard.press('Enter');
    await tab.page.waitForSelector('[data-turn]');
    await tab.page.keyboard.press('j');
    await tab.page.waitForSelector('[data-turn][aria-current=true]');
    await tab.page.keyboard.press('o');
    await tab.page.waitForSelector('[data-summary=trace]');
    await closeTab(tab);
  });

  test('a server that is gone is said, and everything goes on when it is back', async () => {
    const stub = await openStub(30);
    const port = Number(new URL(stub.url).port);
    const tab = await openTab(browser, stub, '/p/default/traces');
    await tab.page.waitForSelector('[data-trace]');
    await stub.close();
    await tab.page.waitForSelector('[data-banner=offline]');
    await expect.poll(() => tab.page.locator('[data-trace]').count()).toBeGreaterThan(5);
    const again = await openStub(30, port);
    // The page tries by itself, too, and may have been faster.
    await tab.page
      .locator('[data-banner=offline] button')
      .evaluateAll(([button]) => (button as HTMLElement | undefined)?.click());
    await tab.page.waitForSelector('[data-banner=offline]', { state: 'detached' });
    await closeTab(
      tab,
      /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|Failed to load/,
    );
    await again.close();
  });

  test('a refused cookie shows the sign-in and keeps the address', async () => {
    const stub = await openStub(5);
    stub.mode = 'signed-out';
    const tab = await openTab(browser, stub, '/p/default/traces?q=level:ERROR');
    await tab.page.waitForSelector('[data-page=sign-in]');
    await expect.poll(() => tab.page.url()).toContain('q=level:ERROR');
    await tab.page.getByLabel('Or paste the link').fill('no link');
    await tab.page.getByRole('button', { name: 'Sign in' }).first().click();
    await tab.page.waitForSelector('text=This is not a sign-in link');
    await tab.page.getByLabel('Or paste the link').fill(`${stub.url}/?k=once-only-key-123`);
    await tab.page.getByRole('button', { name: 'Sign in' }).first().click();
    await expect
      .poll(() => stub.requests.some((request) => request.includes('?k=once-only-key-123')))
      .toBe(true);
    await closeTab(tab, refusedRequest);
    await stub.close();
  });

  test('a failing server: the sentence, the code, the fix, and a way to try again', async () => {
    const stub = await openStub(5);
    stub.mode = 'failing';
    const tab = await openTab(browser, stub, '/p/default/traces');
    await tab.page.waitForSelector('text=The store could not be read: the disk is full.');
    await tab.page.waitForSelector('text=COAIA-0107');
    stub.mode = 'ok';
    await tab.page.getByRole('button', { name: 'Try again' }).click();
    await tab.page.waitForSelector('[data-trace]');
    await closeTab(tab, refusedRequest);
    await stub.close();
  });

  test('theme and density hold over a reload without a flash', async () => {
    const tab = await openTab(browser, full, '/p/default/traces');
    await tab.page.getByRole('button', { name: 'Appearance' }).click();
    await tab.page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await tab.page.waitForSelector('html[data-theme=dark]');
    const seen: string[] = [];
    await tab.page.exposeFunction('sayTheme', (theme: string) => seen.push(theme));
    await tab.page.addInitScript(() => {
      document.addEventListener('readystatechange', () => {
        const say = (globalThis as unknown as { sayTheme: (theme: string) => void }).sayTheme;
        say(document.documentElement.dataset['theme'] ?? 'none');
      });
    });
    await tab.page.reload();
    await tab.page.waitForSelector('[data-trace]');
    expect(new Set(seen)).toEqual(new Set(['dark']));
    await closeTab(tab);
  });

  test.each([1440, 1024, 768, 390, 320])(
    '%s pixels wide: nothing has to be scrolled sideways',
    async (width) => {
      for (const path of [
        '/p/default',
        '/p/default/traces',
        '/p/default/traces/large',
        '/p/default/sessions',
        '/p/default/sessions/chat-1014',
        '/sign-in',
      ]) {
        const tab = await openTab(browser, full, path, {
          width,
          height: 800,
          preferences: { facetsHidden: width < 800 },
        });
        await tab.page.waitForSelector('h1');
        await tab.page.waitForTimeout(400);
        const wide = await tab.page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, path).toBeLessThanOrEqual(width);
        const cut = await tab.page.evaluate(
          () =>
            [...document.querySelectorAll('main *')].filter((one) => {
              const box = one.getBoundingClientRect();
              return (
                box.width > 0 &&
                box.right > innerWidth + 1 &&
                one.closest(
                  '.overflow-x-auto,.overflow-hidden,[role=grid],[role=tree],[role=group],svg,pre',
                ) === null
              );
            }).length,
        );
        expect(cut, path).toBe(0);
        await closeTab(tab);
      }
    },
  );
});

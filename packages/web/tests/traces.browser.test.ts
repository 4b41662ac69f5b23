import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  closeTab,
  openBrowser,
  openTab,
  refusedRequest,
  unavailable,
  type Tab,
} from './browser.ts';
import { openStub, type Stub } from './stub-server.ts';

const list = '/p/default/traces';

const readActive = (page: Page) =>
  page.evaluate(() => {
    const id = document.querySelector('[role=grid]')?.getAttribute('aria-activedescendant') ?? '';
    if (id === '') return null;
    return document.querySelector<HTMLElement>(`#${id}`)?.dataset['trace'] ?? 'not mounted';
  });
const readAddress = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

describe.skipIf(unavailable)('the list of traces (not run: no Chromium)', () => {
  let browser: Browser;
  let stub: Stub;
  let tab: Tab;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  beforeEach(async () => {
    stub = await openStub(3000);
    tab = await openTab(browser, stub, list);
    await tab.page.waitForSelector('[data-trace]');
  });
  afterEach(async () => {
    await closeTab(tab, refusedRequest);
    await stub.close();
  });
  afterAll(() => browser.close());

  test('moves, peeks, opens and comes back by keys alone', async () => {
    const { page } = tab;
    const ids = stub.store.traces.map((trace) => trace.id);
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await expect.poll(() => readActive(page)).toBe(ids[1]);
    await page.keyboard.press('Space');
    await page.waitForSelector(`[data-peek="${ids[1]}"] [role=tree]`);
    await expect.poll(() => readAddress(page, 'peek')).toBe(ids[1]);
    await page.keyboard.press('j');
    await page.waitForSelector(`[data-peek="${ids[2]}"]`);
    await page.keyboard.press('Escape');
    await page.waitForSelector('[data-peek]', { state: 'detached' });
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/traces/${ids[2]}`);
    await page.goBack();
    await page.waitForSelector('[data-trace]');
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await expect.poll(() => readActive(page)).toBe(ids[0]);
  });

  test('holds the window small over thousands of rows and keeps the active row mounted', async () => {
    const { page } = tab;
    await page.keyboard.press('j');
    await page.evaluate(async () => {
      const grid = document.querySelector('[role=grid]') as HTMLElement;
      while (grid.scrollHeight <= 20_000) {
        grid.scrollTop += 1300;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    await expect.poll(() => page.locator('[data-trace]').count()).toBeLessThan(80);
    await expect.poll(() => readActive(page)).toBe(stub.store.traces[0]?.id);
    await expect.poll(() => page.getAttribute('[role=grid]', 'aria-rowcount')).toBe('3001');
  });

  test('the sidebar and the text are two views of one filter', async () => {
    const { page } = tab;
    await page.getByRole('checkbox', { name: 'ERROR' }).check();
    await page.waitForURL(/q=level:ERROR/);
    await page.getByRole('button', { name: 'Exclude staging' }).click();
    await page.waitForURL(/-environment:staging/);
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Filter' }).inputValue())
      .toBe('level:ERROR -environment:staging');
    await page.keyboard.press('/');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('level:(WARNING OR ERROR) user:ada');
    await page.keyboard.press('Enter');
    await page.waitForURL(/user:ada/);
    await expect.poll(() => page.getByRole('checkbox', { name: 'WARNING' }).isChecked()).toBe(true);
    await expect.poll(() => page.getByRole('checkbox', { name: 'ada' }).isChecked()).toBe(true);
    await page.goBack();
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Filter' }).inputValue())
      .toBe('level:ERROR -environment:staging');
  });

  test('completes keys and values, and says what is wrong with a proposal', async () => {
    const { page } = tab;
    await page.keyboard.press('/');
    await page.keyboard.type('lev');
    await page
      .getByRole('option', { name: /^level/ })
      .first()
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page
      .getByRole('option', { name: /ERROR|WARNING|DEFAULT/ })
      .first()
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.waitForURL(/q=level:(ERROR|WARNING|DEFAULT)/);
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await page.keyboard.press('/');
    await page.keyboard.type('levl:ERROR');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByRole('button', { name: 'level' }).click();
    await page.waitForURL(/q=level:ERROR/);
  });

  test('what is typed before the address has followed the last filter stays', async () => {
    const { page } = tab;
    const filter = page.getByRole('combobox', { name: 'Filter' });
    await page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('input[role=combobox]');
      const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      const type = (text: string) => {
        write?.call(input, text);
        input?.dispatchEvent(new Event('input', { bubbles: true }));
      };
      const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true });
      input?.focus();
      type('level:WARNING');
      input?.dispatchEvent(enter);
      type('user:ada');
    });
    await page.waitForURL(/q=level:WARNING/);
    await expect.poll(() => page.getByRole('checkbox', { name: 'WARNING' }).isChecked()).toBe(true);
    expect(await filter.inputValue()).toBe('user:ada');
    // Other changes of the address are still followed.
    await page.goBack();
    const isFollowed = async () => (await filter.inputValue()) === (readAddress(page, 'q') ?? '');
    await expect.poll(isFollowed).toBe(true);
  });

  test('a filter that the server refuses is said under the bar, not as zero hits', async () => {
    await tab.page.goto(`${stub.url}${list}?q=levl:ERROR`);
    await tab.page.waitForSelector('text=There is no key "levl".');
    await expect.poll(() => tab.page.locator('[data-empty]').count()).toBe(0);
  });

  test('no hits: the condition that excludes most comes first and goes by one click', async () => {
    const { page } = tab;
    await page.goto(`${stub.url}${list}?q=level:ERROR+user:nobody`);
    await page.waitForSelector('[data-empty=hits] li:has-text("without it")');
    const first = page.locator('[data-empty=hits] li').first();
    await expect.poll(() => first.textContent()).toContain('user:nobody');
    await first.getByRole('button').click();
    await page.waitForSelector('[data-trace]');
    await expect.poll(() => readAddress(page, 'q')).toBe('level:ERROR');
  });

  test('new traces wait in a bar and never move what is read', async () => {
    const { page } = tab;
    const before = await page.locator('[data-trace]').first().getAttribute('data-trace');
    for (let count = 0; count < 12; count += 1) stub.addTrace();
    await page.waitForSelector('[data-new="12"]');
    await expect.poll(() => page.getAttribute('[data-trace]', 'data-trace')).toBe(before);
    await page.click('[data-new]');
    await page.waitForSelector(`[data-trace="${stub.store.traces[0]?.id}"]`);
    await expect.poll(() => page.locator('[data-new]').count()).toBe(0);
  });

  test('a trace that ends while it is shown changes in place', async () => {
    const { page } = tab;
    const running = stub.store.traces.find((trace) => trace.running);
    if (running === undefined) throw new Error('the stub has a running trace');
    await page.waitForSelector(`[data-trace="${running.id}"]:has-text("running")`);
    stub.addTrace({ ...running, running: false, latencyMs: 4321 });
    await page.waitForSelector(`[data-trace="${running.id}"]:has-text("4.32 s")`);
    await expect.poll(() => page.locator('[data-new]').count()).toBe(0);
  });

  test('live shows them at the top as they come', async () => {
    await tab.page.getByRole('button', { name: 'Live' }).click();
    const added = stub.addTrace();
    await tab.page.waitForSelector(`[data-trace="${added.id}"]`);
  });

  test('a range of rows is exported with formulas made harmless', async () => {
    const { page } = tab;
    const evil = stub.addTrace({ name: '=HYPERLINK("http://evil.example")' });
    await page.click('[data-new]');
    await page.waitForSelector(`[data-trace="${evil.id}"]`);
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    for (const key of ['j', 'j', 'X']) await page.keyboard.press(key);
    await expect.poll(() => page.getByRole('toolbar').textContent()).toContain('3 selected');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  });

  test('deleting is undone within 8 seconds, and done on leaving', async () => {
    const { page } = tab;
    const [first, second] = stub.store.traces;
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.waitForSelector(`[data-trace="${first?.id}"]`, { state: 'detached' });
    await page.keyboard.press('Control+z');
    await page.waitForSelector(`[data-trace="${first?.id}"]`);
    expect(stub.requests.filter((request) => request.startsWith('DELETE'))).toEqual([]);
    await page.locator(`[data-trace="${second?.id}"] input`).check();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.waitForSelector(`[data-trace="${second?.id}"]`, { state: 'detached' });
    await page.goto(`${stub.url}/sign-in`);
    await expect.poll(() => stub.store.traces.some((trace) => trace.id === second?.id)).toBe(false);
    expect(stub.store.traces.some((trace) => trace.id === first?.id)).toBe(true);
  });

  test('columns, order, range and grouping stand in the address and are restored from it', async () => {
    const { page } = tab;
    await page.getByRole('button', { name: 'Latency' }).click();
    await page.waitForURL(/sort=latency.desc/);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Output' }).uncheck();
    await page.getByRole('button', { name: 'Move Cost left' }).click();
    await page.waitForURL(/cols=time,name,status,input,latency,cost,tokens/);
    await page.keyboard.press('Escape');
    await page.goto(`${page.url()}&group=name&range=24h`);
    await page.waitForSelector('[data-trace]');
    await expect.poll(() => page.getByRole('columnheader').allInnerTexts()).toContain('Cost');
    await expect.poll(() => page.getByRole('columnheader').allInnerTexts()).not.toContain('Output');
    await expect.poll(() => page.getByRole('button', { name: 'Last 24 hours' }).count()).toBe(1);
  });

  test('brushing the histogram chooses a time range', async () => {
    const { page } = tab;
    const box = await page.locator('[data-brush] svg').boundingBox();
    if (box === null) throw new Error('no histogram');
    await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + 20);
    await page.mouse.up();
    await page.waitForURL(/from=.*to=/);
  });

  test('the view is copied as a command', async () => {
    const { page } = tab;
    await page.goto(`${stub.url}${list}?q=level:ERROR&range=24h`);
    await page.waitForSelector('[data-trace]');
    await page.keyboard.press('y');
    await page.waitForSelector('[data-toast]');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      "coaia traces list --query 'level:ERROR since:24h'",
    );
  });

  test('letters are dead while typing and where they were switched off', async () => {
    const { page } = tab;
    await page.keyboard.press('/');
    await page.keyboard.type('gt?x');
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Filter' }).inputValue())
      .toBe('gt?x');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await page.getByRole('checkbox', { name: 'Single-letter shortcuts' }).uncheck();
    await page.keyboard.press('Escape');
    await page.waitForSelector('[role=dialog]', { state: 'detached' });
    await page.locator('h1').click();
    await page.keyboard.press('j');
    await page.waitForTimeout(200);
    await expect.poll(() => readActive(page)).toBeNull();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => readActive(page)).not.toBeNull();
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeTab, openBrowser, openTab, refusedRequest, unavailable } from './browser.ts';
import { openStub, type Stub } from './stub-server.ts';

const readSelected = (page: Page) =>
  page.locator('[role=treeitem][aria-selected=true]').first().textContent();

describe.skipIf(unavailable)('a trace (not run: no Chromium)', () => {
  let browser: Browser;
  let stub: Stub;
  const findTrace = (isWanted: (index: number) => boolean) =>
    stub.store.traces.find(
      (trace, index) =>
        trace.types.includes('AGENT') && trace.spans === undefined && isWanted(index),
    );

  beforeAll(async () => {
    browser = await openBrowser();
    stub = await openStub(300);
  });
  afterAll(async () => {
    await browser.close();
    await stub.close();
  });

  test('the tree by keys: move, collapse, expand, errors, slowest, zoom, tabs', async () => {
    const trace = stub.store.traces.find(
      (one) => one.types.includes('AGENT') && one.level === 'ERROR' && one.spans === undefined,
    );
    const tab = await openTab(browser, stub, `/p/default/traces/${trace?.id}`);
    const { page } = tab;
    await page.waitForSelector('[role=treeitem]');
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => readSelected(page)).toContain('plan');
    const lines = await page.locator('[role=treeitem]').count();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.locator('[role=treeitem]').count()).toBe(lines - 3);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => readSelected(page)).toContain('loop');
    await page.keyboard.press('e');
    await expect.poll(() => readSelected(page)).toContain('orders.lookup');
    await page.waitForSelector('text=Timed out after 5 s');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Home');
    await page.keyboard.press('s');
    await page.keyboard.press('+');
    await page.waitForURL(/zoom=/);
    await page.keyboard.press('f');
    await page.waitForURL((url) => !url.search.includes('zoom='));
    await page.keyboard.press('4');
    await page.waitForURL(/tab=usage/);
    await page.keyboard.press('l');
    await page.waitForURL(/view=log/);
    await page.waitForSelector('[role=grid] [role=row]');
    await closeTab(tab);
  });

  test('a deep link opens the span, the tab and the zoom it names', async () => {
    const tab = await openTab(
      browser,
      stub,
      '/p/default/traces/large?span=n4000&tab=metadata&zoom=70000-80000',
    );
    await tab.page.waitForSelector('[role=treeitem][aria-selected=true]:has-text("4000")');
    await expect
      .poll(() => tab.page.getByRole('tab', { name: 'Metadata' }).getAttribute('aria-selected'))
      .toBe('true');
    const item = tab.page.locator('[role=treeitem][aria-selected=true]');
    expect(Number(await item.getAttribute('aria-level'))).toBeGreaterThan(2);
    await expect.poll(() => item.getAttribute('aria-setsize')).not.toBeNull();
    await closeTab(tab);
  });

  test('ten thousand spans: few are mounted, all can be reached', async () => {
    const tab = await openTab(browser, stub, '/p/default/traces/large');
    await tab.page.waitForSelector('[role=treeitem]');
    await expect.poll(() => tab.page.locator('[role=treeitem]').count()).toBeLessThan(90);
    await tab.page.keyboard.press('End');
    await tab.page.waitForSelector('[role=treeitem][aria-selected=true]');
    await expect.poll(() => tab.page.locator('[role=treeitem]').count()).toBeLessThan(90);
    await tab.page.keyboard.press('/');
    await tab.page.keyboard.type('9600');
    await tab.page.keyboard.press('Enter');
    await tab.page.waitForSelector('[role=treeitem][aria-selected=true]:has-text("9600")');
    await closeTab(tab);
  });

  test('an orphan is shown and marked, a running trace pulses and goes on by itself', async () => {
    const trace = stub.addTrace({ running: true, latencyMs: null, types: ['AGENT'] });
    const tab = await openTab(browser, stub, `/p/default/traces/${trace.id}`);
    await tab.page.waitForSelector('text=parent missing');
    await tab.page.waitForSelector('[data-summary] :text("running")');
    stub.addTrace({ ...trace, running: false, latencyMs: 9876 });
    await tab.page.waitForSelector('[data-summary] :text("9.88")');
    await closeTab(tab);
  });

  test('a chat is shown as turns with tool calls, JSON as a tree', async () => {
    const trace = findTrace((index) => index > 20);
    const tab = await openTab(browser, stub, `/p/default/traces/${trace?.id}`);
    await tab.page.click('[role=treeitem]:has-text("write answer")');
    await tab.page.waitForSelector('[data-role=tool]');
    await expect.poll(() => tab.page.locator('[data-role]').count()).toBeGreaterThan(3);
    await tab.page.waitForSelector('text=orders.lookup');
    await tab.page.keyboard.press('2');
    await tab.page.waitForSelector('button[aria-expanded=true]:has-text("usageDetails")');
    await tab.page.click('button:has-text("usageDetails")');
    await tab.page.waitForSelector('button[aria-expanded=false]:has-text("usageDetails")');
    await closeTab(tab);
  });

  test('what a trace holds is never run: no script, no image, no foreign link', async () => {
    const corpus = [
      '<script>alert(1)</script>',
      `<img src="${stub.url}/canary.png" onerror="alert(2)">`,
      '<svg onload=alert(3)>',
      '<iframe src="javascript:alert(4)"></iframe>',
      `![pixel](${stub.url}/canary.png)`,
      '![pixel](http://canary.example/x.png)',
      '[click](javascript:alert(5))',
      '[click](data:text/html,<script>alert(6)</script>)',
      '[site](https://example.org/)',
      '"><script>alert(7)</script>',
      '{{constructor.constructor("alert(8)")()}}',
      '<a href="javascript:alert(9)">x</a><style>*{display:none}</style>',
      '```html\n<script>alert(10)</script>\n```',
    ];
    const trace = stub.addTrace({
      name: corpus[0] ?? '',
      userId: corpus[1] ?? '',
      sessionId: '<b>chat</b>',
      tags: [corpus[2] ?? ''],
      inputPreview: corpus.join(' '),
      outputPreview: corpus.join(' '),
      input: corpus.join('\n\n'),
      output: [
        { role: 'user', content: corpus.join('\n\n') },
        { role: '<img src=x>', content: [{ type: 'text', text: corpus.join('\n') }] },
      ],
    });
    for (const path of [
      `/p/default/traces/${trace.id}`,
      `/p/default/traces/${trace.id}?tab=json`,
      '/p/default/traces',
      '/p/default',
      '/p/default/sessions/%3Cb%3Echat%3C%2Fb%3E',
    ]) {
      const tab = await openTab(browser, stub, path);
      await tab.page.waitForFunction(() => document.body.textContent.includes('alert(1)'));
      const found = await tab.page.evaluate(() => ({
        made: document.querySelectorAll(
          'main img, main iframe, main style, main script, main svg[onload]',
        ).length,
        links: [...document.querySelectorAll<HTMLAnchorElement>('main a[target]')].map((link) => [
          link.protocol,
          link.rel,
        ]),
      }));
      expect(found.made).toBe(0);
      for (const [protocol, rel] of found.links) {
        expect(['http:', 'https:', 'mailto:']).toContain(protocol);
        expect(rel).toBe('noopener noreferrer');
      }
      await closeTab(tab);
    }
    expect(stub.requests.filter((request) => request.includes('canary'))).toEqual([]);
  });

  test('a value of many megabytes is cut until it is asked for', async () => {
    const trace = stub.addTrace({
      input: {
        text: 'x'.repeat(3_000_000),
        many: Array.from({ length: 50_000 }, (_, index) => ({ index })),
      },
    });
    const tab = await openTab(browser, stub, `/p/default/traces/${trace.id}?tab=json`);
    await tab.page.waitForSelector('text=Show all (3,000,000)');
    const count = () => tab.page.evaluate(() => document.querySelectorAll('*').length);
    expect(await count()).toBeLessThan(3000);
    await tab.page.click('button:has-text("50,000 entries")');
    await tab.page.waitForSelector('button:has-text("50,000 entries")', { state: 'detached' });
    expect(await count()).toBeLessThan(3000);
    await closeTab(tab);
  });

  test('a trace that does not exist says so', async () => {
    const tab = await openTab(browser, stub, '/p/default/traces/nothing');
    await tab.page.waitForSelector('text=This trace does not exist');
    await closeTab(tab, refusedRequest);
  });
});

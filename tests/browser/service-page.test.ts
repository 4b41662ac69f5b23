/** The page of a served model: read it, try a row, meet a refusal, copy a call. Nothing comes from elsewhere. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  IRIS_MODEL,
  openStubService,
  PRICE_MODEL,
} from '../../packages/coaia/src/serving/gateway/testing/stub-service.ts';
import type { StubService } from '../../packages/coaia/src/serving/gateway/testing/stub-service.ts';
import { hasBrowser } from './workbench.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE = `axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html.slice(0, 200)))`;

describe.runIf(hasBrowser)('the page of a service', () => {
  let service: StubService;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    service = await openStubService({ models: [IRIS_MODEL, PRICE_MODEL] });
    const executablePath = process.env['COAIA_TEST_CHROMIUM'] ?? '/usr/bin/chromium';
    browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox'] });
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
      bypassCSP: false,
    });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      const isRefusal = message.text().includes('422');
      if (message.type() === 'error' && !isRefusal) complaints.push(message.text());
    });
    page.on('request', (request) => {
      const isOwn =
        /^(?:data|blob):/.test(request.url()) || request.url().startsWith(service.gateway.url);
      if (!isOwn) complaints.push(`request to ${request.url()}`);
    });
  });
  afterAll(async () => {
    await browser.close();
    await service.gateway.close();
  });

  const form = (model: string) => page.locator(`form[data-address="/v1/models/${model}/predict"]`);

  it('explains every model in words that a statistician knows', async () => {
    await page.goto(service.gateway.url);
    await page.getByRole('heading', { name: 'iris', level: 2 }).waitFor();
    const read = () => page.locator('main').textContent();
    await expect.poll(read).toContain('petal_width in cm');
    await expect.poll(read).toContain('0 to 10');
    expect(await page.content()).not.toMatch(/grpc|docker|schema/i);
  });

  it('predicts the example at once, by keyboard alone', async () => {
    await form('iris').getByLabel('sepal_length').focus();
    await page.keyboard.press('Enter');
    await form('iris').getByText('Version 1').waitFor();
    const output = form('iris').locator('output');
    await expect.poll(() => output.locator('.main').textContent()).toBe('setosa');
    await expect
      .poll(() => output.getByRole('row', { name: /setosa/ }).textContent())
      .toContain('0.75');
    await form('price').getByRole('button', { name: 'Predict' }).click();
    await form('price').getByText('1805').waitFor();
  });

  it('says at the field what is wrong with it, and marks what was never seen', async () => {
    const field = form('iris').getByLabel('sepal_width');
    await field.fill('wide');
    await field.press('Enter');
    await form('iris').getByText('"wide" was sent; wanted a number.').waitFor();
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    await field.fill('99');
    await field.press('Enter');
    await form('iris').getByText('outside the training range').waitFor();
    await expect.poll(() => field.getAttribute('aria-invalid')).toBeNull();
  });

  it('copies a call that works', async () => {
    await page.getByRole('button', { name: 'Copy curl, iris' }).click();
    await expect
      .poll(() => page.evaluate('navigator.clipboard.readText()'))
      .toContain(`${service.gateway.url}/v1/models/iris/predict`);
  });

  it.each(['light', 'dark'] as const)('has no barriers, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const tab = await browser.newContext({ bypassCSP: true, colorScheme });
    const bare = await tab.newPage();
    await bare.goto(service.gateway.url);
    await bare.evaluate(axe);
    expect(await bare.evaluate(AXE)).toEqual([]);
    await tab.close();
    const shots = process.env['COAIA_TEST_SHOTS'];
    if (shots !== undefined) {
      await page.screenshot({ path: `${shots}/service-${colorScheme}.png`, fullPage: true });
      await page.setViewportSize({ width: 390, height: 844 });
      await page.screenshot({ path: `${shots}/service-${colorScheme}-small.png`, fullPage: true });
      await page.setViewportSize({ width: 1440, height: 900 });
    }
    expect(complaints).toEqual([]);
  });
});

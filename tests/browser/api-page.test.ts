/** The API page: find an operation, fill it in, try it for real, copy it, share its address. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

describe.runIf(hasBrowser)('the API page, in the browser', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
    await bench.coaia('sample');
  });
  afterAll(() => bench.close());

  const answer = (status: number) => bench.page.locator(`[data-answer="${status}"]`).waitFor();

  it('lists every operation of the document', async () => {
    const { page, open, send } = bench;
    await open('');
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    await bench.press('g i');
    await page.locator('[data-operation]').first().waitFor();
    const { paths } = await send('GET', '/api/v1/openapi.json');
    const count = Object.values(paths as object).flatMap((one) => Object.keys(one as object));
    await expect.poll(() => page.locator('[data-operation]').count()).toBe(count.length);
    expect(await bench.findBarriers()).toEqual([]);
  });

  it('finds an operation by key, and tries it', async () => {
    const { page } = bench;
    await bench.press('/');
    await page.keyboard.type('get traces list');
    await expect.poll(() => page.locator('[data-operation]').count()).toBeLessThan(20);
    await page.locator('[data-operation="trace.list"]').click();
    await page.locator('[data-open-operation="trace.list"]').waitFor();
    await page.getByLabel('limit', { exact: true }).fill('2');
    await page.getByLabel('limit', { exact: true }).press('Control+Enter');
    await answer(200);
    const body = page.getByRole('textbox', { name: 'Answer' });
    await expect.poll(() => body.textContent()).toContain('"data"');
    await expect.poll(() => page.getByText(/\d ms|\d s/).count()).toBeGreaterThan(0);
    expect(await bench.findBarriers()).toEqual([]);
  });

  it('writes with a body, and the effect is there', async () => {
    const { page, open, send } = bench;
    await open('/api?op=scoreConfigs.create');
    const body = page.getByRole('textbox', { name: 'Body' });
    await expect.poll(() => body.textContent()).toContain('"dataType"');
    await body.fill('{"name": "from-the-page", "dataType": "NUMERIC"');
    await page.getByText('Not JSON').waitFor();
    const tryIt = page.getByRole('button', { name: 'Try it' });
    await expect.poll(() => tryIt.isDisabled()).toBe(true);
    await body.fill('{"name": "from-the-page", "dataType": "NUMERIC"}');
    await expect.poll(() => tryIt.isDisabled()).toBe(false);
    await body.press('Control+Enter');
    await page.locator('[data-answer^="20"]').waitFor();
    const configs = (await send('GET', '/api/public/score-configs?limit=100')).data;
    expect(configs.map(({ name }: { readonly name: string }) => name)).toContain('from-the-page');
    expect(bench.takeComplaints()).toEqual([]);
  });

  it('shows a refusal as it is, and deletes only when that is meant', async () => {
    const { page, open } = bench;
    await open('/api?op=trace.delete');
    await page.getByText('Fill in traceId first.').waitFor();
    await page.getByLabel('traceId (needed)').fill('not-there');
    const send = page.getByRole('button', { name: 'Try it' });
    await expect.poll(() => send.isDisabled()).toBe(true);
    await page.getByLabel('Deletes for real').check();
    await send.click();
    await page.locator('[data-answer]').waitFor();
    await open('/api?op=trace.get');
    await page.getByLabel('traceId (needed)').fill('not-there');
    await page.getByLabel('traceId (needed)').press('Enter');
    await answer(404);
    expect(await bench.findBarriers()).toEqual([]);
    bench.takeComplaints();
  });

  it('copies the call with what was filled in, and goes on by key', async () => {
    const { page } = bench;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy as' }).click();
    await page.getByRole('menuitem', { name: 'curl' }).click();
    await page.getByText('Copied as curl').waitFor();
    const copied = (await page.evaluate('navigator.clipboard.readText()')) as string;
    expect(copied).toContain('/api/public/traces/not-there');
    await bench.press('j');
    await expect.poll(() => page.url()).not.toContain('trace.get');
    await page.goBack();
    await page.locator('[data-open-operation="trace.get"]').waitFor();
    await bench.open('/api?op=nothing.at-all');
    await page.getByText('There is no operation nothing.at-all on this server.').waitFor();
    expect(bench.takeComplaints()).toEqual([]);
  });
});

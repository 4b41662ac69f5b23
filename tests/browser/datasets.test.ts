/** Datasets in a real browser: create, import, edit, undo, look back, take traces, delete. */
import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedExperiments } from './experiment-data.ts';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

const QUESTIONS = '/datasets/support%2Fquestions';

describe.runIf(hasBrowser)('the pages of datasets', () => {
  let bench: Workbench;
  let page: Page;

  beforeAll(async () => {
    bench = await openWorkbench();
    ({ page } = bench);
  });
  afterAll(() => bench.close());

  const readItem = (id: string) => bench.send('GET', `/api/public/dataset-items/${id}`);
  const readCount = async (name: string) =>
    (await bench.send('GET', `/api/public/dataset-items?datasetName=${encodeURIComponent(name)}`))
      .meta.totalItems as number;

  test('without any the page says how one is made, and the lines work when pasted', async () => {
    await bench.open('/datasets');
    await page.waitForSelector('[data-empty=datasets]');
    expect(await bench.findBarriers()).toEqual([]);
    const lines = (await page.textContent('[data-empty=datasets] pre')) ?? '';
    for (const line of lines.split('\n')) {
      const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(
        ([, quoted, plain]) => quoted ?? plain ?? '',
      );
      await bench.coaia(...words.slice(1));
    }
    await page.reload();
    await page.waitForSelector('[data-dataset=capitals]');
    await expect.poll(() => readCount('capitals')).toBe(2);
  });

  test('a dataset is created in a folder, and rows that do not fit keep all out', async () => {
    await bench.press('a');
    await page.getByLabel('Name', { exact: true }).fill('team/first');
    await page.getByRole('button', { name: 'Create dataset' }).click();
    await page.waitForSelector('[data-empty=items]');
    expect(await bench.findBarriers()).toEqual([]);
    const schema = { type: 'string', pattern: '^[0-9]+$' };
    await bench.send('POST', '/api/public/v2/datasets', {
      name: 'team/first',
      expectedOutputSchema: schema,
    });
    await page.getByRole('button', { name: 'Import' }).first().click();
    const text = 'question,answer,lang\n"How many, in all?",42,fr\nWho?,nobody,en\n';
    await page.getByLabel('CSV, JSON lines or a JSON array').fill(text);
    await page.getByLabel('lang').selectOption('metadata');
    await expect
      .poll(() => page.textContent('[data-preview] tbody tr'))
      .toBe('How many, in all?42{"lang":"fr"}');
    expect(await bench.findBarriers()).toEqual([]);
    await page.getByRole('button', { name: 'Import 2 items' }).click();
    await page.waitForSelector('[data-checked=wrong]');
    await expect
      .poll(() => page.textContent('[data-checked=wrong] tbody'))
      .toContain('2expectedOutput');
    await expect.poll(() => readCount('team/first')).toBe(0);
    await page.getByLabel('CSV, JSON lines or a JSON array').fill(text.replace('nobody', '7'));
    await page.getByLabel('lang').selectOption('metadata');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.waitForSelector('[data-checked=ok]');
    await expect.poll(() => readCount('team/first')).toBe(0);
    await page.getByRole('button', { name: 'Import 2 items' }).click();
    await page.waitForSelector('[data-item]');
    await expect.poll(() => readCount('team/first')).toBe(2);
  });

  test('a cell is edited in its place, held to the schema, and undone', async () => {
    const cell = page.locator('[data-cell=expectedOutput]').first();
    const id = (await cell.getAttribute('data-of')) ?? '';
    const before = (await readItem(id)).expectedOutput;
    await cell.click();
    await page.locator('[data-cell-editor] textarea').fill('many');
    await page.waitForSelector('[data-cell-editor] [role=status]');
    await expect
      .poll(() => page.textContent('[data-cell-editor] [role=status]'))
      .toContain('expectedOutput');
    expect(await bench.findBarriers()).toEqual([]);
    await page.locator('[data-cell-editor] textarea').fill('12');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('[data-cell-editor]', { state: 'detached' });
    expect((await readItem(id)).expectedOutput).toBe('12');
    await bench.press('Control+z');
    await expect.poll(async () => (await readItem(id)).expectedOutput).toBe(before);
    // Tab goes on to the next cell of the item; Escape leaves it alone.
    await page.locator('[data-cell=input]').first().click();
    await page.waitForSelector('[data-cell-editor=input] textarea:focus');
    await page.keyboard.press('Tab');
    await page.waitForSelector('[data-cell-editor=expectedOutput] textarea:focus');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[data-cell-editor]', { state: 'detached' });
  });

  test('by keyboard: an item is added, archived and brought back', async () => {
    await bench.press('a');
    await page.getByLabel('Input', { exact: true }).fill('How old?');
    await page.getByLabel('Expected output', { exact: true }).fill('99');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => readCount('team/first')).toBe(3);
    await page.waitForSelector('[data-item] >> nth=2');
    await page.focus('[role=grid]');
    await bench.press('j');
    await bench.press('#');
    await page.waitForSelector('text=1 item archived');
    await expect.poll(() => readCount('team/first')).toBe(2);
    await bench.press('Control+z');
    await expect.poll(() => readCount('team/first')).toBe(3);
  });

  test('items are deleted at once on the page, and undo brings them back', async () => {
    await page.waitForSelector('[data-item] >> nth=2');
    await page.focus('[role=grid]');
    await page.keyboard.press('Home');
    await bench.press('x');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.waitForSelector('[data-item] >> nth=2', { state: 'detached' });
    await bench.press('Control+z');
    await page.waitForSelector('[data-item] >> nth=2');
    await expect.poll(() => readCount('team/first')).toBe(3);
  });

  test('versions show what changed, and the items as they were', async () => {
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.waitForSelector('[data-change]');
    await page.waitForSelector('[data-diff-item]');
    expect(await bench.findBarriers()).toEqual([]);
    await page.getByRole('button', { name: 'View items' }).last().click();
    await page.waitForSelector('text=Nothing can be changed here');
    await expect.poll(() => page.locator('[data-item]').count()).toBe(2);
    await expect.poll(() => page.locator('[data-cell]').count()).toBe(0);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.waitForSelector('[data-item] >> nth=2');
  });

  test('traces of a filter become items; a file holds what the command line writes', async () => {
    await seedExperiments(bench, 8);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Add from traces' }).click();
    await page.getByLabel('Filter').fill('level:ERROR');
    await page.getByRole('button', { name: 'Add traces' }).click();
    await page.waitForSelector('text=No trace matches.');
    expect(await bench.findBarriers()).toEqual([]);
    await bench.open(`${QUESTIONS}?dialog=traces`);
    await page.getByLabel('Filter').fill('name:answer');
    await page.getByLabel('At most').fill('5');
    await page.getByRole('button', { name: 'Add traces' }).click();
    await expect.poll(() => readCount('support/questions')).toBe(13);
    await page.getByRole('button', { name: 'More' }).click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export: JSON lines' }).click();
    const file = await waiting;
    expect(file.suggestedFilename()).toBe('support-questions.jsonl');
    expect(existsSync(await file.path())).toBe(true);
    const own = await bench.coaia('datasets', 'export', 'support/questions');
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(await file.path(), 'utf8')).toBe(own);
  });

  test('a trace is put into a dataset from its own page and from the list', async () => {
    await bench.open('/traces/baseline-small-1');
    await page.getByRole('button', { name: 'Add to dataset' }).click();
    await page.getByLabel('Dataset', { exact: true }).fill('from/traces');
    expect(await bench.findBarriers()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Add to dataset' }).click();
    await expect.poll(() => readCount('from/traces').catch(() => 0)).toBe(1);
    await bench.open('/traces');
    await page.waitForSelector('[data-trace]');
    await bench.press('j');
    await bench.press('x');
    await bench.press('d');
    await page.getByLabel('Dataset', { exact: true }).fill('from/traces');
    await page.getByRole('dialog').getByRole('button', { name: 'Add to dataset' }).click();
    await expect.poll(() => readCount('from/traces')).toBe(2);
  });

  test('a schema that items break is refused with the items, and nothing is lost', async () => {
    await bench.open(`${QUESTIONS}?tab=schema`);
    const field = page.locator('.cm-content').first();
    await field.waitFor();
    await field.click();
    await page.keyboard.insertText('{"type":"string"}');
    await page.getByRole('button', { name: 'Save schemas' }).click();
    await page.waitForSelector('text=Items that do not fit');
    await expect.poll(() => field.textContent()).toContain('"string"');
    expect(await bench.findBarriers()).toEqual([]);
  });

  test('the list opens folders and deletes by name; a failing server is said so', async () => {
    await bench.open('/datasets');
    await page.click('[data-folder=team]');
    await page.click('[data-dataset="team/first"]');
    await page.waitForSelector('[data-item]');
    expect(await bench.findBarriers()).toEqual([]);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete dataset' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('team/first');
    expect(await bench.findBarriers()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Delete dataset' }).click();
    await page.waitForURL('**/datasets');
    await page.waitForSelector('[data-folder=support]');
    await expect.poll(() => page.locator('[data-folder=team]').count()).toBe(0);
    expect(await bench.findBarriers()).toEqual([]);
    expect(bench.takeComplaints().filter((text) => !text.startsWith('Failed to load'))).toEqual([]);
    await page.route('**/api/v1/projects/default/datasets*', (route) =>
      route.fulfill({ status: 500, json: { detail: 'The disk is full.', code: 'COAIA-0105' } }),
    );
    await bench.open('/datasets');
    await page.waitForSelector('text=The disk is full.');
    expect(await bench.findBarriers()).toEqual([]);
    await page.unroute('**/api/v1/projects/default/datasets*');
    bench.takeComplaints();
  });
});

/** Experiments in a real browser: from nothing to two runs, compared, sliced, plotted, promoted, deleted. */
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../../bench/lib/server.ts';
import { seedExperiments } from './experiment-data.ts';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';
import { RUN_ENV } from '../../packages/coaia/src/base/testing.ts';

const run = promisify(execFile);

/** Runs a snippet of the page in a shell in which `coaia` is the program. */
async function paste(bench: Workbench, script: string): Promise<void> {
  const { home } = bench.server;
  mkdirSync(join(home, 'bin'), { recursive: true });
  const program = join(home, 'bin', 'coaia');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${findProgram()}" "$@"\n`);
  chmodSync(program, 0o755);
  const PATH = [join(home, 'bin'), '/usr/local/bin', '/usr/bin', '/bin'].join(':');
  await run('sh', ['-eu', '-c', script], {
    cwd: home,
    env: { ...RUN_ENV, PATH, HOME: home, COAIA_HOME: home },
  });
}

describe.runIf(hasBrowser)('the pages of experiments', () => {
  let bench: Workbench;
  let page: Page;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    bench = await openWorkbench();
    ({ page } = bench);
  });
  afterAll(() => bench.close());

  const shownItems = async () =>
    (await page.evaluate(
      "[...document.querySelectorAll('[data-rows] tr[data-item]')].map((row) => row.dataset.item)",
    )) as readonly string[];

  test('without any the page shows an example that makes two runs when pasted', async () => {
    await bench.open('/experiments');
    await page.waitForSelector('[data-empty=experiments]');
    expect(await bench.findBarriers()).toEqual([]);
    await paste(bench, (await page.textContent('[data-empty=experiments] pre')) ?? '');
    await page.reload();
    await page.waitForSelector('[data-run=tuesday]');
    await expect.poll(() => page.locator('[data-run]').count()).toBe(2);
  });

  test('runs are listed with means and intervals; chosen ones are compared with the oldest', async () => {
    await seedExperiments(bench);
    const { data } = await bench.send('GET', '/api/v1/projects/default/experiments');
    for (const { name, id } of data) ids.set(name, id);
    await bench.open('/experiments?dataset=support/questions');
    await page.waitForSelector('[data-run=baseline-small]');
    await expect.poll(() => page.locator('[data-run]').count()).toBe(3);
    await expect
      .poll(() => page.textContent('[data-run=longer-context]'))
      .toMatch(/87\.5 %73\.9 % to 94\.5 %/);
    expect(await bench.findBarriers()).toEqual([]);
    for (const name of ['longer-context', 'baseline-small', 'large-model'])
      await page.locator(`[data-run=${name}] input`).check();
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.waitForSelector('[data-summary]');
    await expect
      .poll(() => page.getByLabel('Baseline').inputValue())
      .toBe(ids.get('baseline-small'));
  });

  test('differences stand with interval, p and a verdict in words; gaps are counted', async () => {
    const correct = (await page.textContent('[data-measure=correct]')) ?? '';
    expect(correct).toMatch(/50 %.*\+37\.5 pp .*higher: better.*McNemar p < 0\.001, over 40 pairs/);
    expect(correct).toMatch(/over 37 pairs, 3 without a partner/);
    await expect.poll(() => page.textContent('[data-measure=latency]')).toContain('higher: worse');
    expect(await bench.findBarriers()).toEqual([]);
    await page.getByLabel('Show').selectOption('errors');
    await expect.poll(shownItems).toEqual(['question-038', 'question-039', 'question-040']);
    await page.waitForSelector('text=The provider answered 529: overloaded');
    await page.getByLabel('Judge by').selectOption('correct');
    await page.getByLabel('Show').selectOption('regressions');
    await expect.poll(async () => (await shownItems()).length).toBeGreaterThan(3);
    await expect.poll(() => page.textContent('[data-rows] tbody tr')).toContain('(was yes)');
    const before = await page.textContent('[data-measure=correct]');
    await page.getByLabel('Slice').selectOption('topic=billing');
    await expect.poll(() => page.textContent('[data-measure=correct]')).not.toBe(before);
    await expect.poll(() => page.textContent('[data-measure=correct]')).toMatch(/10 values/);
  });

  test('all of it is in the address', async () => {
    const address = page.url();
    expect(address).toMatch(
      /mode=regressions.*slice=topic%3Dbilling|slice=topic%3Dbilling.*mode=regressions/,
    );
    const shown = await shownItems();
    await bench.open('/experiments');
    await page.goto(address);
    await page.waitForSelector('[data-rows]');
    await expect.poll(() => shownItems()).toEqual(shown);
    await page.getByLabel('Slice').selectOption('');
    await expect.poll(async () => (await shownItems()).length).toBeGreaterThan(shown.length);
    await page.goBack();
    await expect.poll(() => page.getByLabel('Slice').inputValue()).toBe('topic=billing');
    await page.goForward();
    await expect.poll(() => page.getByLabel('Slice').inputValue()).toBe('');
  });

  test('by keyboard an item opens its traces side by side', async () => {
    await page.getByLabel('Show').selectOption('all');
    await expect.poll(async () => (await shownItems()).length).toBe(40);
    await page.evaluate('document.activeElement.blur()');
    await bench.press('j');
    await bench.press('j');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-side-by-side=question-002]');
    await page.waitForSelector('[data-side-by-side] [role=tree] >> nth=1');
    expect(await bench.findBarriers()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.waitForSelector('[data-side-by-side]', { state: 'detached' });
  });

  test('plots have a sentence and a table with the same numbers', async () => {
    await page.getByRole('tab', { name: 'Plots' }).click();
    await page.getByLabel('Judge by').selectOption('helpfulness');
    const plot = page.locator('figure[data-plot="helpfulness, item by item"]');
    await plot.waitFor();
    await expect
      .poll(() => plot.locator('figcaption').textContent())
      .toMatch(/^40 items with a value in both runs/);
    await expect.poll(() => plot.locator('[data-point]').count()).toBeGreaterThan(10);
    expect(await bench.findBarriers()).toEqual([]);
    await plot.getByRole('button', { name: /As a table/ }).click();
    await expect.poll(() => plot.locator('tbody tr').count()).toBe(40);
    const pareto = page.locator('figure[data-plot="Cost against quality"]');
    await expect.poll(() => pareto.locator('[data-run-point]').count()).toBe(3);
    await expect
      .poll(() => pareto.locator('figcaption').textContent())
      .toContain('baseline-small, longer-context.');
    await page.getByRole('tab', { name: 'Items' }).click();
  });

  test('the table is saved with every run, and the command line says the same', async () => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const text = readFileSync(await (await waiting).path(), 'utf8');
    expect(text.split('\r\n')[0]).toContain('large-model: helpfulness');
    expect(text.split('\r\n')).toHaveLength(42);
    await page.evaluate('document.activeElement.blur()');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await bench.press('y');
    await page.getByText('Copied as').waitFor();
    const command = (await page.evaluate('navigator.clipboard.readText()')) as string;
    expect(command).toBe(
      `coaia experiments compare ${ids.get('longer-context')} ${ids.get('large-model')} --baseline ${ids.get('baseline-small')}`,
    );
    expect(await bench.coaia(...command.split(' ').slice(1))).toMatch(
      /correct .*longer-context.*higher/,
    );
  });

  test("the label of a run's prompt moves, and back", async () => {
    const labelled = async () =>
      (await bench.send('GET', '/api/public/v2/prompts/answer-question?label=production')).version;
    await expect.poll(() => labelled()).toBe(3);
    await page.getByRole('button', { name: 'Promote prompt: answer-question v4' }).first().click();
    expect(await bench.findBarriers()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Promote prompt' }).click();
    await expect.poll(labelled).toBe(4);
    await bench.press('Control+z');
    await expect.poll(labelled).toBe(3);
  });

  test('a run leaves the comparison, and the list; undo brings it back', async () => {
    await page.getByRole('button', { name: 'Take large-model out' }).click();
    await page.waitForSelector('[data-candidate=large-model]', { state: 'detached' });
    await bench.open('/experiments');
    await page.locator('[data-run=monday] input').check();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.waitForSelector('[data-run=monday]', { state: 'detached' });
    await bench.press('Control+z');
    await page.waitForSelector('[data-run=monday]');
    expect(bench.takeComplaints().filter((text) => !text.startsWith('Failed to load'))).toEqual([]);
  });

  test('a run that is not there, and a server that fails, are said so', async () => {
    await bench.open('/experiments/compare?baseline=none');
    await page.waitForSelector('text=There is no such run');
    expect(await bench.findBarriers()).toEqual([]);
    await page.route('**/experiments?*', (route) =>
      route.fulfill({ status: 500, json: { detail: 'The disk is full.', code: 'COAIA-0105' } }),
    );
    await bench.open('/experiments');
    await page.waitForSelector('text=The disk is full.');
    expect(await bench.findBarriers()).toEqual([]);
    bench.takeComplaints();
  });
});

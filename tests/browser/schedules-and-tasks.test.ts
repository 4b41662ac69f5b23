/** Schedules: make one, hold it, run it now, read its history, delete. Tasks: what failed, and queues. First steps. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

const TIME = 120_000;

describe.runIf(hasBrowser)('schedules and tasks, in the browser', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
  }, TIME);
  afterAll(() => bench.close());

  it(
    'shows what is waiting: nothing',
    async () => {
      const { page, open } = bench;
      await open('/tasks');
      await page.getByText('Nothing is waiting').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
    },
    TIME,
  );

  it(
    'makes a schedule, holds it, runs it now and keeps its history',
    async () => {
      const { page, open } = bench;
      await open('/pipelines?view=schedules');
      await page.locator('[data-empty=schedules]').waitFor();
      await bench.press('n');
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Pipeline').selectOption('simple-trace');
      await dialog.getByLabel('Name', { exact: true }).fill('hourly');
      await dialog.getByLabel('When').selectOption('every');
      await dialog.getByLabel('Every').fill('1h');
      await dialog.getByRole('button', { name: 'Save schedule' }).click();
      await dialog.getByText('Needed.').waitFor();
      await dialog.getByLabel('trace_name').fill('tick');
      expect(await bench.findBarriers()).toEqual([]);
      await dialog.getByRole('button', { name: 'Save schedule' }).click();
      const row = page.locator('[data-schedule=hourly]');
      await row.getByText('every 1h').waitFor();
      const act = async (name: string) => {
        await row.getByRole('button', { name: 'More: hourly' }).click();
        await page.getByRole('menuitem', { name, exact: true }).click();
      };
      await act('Pause');
      await row.getByText('paused').waitFor();
      await act('Resume');
      await row.getByText('active').waitFor();
      await act('Run now');
      await page.locator('[data-run][data-state=succeeded]').waitFor();
      await page.goBack();
      await act('History');
      await bench.leave();
      await act('Delete');
      await row.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Undo' }).click();
      await row.waitFor();
      expect(bench.takeComplaints()).toEqual([]);
    },
    TIME,
  );

  it(
    'shows a failed task with what it was given, and tries it again',
    async () => {
      const { page, open } = bench;
      const text =
        'name: t\nvariables:\n  - { name: token, secret: true }\nsteps:\n  - { name: Ask, action: http, with: { url: "http://127.0.0.1:9/" } }\n';
      const template = { text, format: 'yaml' };
      const body = { template, variables: { token: 'swordfish' } };
      const { id } = await bench.send('POST', '/api/v1/pipeline-runs', body);
      await open(`/tasks?view=failed&task=${id}`);
      const panel = page.locator(`[data-panel="${id}"]`);
      await panel.getByText('COAIA-5102').waitFor();
      await panel.getByText('"token"').waitFor();
      expect(await page.content()).not.toContain('swordfish');
      expect(await bench.findBarriers()).toEqual([]);
      await panel.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('The task goes on').waitFor();
      await page.getByRole('button', { name: 'Queues' }).click();
      await page.getByRole('menuitem', { name: 'Pause pipeline' }).click();
      await page.locator('[data-paused=pipeline]').waitFor();
      await page.getByRole('button', { name: 'Let pipeline go on' }).click();
      await page.locator('[data-paused]').waitFor({ state: 'detached' });
      expect(bench.takeComplaints()).toEqual([]);
    },
    TIME,
  );

  it(
    'ticks the first steps when they have really happened',
    async () => {
      const { page, open } = bench;
      await open('');
      await page.locator('[data-step=pipeline][data-done=true]').waitFor();
      await page.locator('[data-step=prompt][data-done=false]').waitFor();
      await bench.send('POST', '/api/public/v2/prompts', { name: 'greet', prompt: 'Hello' });
      await page.locator('[data-step=prompt][data-done=true]').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
    },
    TIME,
  );
});

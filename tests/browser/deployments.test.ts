/** A model's life on its pages: ask it, give callers another version, roll back, drop a file; with real rows. */
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluation, openStub, sendPredictions, serve } from './deployments-data.ts';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

const TIME = 120_000;

describe.runIf(hasBrowser)('deployments, in the browser', () => {
  let bench: Workbench;
  let gateway: Server;
  const asked: string[] = [];
  beforeAll(async () => {
    gateway = await openStub(asked);
    bench = await openWorkbench();
  }, TIME);
  afterAll(async () => {
    gateway.close();
    gateway.closeAllConnections();
    await bench.close();
  });

  it(
    'says how a model is served, and asks before it opens a file that runs code',
    async () => {
      const { page, open } = bench;
      await open('/deployments');
      await page.locator('[data-empty=deployments]').getByText('ao init --from model').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await drop(bench, 'my churn (2).joblib');
      const dialog = page.getByRole('dialog');
      await expect
        .poll(() => dialog.getByLabel('Name of the model').inputValue())
        .toBe('my-churn-2');
      await dialog.getByRole('button', { name: 'Deploy' }).click();
      await dialog.getByText('Nothing was started so far.').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await drop(bench, 'notes.txt');
      await dialog.getByText('no model file').waitFor();
      await bench.leave();
      await drop(bench, 'broken.onnx');
      await dialog.getByRole('button', { name: 'Deploy' }).click();
      // The sentence is the one of `ao init`; nothing stays, and the name can be mended.
      await dialog.getByText('AO673').waitFor();
      await dialog.getByText('The model could not be deployed.').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      // A project that was never served stands in no list, and yet it has the name.
      mkdirSync(join(bench.server.home, 'deployments', 'taken'));
      await dialog.getByLabel('Name of the model').fill('taken');
      await dialog.getByRole('button', { name: 'Deploy' }).click();
      await dialog.getByText('There is a project taken already').waitFor();
      await dialog.getByText('AO672').waitFor();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      // The browser itself notes answers of 409 and 422.
      bench.takeComplaints();
      expect((await bench.send('GET', '/api/v1/deployments')).data).toEqual([]);
      expect(bench.takeComplaints()).toEqual([]);
    },
    TIME,
  );

  it(
    'shows what a model does, in every part of its page',
    async () => {
      const { page, open } = bench;
      await serve(bench, gateway);
      await open('/deployments');
      const row = page.locator('[data-model=cars]');
      await row.getByText('ready').waitFor();
      await page.setViewportSize({ width: 390, height: 844 });
      const heads = () => page.getByRole('columnheader').allInnerTexts();
      await expect.poll(heads).toEqual(['Model', 'Gateway', 'Requests/s', 'Errors']);
      await page.setViewportSize({ width: 1440, height: 900 });
      await row.click();
      await page.getByText('Version 1 answers', { exact: true }).first().waitFor();
      await page.getByText('Half within').waitFor();
      // What is asked meanwhile is there without a reload.
      await page.locator('[data-totals="40"]').waitFor();
      await sendPredictions(bench.server);
      await page.locator('[data-totals="80"]').waitFor();
      await page.getByText('/v1/models/cars/predict').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      expect(bench.takeComplaints()).toEqual([]);
      await page.getByRole('button', { name: 'Stop cars' }).click();
      await page.getByText('which is another machine than this server').waitFor();
      bench.takeComplaints();
      await bench.press('3');
      await page.locator('[data-prediction]').first().click();
      await page.getByText('Nobody has told yet').waitFor();
      await page.getByLabel('On', { exact: true }).selectOption('2');
      await page.getByRole('button', { name: 'Run again' }).click();
      await page.locator('[data-compared="2"] [data-value=prediction]').getByText('21.5').waitFor();
      expect(asked.splice(0)[0]).toContain('"wt":');
      expect(await bench.findBarriers()).toEqual([]);
      await bench.press('4');
      await page.locator('[data-empty=drift]').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await bench.press('6');
      await page.locator('[data-card="1"]').getByText('1 to 6 in training').waitFor();
      await page.getByText('Not evaluated yet.').waitFor();
      await page.getByLabel('Version', { exact: true }).selectOption('2');
      await page.locator('[data-card="2"]').waitFor();
      await expect.poll(() => page.url()).toContain('version=2');
      expect(await bench.findBarriers()).toEqual([]);
      expect(bench.takeComplaints()).toEqual([]);
    },
    TIME,
  );

  it(
    'asks the model and shows what it refuses at the field',
    async () => {
      const { page, open } = bench;
      await open('/deployments/cars?tab=try');
      await page.getByText('seen in training: 1 to 6').waitFor();
      await page.getByLabel('region').selectOption({ label: 'south' });
      await page.getByRole('button', { name: 'Predict' }).click();
      await page.locator('[data-answer="1"]').getByText('prediction').waitFor();
      await page.locator('[data-answer="1"]').getByText('21.5').waitFor();
      expect(asked).toEqual(['{"wt":2.5,"region":"south","income":1}']);
      expect(await bench.findBarriers()).toEqual([]);
      expect(bench.takeComplaints()).toEqual([]);
      await page.getByLabel('wt').fill('heavy');
      await page.getByRole('button', { name: 'Predict' }).click();
      await page.getByText('"heavy" was given; a number is wanted').waitFor();
      await page.getByText('The model refused these values.').waitFor();
      // The browser itself notes an answer of 422.
      bench.takeComplaints();
    },
    TIME,
  );

  it(
    'gives callers another version and takes it back',
    async () => {
      const { page, open } = bench;
      await open('/deployments/cars?tab=versions');
      const act = async (name: string) => {
        await page.getByRole('button', { name: 'Actions of version 2' }).click();
        await page.getByRole('menuitem', { name }).click();
      };
      await act('canary');
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Share of the requests').fill('25');
      await dialog.getByRole('button', { name: 'canary' }).click();
      await page.locator('[data-version="2"]').getByText('canary 25 %').waitFor();
      await bench.send('POST', '/api/v1/deployments/cars/evaluations', evaluation);
      await act('Let it answer everybody');
      const gate = dialog.locator('[data-gate=refuses]');
      await gate.locator('[data-group="region north"]').getByText('0.5 (0.4 to 0.6)').waitFor();
      const override = dialog.getByRole('button', { name: 'Do it against the gate' });
      await expect.poll(() => override.isDisabled()).toBe(true);
      await dialog.getByLabel('Reason').fill('better on trucks');
      expect(await bench.findBarriers()).toEqual([]);
      await override.click();
      await page.locator('[data-version="2"]').getByText('champion').waitFor();
      // Undo brings the canary back, too.
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.locator('[data-version="2"]').getByText('canary 25 %').waitFor();
      const forced = page.locator('[data-revision="3"]');
      await forced.getByText('deployed against the gate').waitFor();
      await forced.getByText('better on trucks').waitFor();
      await page.locator('[data-revision="4"]').getByText('undone on the page').waitFor();
      await page.getByRole('button', { name: 'Roll back' }).click();
      await dialog.getByRole('button', { name: 'Roll back' }).click();
      await page.locator('[data-revision="5"]').waitFor();
      await page.getByRole('figure', { name: 'Files by their digest' }).waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      const { traffic } = await bench.send('GET', '/api/v1/deployments/cars');
      expect(traffic).toMatchObject({ champion: 2 });
      await page.setViewportSize({ width: 320, height: 700 });
      await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      expect(bench.takeComplaints()).toEqual([]);
    },
    TIME,
  );
});

/** Drops a file of a few bytes anywhere on the page. */
async function drop({ page }: Workbench, name: string): Promise<void> {
  await page.evaluate(`{
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['not a model'], ${JSON.stringify(name)}));
    for (const kind of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
  }`);
}

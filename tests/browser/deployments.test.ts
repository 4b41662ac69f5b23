/** A model's life on its pages: ask it, give callers another version, roll back, drop a file; with real rows. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, createPredictionsApi } from '@coaia/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openObserverOver } from '../../packages/coaia/src/serving/predictions/open-observer.ts';
import {
  makePrediction,
  SCOPE,
  SIGNATURE,
} from '../../packages/coaia/src/serving/predictions/testing/make-predictions.ts';
import { createRemoteSink } from '../../packages/coaia/src/serving/predictions/write-flush.ts';
import { hasBrowser, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

const TIME = 60_000;

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
      expect(await dialog.getByLabel('Name of the model').inputValue()).toBe('my-churn-2');
      await dialog.getByRole('button', { name: 'Deploy' }).click();
      await dialog.getByText('Nothing was started so far.').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await drop(bench, 'notes.txt');
      await dialog.getByText('no model file').waitFor();
      await page.keyboard.press('Escape');
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
      await row.click();
      await page.getByText('Version 1 answers', { exact: true }).first().waitFor();
      await page.getByText('Half within').waitFor();
      await page.getByText('/v1/models/cars/predict').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await page.keyboard.press('3');
      await page.locator('[data-prediction]').first().click();
      await page.getByText('Nobody has told yet').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await page.keyboard.press('4');
      await page.locator('[data-empty=drift]').waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      await page.keyboard.press('6');
      await page.locator('[data-card="1"]').getByText('1 to 6 in training').waitFor();
      await page.getByText('Not evaluated yet.').waitFor();
      await page.getByLabel('Version', { exact: true }).selectOption('2');
      await page.locator('[data-card="2"]').waitFor();
      expect(page.url()).toContain('version=2');
      expect(await bench.findBarriers()).toEqual([]);
      expect(bench.takeComplaints()).toEqual([]);
    },
    TIME,
  );

  it(
    'asks the model and shows what it refuses at the field',
    async () => {
      const { page, open } = bench;
      await announce(bench, gateway);
      await open('/deployments/cars?tab=try');
      await page.getByText('seen in training: 1 to 6').waitFor();
      await page.getByLabel('region').selectOption({ label: 'south' });
      await page.getByRole('button', { name: 'Predict' }).click();
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
      await act('Let it answer everybody');
      await dialog.getByLabel('Reason').fill('better on trucks');
      expect(await bench.findBarriers()).toEqual([]);
      await dialog.getByRole('button', { name: 'Let it answer everybody' }).click();
      await page.locator('[data-version="2"]').getByText('champion').waitFor();
      await page.locator('[data-revision="3"]').getByText('better on trucks').waitFor();
      await page.getByRole('button', { name: 'Roll back' }).click();
      await dialog.getByRole('button', { name: 'Roll back' }).click();
      await page.locator('[data-version="1"]').getByText('champion').waitFor();
      await page.getByRole('figure', { name: 'Files by their digest' }).waitFor();
      expect(await bench.findBarriers()).toEqual([]);
      const { traffic } = await bench.send('GET', '/api/v1/deployments/cars');
      expect(traffic).toMatchObject({ champion: 1 });
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
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

/** Answers as a gateway does: 21.5, or the refusal of a weight that is no number. */
async function openStub(asked: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const piece of request) body += String(piece);
      const isRefused = body.includes('heavy');
      if (!isRefused) asked.push(body);
      response.writeHead(isRefused ? 422 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isRefused ? refusal : answer));
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}

const ids = { request_id: 'r-1', trace_id: 'a'.repeat(32) };
const answer = { predictions: [{ prediction: 21.5 }], model: 'cars', version: '1', ...ids };
const refusal = {
  error: {
    code: 'AO422',
    message: '`wt`: "heavy" is not a number.',
    details: [{ row: 0, field: 'wt', path: 'wt', got: '"heavy"', wanted: 'a number' }],
    ...ids,
  },
};

/** Two versions, a gateway that answers, and predictions, all through the routes that `ao` uses. */
async function serve({ send, server }: Workbench, gateway: Server): Promise<void> {
  for (const version of [1, 2]) {
    const manifest = {
      format: 1,
      project: 'cars',
      model: 'cars',
      version,
      digest: String(version).repeat(64),
      language: 'r',
      platform: 'r_lm',
      signature: SIGNATURE,
      interpreter: { path: 'R', version: '4.2.2', packages: { stats: `4.2.${version}` } },
      files: { 'artifact/cars.rds': String(version).repeat(64) },
      gitCommit: null,
      createdAt: '2026-03-01T12:00:00.000Z',
    };
    await send('POST', '/api/v1/deployments/cars/versions', { manifest, folder: '/nowhere' });
  }
  await announce({ send }, gateway);
  await sendPredictions(server);
}

/** The stub says that it lives; after 15 seconds of silence it would count as lost. */
async function announce({ send }: Pick<Workbench, 'send'>, gateway: Server): Promise<void> {
  const { port } = gateway.address() as AddressInfo;
  await send('PUT', '/api/v1/deployment-gateways/cars-1', {
    name: 'cars',
    url: `http://127.0.0.1:${port}`,
    folder: '/nowhere',
    host: 'elsewhere',
    processId: 1,
    state: 'ready',
    link: 'pipe',
    models: [
      { model: 'cars', version: '1', state: 'ready', workers: 1, busy: 0, queued: 0, restarts: 0 },
    ],
    startedAt: '2026-03-01T12:00:00.000Z',
  });
}

async function sendPredictions(server: Workbench['server']): Promise<void> {
  const [publicKey = '', secretKey = ''] = Buffer.from(
    server.authorization.slice('Basic '.length),
    'base64',
  )
    .toString()
    .split(':');
  const api = createPredictionsApi(createClient({ baseUrl: server.url, publicKey, secretKey }));
  const observer = openObserverOver(createRemoteSink(api), {
    scope: SCOPE,
    log: { payload: 'all', sample: 1, redact: [] },
    findSignature: () => SIGNATURE,
  });
  for (let index = 0; index < 40; index++)
    observer.record(makePrediction({ wt: 1 + index / 10, value: 20 + index }));
  await observer.close();
}

/** A gateway that stands in, versions, predictions and an evaluation for the journey over served models. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, createPredictionsApi } from '@coaia/client';
import { openObserverOver } from '../../packages/coaia/src/serving/predictions/open-observer.ts';
import {
  makePrediction,
  SCOPE,
  SIGNATURE,
} from '../../packages/coaia/src/serving/predictions/testing/make-predictions.ts';
import { createRemoteSink } from '../../packages/coaia/src/serving/predictions/write-flush.ts';
import type { Workbench } from './workbench.ts';

/** Nothing in it is kept from the log, so that a prediction can be run again. */
const OPEN = {
  ...SIGNATURE,
  inputs: SIGNATURE.inputs.map((field) => ({ ...field, sensitive: false })),
};

/** Answers as a gateway does: 21.5, or the refusal of a weight that is no number. */
export async function openStub(asked: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const piece of request) body += String(piece);
      const isRefused = body.includes('heavy');
      if (!isRefused) asked.push(body);
      response.writeHead(isRefused ? 422 : 200, { 'content-type': 'application/json' });
      const version = /versions\/(\d+)/.exec(request.url ?? '')?.[1] ?? '1';
      response.end(JSON.stringify(isRefused ? refusal : { ...answer, version }));
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}

const ids = { request_id: 'r-1', trace_id: 'a'.repeat(32) };
/** Of a single output a gateway answers the value alone. */
const answer = { predictions: [21.5], model: 'cars', ...ids };
const difference = { value: 0.5, low: 0.4, high: 0.6, count: 40 };
const group = {
  field: '',
  value: 'all',
  count: 40,
  candidate: difference,
  baseline: difference,
  difference,
  p: 0.001,
  needed: null,
};
/** Version 2 is worse than version 1. */
export const evaluation = {
  model: 'cars',
  version: 2,
  against: 1,
  source: 'examples.csv',
  metric: 'mae',
  examples: 40,
  failed: { candidate: 0, baseline: 0, onlyCandidate: 0 },
  margin: 0.1,
  overall: group,
  groups: [{ ...group, field: 'region', value: 'north' }],
  power: null,
  gate: null,
};
const refusal = {
  error: {
    code: 'AO422',
    message: '`wt`: "heavy" is not a number.',
    details: [{ row: 0, field: 'wt', path: 'wt', got: '"heavy"', wanted: 'a number' }],
    ...ids,
  },
};

/** Two versions, a gateway that answers, and predictions, all through the routes that `ao` uses. */
export async function serve({ send, server }: Workbench, gateway: Server): Promise<void> {
  for (const version of [1, 2]) {
    const manifest = {
      format: 1,
      project: 'cars',
      model: 'cars',
      version,
      digest: String(version).repeat(64),
      language: 'r',
      platform: 'r_lm',
      signature: OPEN,
      interpreter: { path: 'R', version: '4.2.2', packages: { stats: `4.2.${version}` } },
      files: { 'artifact/cars.rds': String(version).repeat(64) },
      gitCommit: null,
      createdAt: '2026-03-01T12:00:00.000Z',
    };
    await send('POST', '/api/v1/deployments/cars/versions', { manifest, folder: '/nowhere' });
  }
  await announce({ send }, gateway);
  // After 15 seconds of silence it would count as lost.
  const timer = setInterval(() => void announce({ send }, gateway).catch(() => undefined), 3000);
  gateway.once('close', () => clearInterval(timer));
  await sendPredictions(server);
}

/** The stub says that it lives. */
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

/** Forty, as a gateway on another machine sends them. */
export async function sendPredictions(server: Workbench['server']): Promise<void> {
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
    findSignature: () => OPEN,
  });
  for (let index = 0; index < 40; index++)
    observer.record(makePrediction({ wt: 1 + index / 10, value: 20 + index }));
  await observer.close();
}

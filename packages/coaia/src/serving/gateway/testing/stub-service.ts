/** A gateway over a stub link: the model is arithmetic, so that tests see what the gateway itself does. */
import { silentObserver } from '../../predictions/observer.ts';
import type { PredictionObserver, PredictionRecord } from '../../predictions/observer.ts';
import type { ModelLink } from '../../hosts/link.ts';
import { hostFailures } from '../../hosts/errors.ts';
import type { Prediction, PredictOptions } from '../../runtimes/runtime.ts';
import type { Field, Signature } from '../../signatures/signature.ts';
import type { Batch, Tensor } from '../../tensors/tensor.ts';
import type { ModelCatalog } from '../../versions/catalog.ts';
import type { Traffic } from '../../versions/traffic.ts';
import type { VersionManifest } from '../../versions/version.ts';
import { openGateway } from '../open-gateway.ts';
import type { GatewayOptions, OpenGateway } from '../open-gateway.ts';
import { createServiceLog } from '../service-log.ts';

const NAMES = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'];

export const EXAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

const toField = (name: string): Field => ({
  name,
  type: 'number',
  datatype: 'FP64',
  shape: [],
  required: true,
  nullable: false,
  trained: { min: 0, max: 10 },
  description: `${name} in cm`,
  evidence: 'object',
});

const IRIS: Signature = {
  inputs: NAMES.map(toField),
  outputs: [
    { ...toField('label'), type: 'category', datatype: 'BYTES', levels: ['setosa', 'virginica'] },
    { ...toField('probability'), shape: [2] },
  ],
  task: 'classification',
  classes: ['setosa', 'virginica'],
  description: 'Which iris is it?',
  example: EXAMPLE,
};

const PRICE: Signature = {
  inputs: [
    toField('area'),
    {
      ...toField('heating'),
      type: 'category',
      datatype: 'BYTES',
      levels: ['gas', 'oil'],
      required: false,
      default: 'gas',
    },
    { ...toField('rooms'), type: 'integer', datatype: 'INT64', nullable: true, min: 1 },
  ],
  outputs: [toField('prediction')],
  task: 'regression',
  example: { area: 80.5, heating: 'oil', rooms: 3 },
};

/** A version as the freezer would have made it. */
export function makeManifest(
  model: string,
  version: number,
  signature: Signature,
  more: { readonly timeoutMs?: number; readonly preload?: boolean } = {},
): VersionManifest {
  return {
    format: 1,
    project: 'test',
    model,
    version,
    digest: 'ab'.repeat(32),
    sourceDigest: 'cd'.repeat(32),
    platform: 'python_sklearn',
    language: 'python',
    style: 'object',
    signature,
    rules: { onNa: 'reject', outOfRange: 'flag' },
    workers: 1,
    preload: true,
    timeoutMs: 10_000,
    maxQueue: 1_000,
    batch: { enabled: true, maxRows: 64, maxWaitMs: 0 },
    files: {},
    createdAt: '2026-11-21T09:00:00.000Z',
    ...more,
  };
}

export interface StubModel {
  readonly manifests: readonly VersionManifest[];
  readonly traffic?: Partial<Traffic>;
}

export const IRIS_MODEL: StubModel = {
  manifests: [makeManifest('iris', 1, IRIS), makeManifest('iris', 2, IRIS)],
};
export const PRICE_MODEL: StubModel = { manifests: [makeManifest('price', 1, PRICE)] };

export function createStubCatalog(models: readonly StubModel[]): ModelCatalog {
  const all = models.map(({ manifests, traffic }) => ({
    name: manifests[0]?.model ?? '',
    traffic: { champion: 1, revision: 1, ...traffic },
    versions: new Map(manifests.map((one) => [one.version, one] as const)),
  }));
  const byName = new Map(all.map((one) => [one.name, one]));
  return { list: () => all, find: (name) => byName.get(name), onChange: () => () => undefined };
}

/** Iris: setosa when the petal is short. Price: area times ten, plus one thousand a version. */
export function predictStub(version: string, batch: Batch): readonly Tensor[] {
  const column = (name: string) => batch.columns.find((one) => one.name === name)?.data ?? [];
  const { rows } = batch;
  if (batch.columns[0]?.name === 'area') {
    const data = Float64Array.from(
      column('area') as Float64Array,
      (area) => area * 10 + 1000 * Number(version),
    );
    return [{ name: 'prediction', datatype: 'FP64', shape: [rows], data }];
  }
  const lengths = column('petal_length') as Float64Array;
  const share = Float64Array.from(lengths, (length) => 1 / (1 + Math.exp(length - 2.5)));
  return [
    {
      name: 'label',
      datatype: 'BYTES',
      shape: [rows],
      data: Array.from(share, (one) => (one > 0.5 ? 'setosa' : 'virginica')),
    },
    {
      name: 'probability',
      datatype: 'FP64',
      shape: [rows, 2],
      data: Float64Array.from([...share].flatMap((one) => [one, 1 - one])),
    },
  ];
}

/** `answer` may fail, wait or look at what it was asked. */
export function createStubLink(
  catalog: ModelCatalog,
  answer?: (
    version: string,
    batch: Batch,
    options: PredictOptions,
  ) => Promise<Prediction | undefined>,
): ModelLink & { readonly calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    kind: 'pipe',
    list: async () =>
      catalog.list().flatMap(({ name, versions }) =>
        [...versions.keys()].map((version) => ({
          model: name,
          version: String(version),
          health: { state: 'ready', workers: 1, busy: 0, queued: 0, restarts: 0, bytes: 1_000 },
        })),
      ),
    info: async ({ model, version }) => {
      const manifest = catalog.find(model)?.versions.get(Number(version ?? 1));
      if (manifest === undefined) throw hostFailures.create('AO404', `no model ${model}`);
      const toHead = ({ name, datatype, shape }: Field) => ({
        name,
        datatype,
        shape: [-1, ...shape],
      });
      const { inputs, outputs } = manifest.signature;
      return {
        model,
        version: String(manifest.version),
        platform: 'python_sklearn',
        signature: manifest.signature,
        inputs: inputs.map(toHead),
        outputs: outputs.map(toHead),
      };
    },
    predict: async ({ version = '1' }, batch, options) => {
      calls.push(version);
      const own = await answer?.(version, batch, options);
      const timings = { queueMs: 0.1, workerMs: 0.2, batchRows: batch.rows };
      return own ?? { outputs: predictStub(version, batch), warnings: [], timings };
    },
    load: async ({ model }) => void calls.push(`load ${model}`),
    unload: async ({ model }) => void calls.push(`unload ${model}`),
    isLive: async () => true,
    close: async () => undefined,
  };
}

export interface StubService {
  readonly gateway: OpenGateway;
  readonly records: PredictionRecord[];
  readonly lines: () => readonly string[];
  readonly calls: readonly string[];
  readonly link: ModelLink;
  readonly observer: PredictionObserver;
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  /** POST of a JSON body; the answer read as JSON. */
  readonly post: (
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
    // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the tests look at
  ) => Promise<{ readonly status: number; readonly headers: Headers; readonly body: any }>;
}

export interface StubServiceOptions extends Partial<GatewayOptions> {
  readonly models?: readonly StubModel[];
  readonly answer?: Parameters<typeof createStubLink>[1];
}

export const API = {
  host: '127.0.0.1',
  port: 0,
  isPortFixed: false,
  dialects: 'all',
  auth: 'none',
  cors: [],
  hosts: [],
  maxBodyMb: 1,
} as const;

export const LOG = {
  level: 'info',
  format: 'json',
  payload: 'all',
  sample: 1,
  redact: [],
  keepDays: 30,
} as const;

/** Opens it on any free port of this machine. */
export async function openStubService(options: StubServiceOptions = {}): Promise<StubService> {
  const { models = [IRIS_MODEL], answer, ...more } = options;
  const catalog = createStubCatalog(models);
  const link = createStubLink(catalog, answer);
  const records: PredictionRecord[] = [];
  const text: string[] = [];
  const log = createServiceLog({
    service: 'gateway',
    level: 'info',
    format: 'json',
    isTerminal: false,
    write: (lines) => text.push(lines),
  });
  const observer: PredictionObserver = { ...silentObserver, record: (one) => records.push(one) };
  const gateway = await openGateway({
    project: { name: 'test', description: 'A test.', api: API, log: LOG },
    catalog,
    link,
    observer,
    host: '127.0.0.1',
    ports: [0],
    log,
    version: '0.0.0',
    ...more,
  });
  const ask = (path: string, init?: RequestInit) => fetch(`${gateway.url}${path}`, init);
  return {
    gateway,
    records,
    calls: link.calls,
    link,
    observer,
    lines: () => {
      log.flush();
      return text.join('').split('\n').filter(Boolean);
    },
    ask,
    post: async (path, body, headers = {}) => {
      const answered = await ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const got = await answered.text();
      return {
        status: answered.status,
        headers: answered.headers,
        body: got === '' ? undefined : (JSON.parse(got) as unknown),
      };
    },
  };
}

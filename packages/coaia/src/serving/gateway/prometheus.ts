/** The counters as Prometheus reads them (text format 0.0.4, https://prometheus.io/docs/instrumenting/exposition_formats/). */
import type { LinkedModel } from '../hosts/link.ts';
import type { Handle } from './addresses.ts';
import { mayKnow } from './caller.ts';
import type { Gateway } from './gateway.ts';
import { BATCH_BOUNDS, LATENCY_BOUNDS } from './metrics.ts';
import type { Histogram, VersionMetrics } from './metrics.ts';

type Labels = Readonly<Record<string, string>>;

/** `GET /metrics`. A key with scopes sees the models that they name. */
export const showMetrics: Handle = async (gateway, { caller }) => ({
  status: 200,
  body: await renderMetrics(gateway, (model) => model === '' || mayKnow(caller, model)),
  type: 'text/plain; version=0.0.4; charset=utf-8',
});

/** Everything that is counted, with the state of the workers as it is now. */
export async function renderMetrics(
  gateway: Gateway,
  isShown: (model: string) => boolean = () => true,
): Promise<string> {
  const lines: string[] = [];
  addRequests(
    lines,
    gateway.metrics.list().filter(({ model }) => isShown(model)),
  );
  add(lines, 'ao_requests_in_flight', 'gauge', 'Requests being worked on.', [
    [{}, gateway.metrics.active],
  ]);
  await addWorkers(lines, gateway, isShown);
  const { user, system } = process.cpuUsage();
  add(lines, 'process_cpu_seconds_total', 'counter', 'CPU time of the gateway.', [
    [{}, (user + system) / 1e6],
  ]);
  add(lines, 'process_resident_memory_bytes', 'gauge', 'Resident memory of the gateway.', [
    [{}, process.memoryUsage.rss()],
  ]);
  return `${lines.join('\n')}\n`;
}

function addRequests(lines: string[], all: readonly VersionMetrics[]): void {
  const requests = all.flatMap((one) =>
    [...one.requests].map(([key, count]) => {
      const [route = '', status = ''] = key.split(' ');
      return [{ ...toLabels(one), route, status }, count] as const;
    }),
  );
  add(lines, 'ao_requests_total', 'counter', 'Finished requests.', requests);
  const predicted = all.filter(({ version }) => version > 0);
  const rows = predicted.map((one) => [toLabels(one), one.rows] as const);
  add(lines, 'ao_prediction_rows_total', 'counter', 'Rows that were predicted.', rows);
  addHistograms(
    lines,
    'ao_request_duration_seconds',
    'From the first byte of a request to its answer.',
    {
      bounds: LATENCY_BOUNDS,
      all: all.map((one) => [toLabels(one), one.seconds] as const),
    },
  );
  const seconds = predicted.map((one) => [toLabels(one), one.workerMs / 1000] as const);
  add(
    lines,
    'ao_worker_seconds_total',
    'counter',
    'Time in workers by their own clock, of each request that they answered.',
    seconds,
  );
  addHistograms(lines, 'ao_batch_rows', 'Rows that a worker predicted together.', {
    bounds: BATCH_BOUNDS,
    all: predicted.map((one) => [toLabels(one), one.batches] as const),
  });
}

const toLabels = ({ model, version }: VersionMetrics): Labels => ({
  model,
  version: version === 0 ? '' : String(version),
});

type Health = LinkedModel['health'];

const WORKER_METRICS: readonly (readonly [
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  pick: (health: Health) => number | undefined,
])[] = [
  ['ao_model_ready', 'gauge', '1 when a worker can answer.', toReady],
  ['ao_queue_length', 'gauge', 'Requests waiting for a worker.', ({ queued }) => queued],
  ['ao_workers', 'gauge', 'Processes of the model.', ({ workers }) => workers],
  ['ao_workers_busy', 'gauge', 'Processes that are predicting.', ({ busy }) => busy],
  ['ao_worker_restarts_total', 'counter', 'Processes that were replaced.', (one) => one.restarts],
  ['ao_model_memory_bytes', 'gauge', 'Resident memory of the processes.', ({ bytes }) => bytes],
];

function toReady({ state }: Health): number {
  return state === 'ready' ? 1 : 0;
}

async function addWorkers(
  lines: string[],
  { link, catalog }: Gateway,
  isShown: (model: string) => boolean,
): Promise<void> {
  const told = await link.list().catch(() => undefined);
  add(lines, 'ao_host_up', 'gauge', '1 when what runs the models answers.', [
    [{}, told === undefined ? 0 : 1],
  ]);
  const known =
    told ??
    catalog.list().map(({ name, traffic }) => ({ model: name, version: String(traffic.champion) }));
  const linked: readonly Partial<LinkedModel>[] = known.filter(({ model }) => isShown(model));
  for (const [name, type, help, pick] of WORKER_METRICS) {
    const samples = linked.flatMap(({ model = '', version = '', health }): readonly Sample[] => {
      // Nothing told is unknown, which is not the same as none.
      const value = health === undefined ? Number.NaN : pick(health);
      return value === undefined ? [] : [[{ model, version }, value]];
    });
    add(lines, name, type, help, samples);
  }
}

type Sample = readonly [Labels, number];

function add(
  lines: string[],
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  samples: readonly Sample[],
): void {
  lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
  for (const [labels, value] of samples) lines.push(`${name}${renderLabels(labels)} ${value}`);
}

interface Histograms {
  readonly bounds: readonly number[];
  readonly all: readonly (readonly [Labels, Histogram])[];
}

function addHistograms(
  lines: string[],
  name: string,
  help: string,
  { bounds, all }: Histograms,
): void {
  lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} histogram`);
  for (const [labels, { counts, sum, count }] of all) {
    let below = 0;
    for (const [index, bound] of bounds.entries()) {
      below += counts[index] ?? 0;
      lines.push(
        `${name}_bucket${renderLabels({ ...labels, le: String(bound) })} ${Math.round(below)}`,
      );
    }
    lines.push(
      `${name}_bucket${renderLabels({ ...labels, le: '+Inf' })} ${Math.round(count)}`,
      `${name}_sum${renderLabels(labels)} ${sum}`,
      `${name}_count${renderLabels(labels)} ${Math.round(count)}`,
    );
  }
}

function renderLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escape = (text: string) =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

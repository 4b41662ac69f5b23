/** Opens the REST side of a project: one port, every dialect. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Egress } from '#egress';
import type { ModelLink } from '../hosts/link.ts';
import type { PredictionObserver } from '../predictions/observer.ts';
import type { WorkerLine } from '../runtimes/runtime.ts';
import type { ModelCatalog } from '../versions/catalog.ts';
import { toAddresses } from './address-table.ts';
import type { Authenticate } from './caller.ts';
import { closeServer, listConnections } from './close-server.ts';
import { gatewayFailures } from './errors.ts';
import type { AddOutcomes, Gateway, ProjectFacts } from './gateway.ts';
import { createListener } from './handle-request.ts';
import { InFlight } from './in-flight.ts';
import { createMetrics } from './metrics.ts';
import { toOwnNames } from './own-names.ts';
import { renderMetrics } from './prometheus.ts';
import type { ServiceLog } from './service-log.ts';
import { openTelemetry } from './telemetry.ts';
import type { TelemetrySettings } from './telemetry.ts';

export interface GatewayOptions {
  readonly project: ProjectFacts;
  readonly catalog: ModelCatalog;
  readonly link: ModelLink;
  readonly observer: PredictionObserver;
  /** Absent: open to everybody who reaches the address. */
  readonly authenticate?: Authenticate;
  readonly host: string;
  /** Tried in order; 0 is any free one. */
  readonly ports: readonly number[];
  readonly log: ServiceLog;
  /** Of the program. */
  readonly version: string;
  readonly outcomes?: AddOutcomes;
  /** Absent: nothing is exported. */
  readonly telemetry?: TelemetrySettings & { readonly fetch: Egress['fetch'] };
}

export interface OpenGateway {
  readonly url: string;
  readonly port: number;
  /** The text of /metrics. */
  metrics(): Promise<string>;
  /** A line that a model's code printed: goes to the log and, by its request id, to the prediction. */
  addLine(line: WorkerLine): void;
  /** Takes nothing new, lets running requests end (10 s at most), closes connections. */
  close(): Promise<void>;
}

const KEEP_ALIVE_MS = 75_000;
const BACKLOG = 4_096;
const MAX_LINES = 20;
/** Longest that a request goes on whose connection is gone. */
const LAST_MS = 1000;

/** Listens on the first port that is free. Fails with AO423 when none is. */
export async function openGateway(options: GatewayOptions): Promise<OpenGateway> {
  const { project, catalog, link, observer, log } = options;
  const metrics = createMetrics();
  const warn = (message: string) => log.say('warn', message);
  const { telemetry: exported } = options;
  const telemetry = exported && openTelemetry(exported, { fetch: exported.fetch, metrics, warn });
  let url = '';
  let isOpen = true;
  const gateway: Gateway = {
    project,
    catalog,
    link,
    observer,
    outcomes: options.outcomes,
    isOwnName:
      options.authenticate === undefined ? toOwnNames(options.host, project.api.hosts) : undefined,
    isLocked: options.authenticate !== undefined,
    bodyBytes: project.api.maxBodyMb * 1_048_576,
    programVersion: options.version,
    metrics,
    telemetry,
    log,
    readers: new WeakMap(),
    inFlight: new InFlight(),
    shadows: { count: 0 },
    url: () => url,
  };
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true },
    createListener({
      gateway,
      addresses: toAddresses(project.api.dialects),
      authenticate: options.authenticate,
      isOpen: () => isOpen,
    }),
  );
  const connections = listConnections(server);
  const port = await listenOnFirst(server, options.host, options.ports);
  const shown = options.host.includes(':') ? `[${options.host}]` : options.host;
  url = `http://${shown}:${port}`;
  return {
    url,
    port,
    metrics: () => renderMetrics(gateway),
    addLine: (line) => addLine(gateway, line),
    close: async () => {
      isOpen = false;
      await closeServer(server, connections);
      // Requests that were cut off come to their end, too, and so do shadows; both are remembered.
      const until = performance.now() + LAST_MS;
      const isBusy = () => metrics.active + gateway.shadows.count > 0;
      while (isBusy() && performance.now() < until) await sleep(1);
      await telemetry?.close();
      log.flush();
    },
  };
}

async function listenOnFirst(
  server: Server,
  host: string,
  ports: readonly number[],
): Promise<number> {
  let cause: unknown;
  for (const port of ports) {
    try {
      await listen(server, host, port);
      return (server.address() as AddressInfo).port;
    } catch (error) {
      cause = error;
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') break;
    }
  }
  const where = `${ports.length > 1 ? 'Ports' : 'Port'} ${ports.join(', ')} on ${host}`;
  throw gatewayFailures.create('AO423', `${where}: ${toListenReason(cause)}.`, {
    hint: 'ao run up --port 0',
    cause,
  });
}

function toListenReason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return 'taken by another program';
  if (code === 'EACCES') return 'this account may not listen there';
  return `the service cannot listen there (${message})`;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: BACKLOG, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function addLine(gateway: Gateway, line: WorkerLine): void {
  gateway.log.worker(line);
  if (line.requestId === undefined) return;
  const exchange = gateway.inFlight.find(line.requestId);
  if (exchange === undefined) return;
  exchange.lines ??= [];
  exchange.lines.push(line.text);
  if (exchange.lines.length > MAX_LINES) exchange.lines.shift();
}

/** A gateway from a project to a port that answers. */
import { randomUUID } from 'node:crypto';
import { isCoaiaError, systemClock, version } from '#base';
import { createCallAuthenticator, createCallSecret } from '../gateway/call-token.ts';
import type { Authenticate } from '../gateway/caller.ts';
import { openGateway } from '../gateway/open-gateway.ts';
import type { GatewayOptions, OpenGateway } from '../gateway/open-gateway.ts';
import type { ServiceLog } from '../gateway/service-log.ts';
import type { ModelLink } from '../hosts/link.ts';
import { installReference } from '../predictions/drift/install-reference.ts';
import { toMonitorRule } from '../predictions/drift/monitor-rule.ts';
import { silentObserver } from '../predictions/observer.ts';
import { listAnswering } from '../versions/open-catalog.ts';
import type { OpenCatalog } from '../versions/open-catalog.ts';
import { announceLife } from './announce.ts';
import { openLink } from './open-link.ts';
import { openModels, tell } from './open-models.ts';
import type { Late, ModelOptions, Setbacks } from './open-models.ts';
import type { GatewayServices } from './gateway-services.ts';

/** A version that answers nobody any more is unloaded after this long. */
const IDLE_MS = 5000;

export interface GatewayProcessOptions extends ModelOptions {
  readonly host: string;
  /** Tried in order. */
  readonly ports: readonly number[];
  /** Absent: no keys are asked for. */
  readonly authenticate?: Authenticate;
  /** Absent: nothing is exported. */
  readonly telemetry?: NonNullable<GatewayOptions['telemetry']>;
}

export interface GatewayProcess {
  readonly url: string;
  readonly port: number;
  /** What answers, with a row that works. */
  readonly models: readonly {
    readonly name: string;
    readonly version: number;
    readonly example: Readonly<Record<string, unknown>>;
    /** Why the files as they stand do not answer, and this version of before does. */
    readonly setback?: string;
  }[];
  close(): Promise<void>;
}

/** Opens everything in order and closes what is open when a step fails. */
export async function openGatewayProcess(options: GatewayProcessOptions): Promise<GatewayProcess> {
  const closing: (() => unknown)[] = [];
  const close = async () => {
    const errors: unknown[] = [];
    // Whatever one step fails with, the others are taken: the last predictions are written by one of them.
    for (const step of closing.splice(0).toReversed())
      await Promise.try(step).catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  };
  try {
    const { gateway, catalog, setbacks } = await openAll(options, closing);
    const { url, port } = gateway;
    return { url, port, models: listModels(catalog, setbacks), close };
  } catch (error) {
    await close().catch((error_: unknown) =>
      tell(options.log, 'Not everything was closed', error_),
    );
    throw error;
  }
}

interface Opened {
  readonly gateway: OpenGateway;
  readonly catalog: OpenCatalog;
  readonly setbacks: Setbacks;
}

async function openAll(
  options: GatewayProcessOptions,
  closing: (() => unknown)[],
): Promise<Opened> {
  const { project, services, log } = options;
  const late: Late = {};
  const opened = await openLink(project, {
    ...options.link,
    token: options.link.kind === 'grpc' ? await services?.linkToken() : undefined,
    // Before the gateway is open there are no requests, only the log.
    onLine: (line) => (late.gateway === undefined ? log.worker(line) : late.gateway.addLine(line)),
    onMissing: (text) => log.say('warn', text),
    checkEgress: services?.checkEgress ?? (() => undefined),
  });
  closing.push(() => opened.close());
  const { link, catalog, setbacks } = await openModels(options, { link: opened, late, closing });
  const observer =
    (await services?.openObserver({
      log: project.log,
      findSignature: (model, number) => catalog.find(model)?.versions.get(number)?.signature,
      onProblem: (message) => log.say('error', message),
    })) ?? silentObserver;
  closing.push(() => observer.close());
  if (services !== undefined) closing.push(keepReferences(options, services, catalog));
  const callSecret = options.authenticate === undefined ? undefined : createCallSecret();
  const gateway = await openGateway(
    toGatewayOptions(options, { catalog, link, observer, callSecret }),
  );
  late.gateway = gateway;
  closing.push(
    () => gateway.close(),
    followTraffic(catalog, link, log),
    announce(options, { link, catalog, url: gateway.url, callSecret }),
  );
  return { gateway, catalog, setbacks };
}

/** What drift of each version is measured against, also of later ones; one without examples goes on without. */
export function keepReferences(
  { project, log }: Pick<GatewayProcessOptions, 'project' | 'log'>,
  { predictions }: GatewayServices,
  catalog: OpenCatalog,
): () => void {
  const done = new Set<string>();
  const keepAll = async () => {
    for (const { versions } of catalog.list())
      for (const manifest of versions.values()) {
        const key = `${manifest.model} ${manifest.digest}`;
        if (done.has(key)) continue;
        done.add(key);
        await installReference(predictions, project, manifest).catch((error: unknown) => {
          // Frozen and not registered yet: the change of traffic that follows asks again.
          if (isCoaiaError(error) && error.code === 'AO681') done.delete(key);
          else
            tell(
              log,
              `nothing to compare version ${manifest.version} of ${manifest.model} with`,
              error,
            );
        });
      }
  };
  void keepAll();
  return catalog.onChange(() => void keepAll());
}

function listModels(catalog: OpenCatalog, setbacks: Setbacks): GatewayProcess['models'] {
  return catalog.list().map(({ name, traffic, versions }) => ({
    name,
    version: traffic.champion,
    example: versions.get(traffic.champion)?.signature.example ?? {},
    ...(setbacks.has(name) ? { setback: setbacks.get(name) ?? '' } : {}),
  }));
}

interface Parts extends Pick<GatewayOptions, 'catalog' | 'link' | 'observer'> {
  readonly callSecret: string | undefined;
}

function toGatewayOptions(options: GatewayProcessOptions, { callSecret, ...parts }: Parts) {
  const { project, services, log, host, ports, authenticate, telemetry } = options;
  return {
    ...parts,
    project,
    host,
    ports,
    log,
    version,
    ...(authenticate === undefined || callSecret === undefined
      ? {}
      : { authenticate: createCallAuthenticator(callSecret, authenticate, systemClock) }),
    ...(telemetry === undefined ? {} : { telemetry }),
    ...(services?.addOutcomes === undefined ? {} : { outcomes: services.addOutcomes }),
  };
}

/** Versions that answer nobody any more are unloaded after a while; what they have begun ends first. */
function followTraffic(catalog: OpenCatalog, link: ModelLink, log: ServiceLog): () => void {
  const answering = () => toAnswering(catalog);
  let before = answering();
  const timers = new Set<NodeJS.Timeout>();
  const stop = catalog.onChange(() => {
    const now = answering();
    for (const key of before) if (!now.has(key)) later(key);
    before = now;
  });
  const later = (key: string) => {
    const [model = '', number = ''] = key.split('/');
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (answering().has(key)) return;
      link
        .unload({ model, version: number })
        .catch((error: unknown) => tell(log, `${model} version ${number} did not end`, error));
    }, IDLE_MS);
    timers.add(timer);
  };
  return () => {
    stop();
    for (const timer of timers) clearTimeout(timer);
  };
}

/** `model/version` of everything that the traffic rules send somebody to. */
function toAnswering(catalog: OpenCatalog): ReadonlySet<string> {
  return new Set(
    catalog
      .list()
      .flatMap(({ name, traffic }) => listAnswering(traffic).map((number) => `${name}/${number}`)),
  );
}

function announce(
  { project, services, log }: GatewayProcessOptions,
  parts: {
    readonly link: ModelLink;
    readonly catalog: OpenCatalog;
    readonly url: string;
    readonly callSecret: string | undefined;
  },
): () => Promise<void> {
  if (services === undefined) return async () => undefined;
  const { link, catalog, url, callSecret } = parts;
  const life = announceLife({
    deployments: services.deployments,
    link,
    id: randomUUID(),
    name: project.name,
    url,
    folder: project.folder,
    callSecret,
    monitor: toMonitorRule(project.monitor),
    listAnswering: () => toAnswering(catalog),
    onError: (error) => tell(log, 'The store did not take the sign of life', error),
  });
  return () => life.stop();
}

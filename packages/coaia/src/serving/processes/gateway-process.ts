/** A gateway from a project to a port that answers. */
import { randomUUID } from 'node:crypto';
import { version } from '#base';
import type { Authenticate } from '../gateway/caller.ts';
import { openGateway } from '../gateway/open-gateway.ts';
import type { GatewayOptions, OpenGateway } from '../gateway/open-gateway.ts';
import type { ServiceLog } from '../gateway/service-log.ts';
import { openLinkCatalog } from '../hosts/link-catalog.ts';
import type { ModelLink } from '../hosts/link.ts';
import { installReference } from '../predictions/drift/install-reference.ts';
import { silentObserver } from '../predictions/observer.ts';
import type { Project } from '../projects/project.ts';
import { listAnswering, openFolderCatalog, openStoreCatalog } from '../versions/open-catalog.ts';
import type { OpenCatalog } from '../versions/open-catalog.ts';
import type { VersionManifest } from '../versions/version.ts';
import { findHonesty } from './honesty.ts';
import { announceLife } from './announce.ts';
import { openLink } from './open-link.ts';
import type { LinkChoice } from './open-link.ts';
import type { GatewayServices } from './gateway-services.ts';
import { freezeAll, watchWorkingCopy } from './working-copy.ts';

/** How often traffic is looked up in the store, in milliseconds. */
const POLL_MS = 500;
/** A version that answers nobody any more is unloaded after this long. */
const IDLE_MS = 5000;

export interface GatewayProcessOptions {
  readonly project: Project;
  /** Undefined: versions and traffic as the folder has them, nothing is written to a store. */
  readonly services: GatewayServices | undefined;
  readonly link: Omit<LinkChoice, 'onLine' | 'checkEgress'>;
  readonly host: string;
  /** Tried in order. */
  readonly ports: readonly number[];
  /** Absent: no keys are asked for. */
  readonly authenticate?: Authenticate;
  /** Absent: nothing is exported. */
  readonly telemetry?: NonNullable<GatewayOptions['telemetry']>;
  /** Freezes the project again after every save. */
  readonly isWatching: boolean;
  readonly log: ServiceLog;
}

export interface GatewayProcess {
  readonly url: string;
  readonly port: number;
  /** What answers, with a row that works. */
  readonly models: readonly {
    readonly name: string;
    readonly version: number;
    readonly example: Readonly<Record<string, unknown>>;
  }[];
  close(): Promise<void>;
}

/** Opens everything in order and closes what is open when a step fails. */
export async function openGatewayProcess(options: GatewayProcessOptions): Promise<GatewayProcess> {
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const step of closing.splice(0).toReversed()) await step();
  };
  try {
    const { gateway, catalog } = await openAll(options, closing);
    const { url, port } = gateway;
    return { url, port, models: listModels(catalog), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What becomes known after the parts that need it were made. */
interface Late {
  gateway?: OpenGateway;
  refresh?: () => Promise<void>;
}

async function openAll(
  options: GatewayProcessOptions,
  closing: (() => unknown)[],
): Promise<{ readonly gateway: OpenGateway; readonly catalog: OpenCatalog }> {
  const { project, services, log } = options;
  const late: Late = {};
  const opened = await openLink(project, {
    ...options.link,
    onLine: (line) => late.gateway?.addLine(line),
    checkEgress: services?.checkEgress ?? (() => undefined),
  });
  closing.push(() => opened.close());
  const { link, catalog } =
    project.link.models.length > 0
      ? await openForeign(opened, project.link.models)
      : { link: opened, catalog: await openOwn(options, { link: opened, late, closing }) };
  const observer =
    (await services?.openObserver({
      log: project.log,
      findSignature: (model, number) => catalog.find(model)?.versions.get(number)?.signature,
      onProblem: (message) => log.say('error', message),
    })) ?? silentObserver;
  closing.push(() => observer.close());
  if (services !== undefined) closing.push(keepReferences(options, services, catalog));
  const gateway = await openGateway(toGatewayOptions(options, { catalog, link, observer }));
  late.gateway = gateway;
  closing.push(
    () => gateway.close(),
    followTraffic(catalog, link, log),
    announce(options, { link, catalog, url: gateway.url }),
  );
  return { gateway, catalog };
}

/** Models of another server of the protocol: it decides what is loaded, and nothing of it changes here. */
async function openForeign(
  opened: ModelLink,
  names: readonly string[],
): Promise<{ readonly link: ModelLink; readonly catalog: OpenCatalog }> {
  const { link, catalog } = await openLinkCatalog(opened, names);
  return { link, catalog: { ...catalog, refresh: async () => {}, close: () => {} } };
}

interface OwnParts {
  readonly link: ModelLink;
  readonly late: Late;
  readonly closing: (() => unknown)[];
}

/** The project's own versions, frozen, loaded, and followed while it is worked on. */
async function openOwn(
  options: GatewayProcessOptions,
  { link, late, closing }: OwnParts,
): Promise<OpenCatalog> {
  const working = toWorkingCopy(options, late);
  if (working !== undefined) await freezeAll(working);
  const catalog = await openCatalog(options, link);
  closing.push(() => catalog.close());
  late.refresh = () => catalog.refresh();
  if (working !== undefined && options.isWatching) {
    const watcher = watchWorkingCopy(working);
    closing.push(() => watcher.close());
  }
  await preload(catalog, link);
  return catalog;
}

/** What drift of each version is measured against, also of later ones; one without examples goes on without. */
function keepReferences(
  { project, log }: GatewayProcessOptions,
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
        await installReference(predictions, project, manifest).catch((error: unknown) =>
          tell(
            log,
            `nothing to compare version ${manifest.version} of ${manifest.model} with`,
            error,
          ),
        );
      }
  };
  void keepAll();
  return catalog.onChange(() => void keepAll());
}

function listModels(catalog: OpenCatalog): GatewayProcess['models'] {
  return catalog.list().map(({ name, traffic, versions }) => ({
    name,
    version: traffic.champion,
    example: versions.get(traffic.champion)?.signature.example ?? {},
  }));
}

type Parts = Pick<Parameters<typeof openGateway>[0], 'catalog' | 'link' | 'observer'>;

function toGatewayOptions(options: GatewayProcessOptions, parts: Parts) {
  const { project, services, log, host, ports, authenticate, telemetry } = options;
  return {
    ...parts,
    project,
    host,
    ports,
    log,
    version,
    ...(authenticate === undefined ? {} : { authenticate }),
    ...(telemetry === undefined ? {} : { telemetry }),
    ...(services?.addOutcomes === undefined ? {} : { outcomes: services.addOutcomes }),
  };
}

function tell(log: ServiceLog, what: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  log.say('error', `${what}: ${reason}`);
}

/** With a store the project is served as it stands; without one only what was frozen. */
function toWorkingCopy({ project, services, log, link }: GatewayProcessOptions, late: Late) {
  if (services === undefined) return undefined;
  return {
    project,
    deployments: services.deployments,
    isTrusted: services.isTrusted,
    isSandboxed: link.isSandboxed,
    onChange: async () => late.refresh?.(),
    onError: (model: string, error: unknown) =>
      tell(log, `${model} is not in order, so the version before goes on`, error),
    onVersion: (model: string, number: number) =>
      log.say('info', `${model} stands as version ${number}`, { model, version: String(number) }),
  };
}

function openCatalog(options: GatewayProcessOptions, link: ModelLink): Promise<OpenCatalog> {
  const { project, services, log } = options;
  const common = {
    folder: project.folder,
    models: project.models,
    readHonesty: (manifest: VersionManifest) => findHonesty(project.folder, manifest),
    prepare: (model: string, number: number) => link.load({ model, version: String(number) }),
    onError: (error: unknown) => tell(log, 'The traffic rules could not be followed', error),
  };
  return services === undefined
    ? openFolderCatalog(common)
    : openStoreCatalog(services.deployments, { ...common, pollMs: POLL_MS });
}

/** Loads what answers before the port opens: the first caller does not wait, and a broken model is told at once. */
async function preload(catalog: OpenCatalog, link: ModelLink): Promise<void> {
  const targets = catalog
    .list()
    .filter(({ traffic, versions }) => versions.get(traffic.champion)?.preload !== false)
    .flatMap(({ name, traffic }) =>
      listAnswering(traffic).map((number) => ({ model: name, version: String(number) })),
    );
  await Promise.all(targets.map((target) => link.load(target)));
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
  parts: { readonly link: ModelLink; readonly catalog: OpenCatalog; readonly url: string },
): () => Promise<void> {
  if (services === undefined) return async () => undefined;
  const { link, catalog, url } = parts;
  const life = announceLife({
    deployments: services.deployments,
    link,
    id: randomUUID(),
    name: project.name,
    url,
    folder: project.folder,
    listAnswering: () => toAnswering(catalog),
    onError: (error) => tell(log, 'The store did not take the sign of life', error),
  });
  return () => life.stop();
}

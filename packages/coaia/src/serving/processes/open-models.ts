/** Which models a gateway answers for: the project's own, frozen and followed, or those of another server. */
import { isCoaiaError } from '#base';
import type { OpenGateway } from '../gateway/open-gateway.ts';
import type { ServiceLog } from '../gateway/service-log.ts';
import { openLinkCatalog } from '../hosts/link-catalog.ts';
import type { ModelLink } from '../hosts/link.ts';
import { listAnswering, openFolderCatalog, openStoreCatalog } from '../versions/open-catalog.ts';
import type { OpenCatalog } from '../versions/open-catalog.ts';
import type { VersionManifest } from '../versions/version.ts';
import type { Project } from '../projects/project.ts';
import type { GatewayServices } from './gateway-services.ts';
import type { LinkChoice } from './open-link.ts';
import { findHonesty } from './honesty.ts';
import { freezeAll, watchWorkingCopy } from './working-copy.ts';

/** How often traffic is looked up in the store, in milliseconds. */
export const POLL_MS = 500;

export interface ModelOptions {
  readonly project: Project;
  /** Undefined: versions and traffic as the folder has them, nothing is written to a store. */
  readonly services: GatewayServices | undefined;
  /** Versions and traffic as the folder has them: nothing is frozen and nobody else's traffic followed. */
  readonly isFrozen?: boolean;
  readonly link: Omit<LinkChoice, 'onLine' | 'onMissing' | 'checkEgress' | 'token'>;
  /** Freezes the project again after every save. */
  readonly isWatching: boolean;
  readonly log: ServiceLog;
}

/** What becomes known after the parts that need it were made. */
export interface Late {
  gateway?: OpenGateway;
  refresh?: () => Promise<void>;
}

interface OwnParts {
  readonly link: ModelLink;
  readonly late: Late;
  readonly closing: (() => unknown)[];
}

/** By model: why its files as they stood at the start do not answer, and an earlier version does. */
export type Setbacks = Map<string, string>;

interface OpenedModels {
  readonly link: ModelLink;
  readonly catalog: OpenCatalog;
  readonly setbacks: Setbacks;
}

/** Opens what answers; every part that must be closed is added to `closing`. */
export async function openModels(options: ModelOptions, parts: OwnParts): Promise<OpenedModels> {
  const { models } = options.project.link;
  const setbacks: Setbacks = new Map();
  if (models.length > 0) return { ...(await openForeign(parts.link, models)), setbacks };
  return { link: parts.link, catalog: await openOwn(options, parts, setbacks), setbacks };
}

/** Models of another server of the protocol: it decides what is loaded, and nothing of it changes here. */
async function openForeign(
  opened: ModelLink,
  names: readonly string[],
): Promise<{ readonly link: ModelLink; readonly catalog: OpenCatalog }> {
  const { link, catalog } = await openLinkCatalog(opened, names);
  return { link, catalog: { ...catalog, refresh: async () => {}, close: () => {} } };
}

/** The project's own versions, frozen, loaded, and followed while it is worked on. */
async function openOwn(
  options: ModelOptions,
  { link, late, closing }: OwnParts,
  setbacks: Setbacks,
): Promise<OpenCatalog> {
  const working = toWorkingCopy(options, late);
  const onError = (model: string, error: unknown) => {
    const hint = isCoaiaError(error) && error.hint !== undefined ? ` Fix: ${error.hint}` : '';
    setbacks.set(model, `${toReason(error)}${hint}`);
    working?.onError(model, error);
  };
  const onHeld = (model: string, version: number, reason: string) => {
    setbacks.set(model, `${reason}. Fix: ao deploy --to ${version}`);
    working?.onHeld(model, version, reason);
  };
  const standing =
    working === undefined ? undefined : await freezeAll({ ...working, onError, onHeld });
  const catalog = await openCatalog(options, link);
  closing.push(() => catalog.close());
  late.refresh = () => catalog.refresh();
  if (working !== undefined && standing !== undefined && options.isWatching) {
    const watcher = watchWorkingCopy(working, standing);
    closing.push(() => watcher.close());
  }
  if (options.isFrozen === true) await tellVersions(options, catalog);
  await preload(catalog, link);
  return catalog;
}

/** The server learns which versions answer here, so that their predictions have a place. */
export async function tellVersions(
  { project, services, log }: Pick<ModelOptions, 'project' | 'services' | 'log'>,
  catalog: OpenCatalog,
): Promise<void> {
  for (const manifest of catalog.list().flatMap(({ versions }) => [...versions.values()]))
    await services?.deployments
      .registerVersion({ manifest: { ...manifest }, folder: project.folder })
      .catch((error: unknown) => tell(log, 'The server did not take a version', error));
}

/** With a store the project is served as it stands; without one only what was frozen. */
function toWorkingCopy(options: ModelOptions, late: Late) {
  const { project, services, log, link } = options;
  if (services === undefined || options.isFrozen === true) return undefined;
  return {
    project,
    deployments: services.deployments,
    isTrusted: services.isTrusted,
    isSandboxed: link.isSandboxed,
    env: link.env,
    onChange: async () => late.refresh?.(),
    onError: (model: string, error: unknown) =>
      tell(log, `${model} is not in order, so the version before goes on`, error),
    onVersion: (model: string, number: number) =>
      log.say('info', `${model} stands as version ${number}`, { model, version: String(number) }),
    onHeld: (model: string, number: number, reason: string) =>
      log.say(
        'warn',
        `${model} version ${number} does not answer: ${reason}. Fix: ao deploy --to ${number}`,
        { model, version: String(number) },
      ),
  };
}

function openCatalog(options: ModelOptions, link: ModelLink): Promise<OpenCatalog> {
  const { project, services, log, isFrozen = false } = options;
  const common = {
    folder: project.folder,
    models: project.models,
    readHonesty: (manifest: VersionManifest) => findHonesty(project.folder, manifest),
    prepare: (model: string, number: number) => link.load({ model, version: String(number) }),
    onError: (error: unknown) => tell(log, 'The traffic rules could not be followed', error),
  };
  return services === undefined || isFrozen
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

/** One line about what went wrong beside the requests. */
export function tell(log: ServiceLog, what: string, error: unknown): void {
  log.say('error', `${what}: ${toReason(error)}`);
}

const toReason = (error: unknown) => (error instanceof Error ? error.message : String(error));

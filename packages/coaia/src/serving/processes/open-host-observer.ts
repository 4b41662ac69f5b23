/** What a model host knows of versions and traffic, and where it tells of calls that did not come through the gateway. */
import type { ServiceLog } from '../gateway/service-log.ts';
import type { CallObserver } from '../hosts/grpc/observed-call.ts';
import type { Project } from '../projects/project.ts';
import type { VersionManifest } from '../versions/version.ts';
import { openFolderCatalog, openStoreCatalog } from '../versions/open-catalog.ts';
import type { OpenCatalog } from '../versions/open-catalog.ts';
import { keepReferences } from './gateway-process.ts';
import type { GatewayServices } from './gateway-services.ts';
import { findHonesty } from './honesty.ts';
import { POLL_MS, tell, tellVersions } from './open-models.ts';

export interface HostObserverOptions {
  readonly project: Project;
  /** Undefined: nothing is recorded here, and the log says so. */
  readonly services: GatewayServices | undefined;
  /** Traffic as the folder has it. */
  readonly isFrozen: boolean;
  /** No gateway of the same project makes its versions and references known. */
  readonly isAlone: boolean;
  readonly log: ServiceLog;
}

export interface HostObserver {
  readonly catalog: OpenCatalog;
  readonly observe: CallObserver | undefined;
  /** Writes what is remembered. */
  close(): Promise<void>;
}

const UNRECORDED =
  'Calls that do not come through the gateway are not recorded: this host serves a frozen folder and knows no server (LANGFUSE_BASE_URL and its keys)';

/** Opens both; says in one line where calls are recorded, or that they are not. */
export async function openHostObserver(options: HostObserverOptions): Promise<HostObserver> {
  const { project, services, isAlone, log } = options;
  const catalog = await openCatalog(options);
  if (services === undefined) {
    log.say('info', UNRECORDED);
    return { catalog, observe: undefined, close: async () => catalog.close() };
  }
  if (isAlone) await tellVersions({ project, services, log }, catalog);
  const stop = isAlone ? keepReferences({ project, log }, services, catalog) : () => undefined;
  const observer = await services.openObserver({
    log: project.log,
    findSignature: (model, number) => catalog.find(model)?.versions.get(number)?.signature,
    onProblem: (message) => log.say('error', message),
  });
  const token = await services.linkToken();
  log.say('info', 'Calls that do not come through the gateway are recorded as well');
  return {
    catalog,
    observe: { observer, token },
    async close() {
      stop();
      catalog.close();
      await observer.close();
    },
  };
}

/** Nothing is loaded for a change of traffic: versions load when they are asked, or when a gateway says so. */
function openCatalog({
  project,
  services,
  isFrozen,
  log,
}: HostObserverOptions): Promise<OpenCatalog> {
  const common = {
    folder: project.folder,
    models: project.models,
    readHonesty: (manifest: VersionManifest) => findHonesty(project.folder, manifest),
    onError: (error: unknown) => tell(log, 'The traffic rules could not be followed', error),
  };
  return services === undefined || isFrozen
    ? openFolderCatalog(common)
    : openStoreCatalog(services.deployments, { ...common, pollMs: POLL_MS });
}

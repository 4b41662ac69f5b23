/** `ao serve gateway`: the REST side in the foreground; `ao run up` starts and watches it. */
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { createServiceLog } from '../../gateway/service-log.ts';
import type { ServiceLog } from '../../gateway/service-log.ts';
import { requirePublicKeys } from '../public-address.ts';
import { readProject } from '../../projects/read-project.ts';
import type { Project } from '../../projects/project.ts';
import { readEnvironmentKeys } from '../environment-keys.ts';
import { openGatewayProcess } from '../gateway-process.ts';
import { gatewayServices } from '../gateway-services.ts';
import type { GatewayServices } from '../gateway-services.ts';
import { toReadyLine } from '../../running/child-contract.ts';
import { findTelemetry } from '../telemetry.ts';
import { untilStopped } from '../until-stopped.ts';

export const command = defineCommand({
  words: 'ops serve gateway',
  summary: 'Answer over REST in the foreground',
  description:
    'What `ao run up` starts, and what an image runs. Prints one line of JSON when it answers, and logs to stderr.',
  needs: gatewayServices,
  positionals: [],
  options: {
    project: { type: 'string', placeholder: 'FOLDER', summary: 'Folder with ao.toml' },
    host: { type: 'string', summary: 'Address to listen on' },
    port: { type: 'number', summary: 'Port; 0: any' },
    workers: { type: 'number', placeholder: 'N', summary: 'Workers for each model' },
    link: { type: 'string', choices: ['auto', 'pipe', 'grpc'], summary: 'How models are reached' },
    'link-address': { type: 'string', placeholder: 'HOST:PORT', summary: 'Of the model host' },
    frozen: { type: 'boolean', summary: 'Only versions of the folder, as it stands' },
    watch: { type: 'boolean', summary: 'Freeze and load again after every save' },
    insecure: { type: 'boolean', summary: 'Ask for no keys, whatever the address' },
    'no-sandbox': { type: 'boolean', summary: 'Workers without a sandbox' },
    'with-parent': { type: 'boolean', summary: 'End when stdin does' },
  },
  endsItself: true,
  examples: ['ao serve gateway --project churn --port 8000'],
  async run(context, { options }) {
    const { open, out, cwd, env, signal } = context;
    const overrides = { 'api.host': options.host, 'api.port': options.port };
    const read = await readProject(options.project ?? cwd, { env, overrides });
    const project = withWorkers(read, options.workers);
    const isFrozen = options.frozen === true;
    const services = isFrozen && !hasServer(env) ? undefined : await open();
    const log = openLog(project, 'gateway');
    try {
      const authenticate = findKeys(context, project, services, options.insecure === true);
      requirePublicKeys({
        host: project.api.host,
        hasKeys: authenticate !== undefined,
        isInsecure: options.insecure === true,
      });
      const telemetry = findTelemetry({ cwd, env }, project.name);
      const running = await openGatewayProcess({
        project,
        services,
        isFrozen,
        host: project.api.host,
        ports: toPorts(project),
        link: {
          kind: isOverGrpc(project, options) ? 'grpc' : 'pipe',
          address: options['link-address'] ?? project.link.address,
          isSandboxed: options['no-sandbox'] === true ? false : 'auto',
          env,
        },
        ...(authenticate === undefined ? {} : { authenticate }),
        ...(telemetry === undefined ? {} : { telemetry }),
        isWatching: options.watch === true,
        log,
      });
      out.raw(toReadyLine({ address: running.url, models: running.models }));
      await untilStopped(signal, options['with-parent'] === true, log);
      await running.close();
    } finally {
      await services?.close?.();
      log.flush();
    }
  },
});

/** A service in an image has no store of its own; what it predicts goes to a server, if one is named. */
export function hasServer(env: Readonly<Record<string, string | undefined>>): boolean {
  return [env['LANGFUSE_BASE_URL'], env['LANGFUSE_HOST']].some(
    (url) => url !== undefined && url !== '',
  );
}

function isOverGrpc(
  { link }: Project,
  options: { readonly link?: string | undefined; readonly 'link-address'?: string | undefined },
): boolean {
  const isAsked = options.link === 'grpc' || options['link-address'] !== undefined;
  return isAsked || link.models.length > 0;
}

/** A wished port moves on to the next free one; a fixed one does not. */
function toPorts({ api }: Project): readonly number[] {
  return api.isPortFixed ? [api.port] : Array.from({ length: 20 }, (_, index) => api.port + index);
}

/** `--workers` counts for every model. */
export function withWorkers(project: Project, workers: number | undefined): Project {
  if (workers === undefined) return project;
  return { ...project, models: project.models.map((model) => ({ ...model, workers })) };
}

/** Log lines go to stderr; stdout says only that it answers. */
export function openLog(project: Pick<Project, 'log'>, service: string): ServiceLog {
  return createServiceLog({
    service,
    level: project.log.level,
    format: project.log.format,
    isTerminal: process.stderr.isTTY,
    write: (text) => void process.stderr.write(text),
  });
}

function findKeys(
  { env }: Pick<CommandContext<unknown>, 'env'>,
  project: Project,
  services: GatewayServices | undefined,
  isInsecure: boolean,
) {
  if (isInsecure || project.api.auth === 'none') return undefined;
  const own = readEnvironmentKeys(env);
  if (own !== undefined) return own;
  return project.api.auth === 'keys' ? services?.authenticate : undefined;
}

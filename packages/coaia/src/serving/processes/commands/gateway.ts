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
import { gatewayServices } from '../services.ts';
import type { GatewayServices } from '../services.ts';
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
    port: { type: 'string', placeholder: 'PORT', summary: 'Port, or several with commas; 0: any' },
    link: { type: 'string', choices: ['pipe', 'grpc'], summary: 'How models are reached' },
    address: { type: 'string', placeholder: 'HOST:PORT', summary: 'Of the model host' },
    store: { type: 'boolean', summary: 'Write to the store, freeze the project', default: true },
    frozen: { type: 'boolean', summary: 'Only versions of the folder; nothing is written' },
    watch: { type: 'boolean', summary: 'Freeze and load again after every save' },
    insecure: { type: 'boolean', summary: 'Ask for no keys, whatever the address' },
    'no-sandbox': { type: 'boolean', summary: 'Workers without a sandbox' },
    'with-parent': { type: 'boolean', summary: 'End when stdin does' },
  },
  endsItself: true,
  examples: ['ao serve gateway --project churn --port 8000'],
  async run(context, { options }) {
    const { open, out, env, cwd, signal } = context;
    const project = await readProject(options.project ?? cwd, { env });
    const services = options.frozen === true ? undefined : await open();
    const host = options.host ?? project.api.host;
    const authenticate = findKeys(context, project, services, options.insecure === true);
    requirePublicKeys({
      host,
      hasKeys: authenticate !== undefined,
      isInsecure: options.insecure === true,
    });
    const log = openLog(project, 'gateway');
    const process_ = await openGatewayProcess({
      project,
      services,
      host,
      ports: toPorts(options.port ?? String(project.api.port)),
      link: {
        kind: (options.link ?? 'pipe') as 'pipe' | 'grpc',
        address: options.address ?? project.link.address,
        isSandboxed: options['no-sandbox'] === true ? false : 'auto',
      },
      ...(authenticate === undefined ? {} : { authenticate }),
      isWatching: options.watch === true,
      log,
    });
    out.line(JSON.stringify({ ready: true, url: process_.url, port: process_.port }));
    await untilStopped(signal, options['with-parent'] === true);
    await process_.close();
    log.flush();
  },
});

/** Log lines go to stderr; stdout says only that it answers. */
export function openLog(project: Pick<Project, 'log'>, service: string): ServiceLog {
  return createServiceLog({
    service,
    level: project.log.level,
    format: project.log.format,
    isTerminal: process.stderr.isTTY === true,
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

function toPorts(text: string): readonly number[] {
  return text.split(',').map(Number);
}

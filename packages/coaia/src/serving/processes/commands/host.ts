/** `ao serve host`: the models behind gRPC in the foreground. */
import { isCoaiaError } from '#base';
import { defineCommand } from '#surface';
import { createLineShelf } from '../../hosts/grpc/line-shelf.ts';
import { openGrpcHost } from '../../hosts/grpc-server.ts';
import type { GrpcHost, GrpcHostOptions, HostTls } from '../../hosts/grpc-server.ts';
import type { Project } from '../../projects/project.ts';
import { readProject } from '../../projects/read-project.ts';
import { readTls } from '../../projects/read-tls.ts';
import { gatewayServices } from '../gateway-services.ts';
import { openHostObserver } from '../open-host-observer.ts';
import { openPipe } from '../open-link.ts';
import { requirePublicKeys } from '../public-address.ts';
import { toReadyLine } from '../../running/child-contract.ts';
import { untilStopped } from '../until-stopped.ts';
import { hasServer, openLog, withWorkers } from './gateway.ts';

export const command = defineCommand({
  words: 'ops serve host',
  summary: 'Serve the models of a project over gRPC in the foreground',
  description:
    'What `ao run up --link grpc` starts, and what the image of the model runs: the Open Inference Protocol v2. Prints one line of JSON when it answers, and logs to stderr. Predictions that did not come through the gateway are recorded in the store of this home or on the server that is set; with --frozen and no server they are not.',
  needs: gatewayServices,
  positionals: [],
  options: {
    project: { type: 'string', placeholder: 'FOLDER', summary: 'Folder with ao.toml' },
    address: {
      type: 'string',
      placeholder: 'HOST:PORT',
      summary: 'Address to listen on; port 0: any',
    },
    workers: { type: 'number', placeholder: 'N', summary: 'Workers for each model' },
    frozen: { type: 'boolean', summary: 'Only versions and traffic of the folder, as it stands' },
    'no-sandbox': { type: 'boolean', summary: 'Workers without a sandbox' },
    'with-parent': { type: 'boolean', summary: 'End when stdin does' },
  },
  endsItself: true,
  examples: ['ao serve host --project churn --address 127.0.0.1:50051'],
  async run({ open, out, env, cwd, signal }, { options }) {
    const read = await readProject(options.project ?? cwd, { env });
    const project = withWorkers(read, options.workers);
    const address = options.address ?? project.link.address;
    const tls = await readHostTls(project);
    requirePublicKeys({
      host: address.slice(0, address.lastIndexOf(':')),
      // Over gRPC a certificate is the key.
      hasKeys: tls?.ca !== undefined,
      // Whoever says it on the command line, as an image does, knows the network.
      isInsecure: options.address !== undefined,
      hint: 'set [link] tls with a ca, or an address of this machine, in ao.toml',
    });
    const log = openLog(project, 'host');
    const shelf = createLineShelf((line) => log.worker(line));
    const link = openPipe(project, {
      onLine: shelf.onLine,
      isSandboxed: options['no-sandbox'] === true ? false : 'auto',
      env,
      onMissing: (text) => log.say('warn', text),
    });
    const isFrozen = options.frozen === true;
    const services = isFrozen && !hasServer(env) ? undefined : await open();
    const observed = await openHostObserver({
      project,
      services,
      isFrozen,
      log,
      // What `ao run up` starts has a gateway that makes the versions known.
      isAlone: options['with-parent'] !== true,
    });
    try {
      const host = await openHost(
        {
          link,
          catalog: observed.catalog,
          takeLines: shelf.take,
          onDefect: (error) => log.say('error', String(error)),
          observe: observed.observe,
          ...(tls === undefined ? {} : { tls }),
        },
        address,
        options.address !== undefined || project.origins.has('link.address'),
      );
      out.raw(toReadyLine({ address: host.address }));
      await untilStopped(signal, options['with-parent'] === true, log);
      await host.close();
    } finally {
      await link.close();
      await observed.close();
      await services?.close?.();
      log.flush();
    }
  },
});

/** Undefined without a key and its certificate. */
async function readHostTls(project: Project): Promise<HostTls | undefined> {
  const { cert, key, ca } = (await readTls(project)) ?? {};
  if (cert === undefined || key === undefined) return undefined;
  return { cert, key, ...(ca === undefined ? {} : { ca }) };
}

/** An address that nobody chose moves to any free port when it is taken. */
async function openHost(
  options: Omit<GrpcHostOptions, 'host' | 'port'>,
  address: string,
  isChosen: boolean,
): Promise<GrpcHost> {
  const at = address.lastIndexOf(':');
  const host = address.slice(0, at).replaceAll(/^\[|\]$/g, '');
  try {
    return await openGrpcHost({ ...options, host, port: Number(address.slice(at + 1)) });
  } catch (error) {
    if (isChosen || !isCoaiaError(error) || error.code !== 'AO470') throw error;
    return openGrpcHost({ ...options, host, port: 0 });
  }
}

/** `ao serve host`: the models behind gRPC in the foreground. */
import { defineCommand } from '#surface';
import { openGrpcHost } from '../../hosts/grpc-server.ts';
import { findHonesty } from '../honesty.ts';
import { readProject } from '../../projects/read-project.ts';
import { openFolderCatalog } from '../../versions/open-catalog.ts';
import { openPipe, readTls } from '../open-link.ts';
import { toReadyLine } from '../../running/child-contract.ts';
import { untilStopped } from '../until-stopped.ts';
import { openLog, withWorkers } from './gateway.ts';

export const command = defineCommand({
  words: 'ops serve host',
  summary: 'Serve the models of a project over gRPC in the foreground',
  description:
    'What `ao run up --link grpc` starts, and what the image of the model runs: the Open Inference Protocol v2. Prints one line of JSON when it answers, and logs to stderr.',
  positionals: [],
  options: {
    project: { type: 'string', placeholder: 'FOLDER', summary: 'Folder with ao.toml' },
    address: {
      type: 'string',
      placeholder: 'HOST:PORT',
      summary: 'Address to listen on; port 0: any',
    },
    workers: { type: 'number', placeholder: 'N', summary: 'Workers for each model' },
    'no-sandbox': { type: 'boolean', summary: 'Workers without a sandbox' },
    'with-parent': { type: 'boolean', summary: 'End when stdin does' },
  },
  endsItself: true,
  examples: ['ao serve host --project churn --address 127.0.0.1:50051'],
  async run({ out, env, cwd, signal }, { options }) {
    const read = await readProject(options.project ?? cwd, { env });
    const project = withWorkers(read, options.workers);
    const address = options.address ?? project.link.address;
    const log = openLog(project, 'host');
    const link = openPipe(project, {
      onLine: (line) => log.worker(line),
      isSandboxed: options['no-sandbox'] === true ? false : 'auto',
    });
    const catalog = await openFolderCatalog({
      folder: project.folder,
      models: project.models,
      readHonesty: (manifest) => findHonesty(project.folder, manifest),
    });
    const at = address.lastIndexOf(':');
    const tls = await readTls(project);
    const host = await openGrpcHost({
      link,
      catalog,
      host: address.slice(0, at),
      port: Number(address.slice(at + 1)),
      ...(tls?.cert === undefined || tls.key === undefined
        ? {}
        : {
            tls: { cert: tls.cert, key: tls.key, ...(tls.ca === undefined ? {} : { ca: tls.ca }) },
          }),
    });
    out.raw(toReadyLine({ address: host.address }));
    await untilStopped(signal, options['with-parent'] === true);
    await host.close();
    await link.close();
    catalog.close();
    log.flush();
  },
});

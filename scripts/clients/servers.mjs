/** Real servers of the Open Inference Protocol behind our gateway: MLServer and KServe's Python server. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const script = join(import.meta.dirname, 'python_servers.py');
const START_MS = 60_000;

/** Ports that nobody listens on at this moment. */
async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function untilReady(url) {
  const end = Date.now() + START_MS;
  while (Date.now() < end) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${url} was not ready in time`);
}

/**
 * Lines of `python_servers.py check`. `startGateway` starts `ao serve gateway` in a folder; children that were started
 * are added to `children`. `python` has the clients and KServe, `mlserver` is the folder of an environment with MLServer.
 */
export async function checkServers({ work, python, mlserver, startGateway, children }) {
  const run = (file, args) =>
    execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const start = (file, args, cwd) => {
    const child = spawn(file, args, { cwd, stdio: 'ignore' });
    children.push(child);
    return child;
  };
  const checkOne = async ({ name, version, http, grpc, model, input }) => {
    const direct = `http://127.0.0.1:${http}`;
    await untilReady(`${direct}/v2/models/${model}/ready`);
    const folder = join(work, `behind-${name}`);
    mkdirSync(folder);
    const link = `mode = "grpc"\naddress = "127.0.0.1:${grpc}"\nmodels = ["${model}"]\n`;
    writeFileSync(join(folder, 'ao.toml'), `[project]\nname = "front"\n[link]\n${link}`);
    const { child, address } = await startGateway(folder);
    children.push(child);
    return run(python, [script, 'check', name, version, address, direct, model, input]);
  };
  const [http, grpc, metrics, otherHttp, otherGrpc] = await freePorts(5);
  const folder = join(work, 'mlserver');
  mkdirSync(folder);
  run(join(mlserver, 'bin/python'), [script, 'fit', folder]);
  const ports = { http_port: http, grpc_port: grpc, metrics_port: metrics };
  const settings = { ...ports, host: '127.0.0.1', parallel_workers: 0 };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  start(join(mlserver, 'bin/mlserver'), ['start', '.'], folder);
  start(python, [script, 'kserve', String(otherHttp), String(otherGrpc)], work);
  const versionOf = (file, name) => run(file, [script, 'version', name]).trim();
  const servers = [
    {
      name: 'mlserver',
      version: versionOf(join(mlserver, 'bin/python'), 'mlserver'),
      http,
      grpc,
      model: 'iris',
      input: 'predict',
    },
    {
      name: 'kserve',
      version: versionOf(python, 'kserve'),
      http: otherHttp,
      grpc: otherGrpc,
      model: 'sums',
      input: 'x',
    },
  ];
  let lines = '';
  for (const server of servers) lines += await checkOne(server);
  return lines;
}

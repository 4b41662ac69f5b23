/**
 * `npm run clients`: installs public client libraries of the serving protocols, calls a running service with each, puts
 * real servers of the protocol behind the gateway, and writes what works into docs/serving-clients.md. Needs a network,
 * Python with venv, and Debian's python3-sklearn.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { checkServers } from './clients/servers.mjs';
import { onNode, root } from './lib/setup.mjs';

const node = await onNode(import.meta.filename);
const here = join(root, 'scripts/clients');
const page = join(root, 'docs/serving-clients.md');
const program = join(root, 'packages/coaia/dist/ao.js');

const PYTHON_PACKAGES = [
  'tritonclient[http,grpc]',
  'kserve',
  'mlflow-skinny',
  'vetiver',
  'pandas',
  'grpcio-tools',
];
const SERVER_PACKAGES = ['mlserver', 'mlserver-sklearn'];
const SUITES = [
  'triton_http',
  'triton_grpc',
  'triton_stream',
  'typed',
  'kserve',
  'mlflow',
  'vetiver',
];
const NODE_PACKAGES = ['@grpc/grpc-js', '@grpc/proto-loader'];

const work = mkdtempSync(join(tmpdir(), 'coaia-clients-'));
const env = {
  PATH: process.env.PATH,
  HOME: join(work, 'home'),
  COAIA_OFFLINE: '1',
  AO_LOG_LEVEL: 'error',
};
mkdirSync(env.HOME);

function run(file, args, options = {}) {
  return execFileSync(file, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
}

/** A classifier with numbers and words, and what it says of its rows. */
function fit() {
  run('/usr/bin/python3', [join(here, 'fit.py'), work]);
  return { rows: join(work, 'rows.json'), wanted: join(work, 'wanted.json') };
}

function start(words, cwd = join(work, 'churn')) {
  const child = spawn(node, [program, 'serve', ...words], {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) =>
      resolve({ child, address: JSON.parse(line.replace('ao-ready ', '')).address }),
    );
    child.once('exit', (code) => reject(new Error(`ao serve ${words[0]} ended with ${code}`)));
  });
}

function install() {
  run('python3', ['-m', 'venv', join(work, 'venv')]);
  run(join(work, 'venv/bin/pip'), ['install', '--quiet', ...PYTHON_PACKAGES]);
  // Apart: it wants other versions of what the clients need.
  run('python3', ['-m', 'venv', join(work, 'servers')]);
  run(join(work, 'servers/bin/pip'), ['install', '--quiet', ...SERVER_PACKAGES]);
  const modules = join(work, 'modules');
  mkdirSync(modules);
  writeFileSync(join(modules, 'package.json'), '{"private":true}');
  run('npm', ['install', '--silent', '--ignore-scripts', ...NODE_PACKAGES], { cwd: modules });
  cpSync(join(work, 'churn/model-interface/inference.proto'), join(modules, 'inference.proto'));
  return modules;
}

function render(mark, head, lines) {
  const rows = lines.map(
    ({ client, server, version, call, works, note }) =>
      `| ${client ?? server} | ${version} | ${call} | ${works ? 'works' : 'does not work'} | ${note.replaceAll('|', '/').replaceAll('\n', ' ')} |`,
  );
  const day = new Date().toISOString().slice(0, 10);
  return [
    `<!-- ${mark} -->`,
    `Run on ${day}.`,
    '',
    `| ${head} | Version | Call | Result | Note |`,
    '|---|---|---|---|---|',
    ...rows,
    `<!-- /${mark} -->`,
  ].join('\n');
}

const parse = (text) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

const children = [];
try {
  const { rows, wanted } = fit();
  run(node, [program, 'init', 'churn', '--from', join(work, 'churn.joblib')], { cwd: work, env });
  const gateway = await start(['gateway', '--port', '0']);
  children.push(gateway.child);
  const host = await start(['host', '--address', '127.0.0.1:0']);
  children.push(host.child);
  const modules = install();
  const args = [gateway.address, host.address, 'churn', rows, wanted];
  // One process for each: some of them declare the same protocol and cannot live in one.
  const python = SUITES.map((suite) =>
    run(join(work, 'venv/bin/python'), [join(here, 'python_clients.py'), ...args, suite]),
  ).join('');
  const own = run(node, [join(here, 'node-clients.mjs'), ...args, modules]);
  const clients = parse(`${python}${own}`);
  const servers = parse(
    await checkServers({
      work,
      python: join(work, 'venv/bin/python'),
      mlserver: join(work, 'servers'),
      startGateway: (folder) => start(['gateway', '--port', '0'], folder),
      children,
    }),
  );
  const text = readFileSync(page, 'utf8')
    .replace(/<!-- clients -->[^]*<!-- \/clients -->/, () => render('clients', 'Client', clients))
    .replace(/<!-- servers -->[^]*<!-- \/servers -->/, () => render('servers', 'Server', servers));
  writeFileSync(page, text);
  for (const { client, server, call, works, note } of [...clients, ...servers])
    process.stdout.write(`${works ? 'ok  ' : 'FAIL'} ${client ?? server} ${call} ${note}\n`);
} finally {
  for (const child of children) child.kill('SIGTERM');
  rmSync(work, { recursive: true, force: true });
}

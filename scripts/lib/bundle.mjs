/** Bundles the program: entries, lazy chunks, workers. Returns what was put in, for the notices. */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './setup.mjs';

const program = join(root, 'packages/coaia');

/** Programs users start. */
const programs = { coaia: 'bin/coaia.ts', ao: 'bin/ao.ts' };

/** Threads and helper processes: every `*-worker.ts` is built under its own name, beside the other files. */
function findEntries() {
  const entries = { ...programs };
  for (const file of globSync('src/**/*-worker.ts', { cwd: program })) {
    const name = basename(file, '.ts');
    if (name in entries)
      throw new Error(`two workers are called ${name}; names of workers are unique`);
    entries[name] = file;
  }
  return entries;
}

/** Sources name a worker by `new URL('./scan-worker.ts', import.meta.url)`; built files end in `.js`. */
const builtWorkerNames = {
  name: 'built-worker-names',
  transform(code, id) {
    if (!id.startsWith(program)) return undefined;
    return code.replaceAll(/(['"`]\.\/[a-z-]+-worker)\.ts(['"`],\s*import\.meta\.url)/g, '$1.js$2');
  },
};

/**
 * Files that a command loads anyway, joined: every file costs about half a millisecond of start-up. Nothing
 * breaks when a name here is outdated, a command only starts later (`npm run bench -- cli-start`).
 */
const groups = [
  { name: 'base', test: /coaia\/src\/(?:base|surface)\//, priority: 9 },
  // What only `coaia config` and its like need stays out of every start.
  {
    name: 'config',
    test: /coaia\/src\/config\/(?!(?:json-schema|old-keys|validate)\.ts)/,
    priority: 8,
  },
  { name: 'shell', test: /coaia\/src\/(?:cli\/run|main\/command-tables)\.ts$/, priority: 7 },
  {
    name: 'embedded',
    test: /coaia\/src\/(?:main\/open-workbench|store\/(?:index|open-database|sqlite\/open-sqlite)|observability\/(?:local-api|ingestion\/ingest-batch)|access\/local-scope)\.ts$/,
    priority: 6,
  },
  {
    name: 'terminal',
    test: /observability\/terminal\/(?:send-events|open-api|export-options|trace-fields|json-argument|errors)\.ts$/,
    priority: 5,
  },
];

const BUILTIN =
  /import\s*(?:\{([^}]*)\}|\*\s*as\s+([\w$]+)|([\w$]+))\s*from\s*["'](node:[^"']+)["'];?/g;

/** Functions of builtin modules that take milliseconds to load: the module loads with the first call. */
const late = {
  'node:crypto': ['createHash', 'hash', 'randomBytes', 'randomUUID', 'timingSafeEqual'],
  'node:fs/promises':
    'chmod link lstat mkdir open readFile readdir rename rm stat unlink writeFile'.split(' '),
  'node:timers/promises': ['setImmediate', 'setTimeout'],
};

/** By way of the global object: a library may import `node:process` under the name `process`. */
function toGet(id) {
  return `globalThis.process.getBuiltinModule("${id}")`;
}

function toBuiltin(names, id) {
  const pairs = names.split(',').map((name) => name.trim().split(/\s+as\s+/));
  const get = toGet(id);
  if (!pairs.every(([name]) => late[id]?.includes(name))) {
    return `const {${pairs.map((pair) => pair.join(':')).join(',')}}=${get};`;
  }
  return pairs
    .map(([name, own = name]) => `const ${own}=(...all)=>${get}.${name}(...all);`)
    .join('');
}

/**
 * An `import` of a builtin module reads every export, also the ones that load something (`fs.promises`,
 * `http.WebSocket`). Asking for the module costs less. Not in what an older Node has to read.
 */
const plainBuiltins = {
  name: 'plain-builtins',
  renderChunk(code, chunk) {
    if (chunk.name in programs || chunk.name === 'start') return undefined;
    return code.replaceAll(BUILTIN, (_whole, names, all, main, id) =>
      names === undefined ? `const ${all ?? main}=${toGet(id)};` : toBuiltin(names, id),
    );
  },
};

/** Builds `packages/coaia/dist` and returns the paths of all modules in it. */
export async function bundleProgram(dir) {
  const { build } = await import('rolldown');
  const result = await build({
    cwd: program,
    input: findEntries(),
    platform: 'node',
    external: ['pg-native', '@grpc/proto-loader', /^cloudflare:/],
    plugins: [builtWorkerNames, plainBuiltins],
    optimization: { inlineConst: { mode: 'all' } },
    transform: { target: 'node24' },
    logLevel: 'warn',
    // Warns where one command imports a file at once that another loads later; that is what commands are for.
    checks: { ineffectiveDynamicImport: false },
    write: true,
    output: {
      dir,
      format: 'esm',
      cleanDir: true,
      minify: true,
      comments: false,
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      codeSplitting: { groups },
    },
  });
  return result.output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
}

/** Builds the page into its own `dist` and returns the paths of all modules in it. */
export async function bundlePage() {
  const { build } = await import('vite');
  const result = await build({ root: join(root, 'packages/web'), logLevel: 'warn' });
  const outputs = Array.isArray(result) ? result : [result];
  return outputs.flatMap(({ output }) =>
    output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : [])),
  );
}

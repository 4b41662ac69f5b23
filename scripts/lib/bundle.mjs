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

/** Builds `packages/coaia/dist` and returns the paths of all modules in it. */
export async function bundleProgram(dir) {
  const { build } = await import('rolldown');
  const result = await build({
    cwd: program,
    input: findEntries(),
    platform: 'node',
    external: ['pg-native', /^cloudflare:/],
    plugins: [builtWorkerNames],
    optimization: { inlineConst: { mode: 'all' } },
    transform: { target: 'node24' },
    logLevel: 'warn',
    write: true,
    output: {
      dir,
      format: 'esm',
      cleanDir: true,
      minify: true,
      comments: false,
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
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

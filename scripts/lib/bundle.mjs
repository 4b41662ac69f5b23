/** Bundles the program: entries, lazy chunks, workers. Returns what was put in, for the notices. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { root } from './setup.mjs';

const program = join(root, 'packages/coaia');

/** Programs users start; workers are found by the way sources name them. */
const entries = { coaia: 'bin/coaia.ts', ao: 'bin/ao.ts' };

const WORKER = /new URL\(\s*['"](\.[^'"]+\.ts)['"],\s*import\.meta\.url,?\s*\)/g;

/**
 * Sources name a worker by `new URL('./scan-worker.ts', import.meta.url)`. Each becomes an entry of its own,
 * beside the other chunks, and the address is changed to the built name.
 */
function workers() {
  return {
    name: 'workers',
    transform(code, id) {
      if (!id.startsWith(program) || !code.includes('import.meta.url')) return undefined;
      return code.replaceAll(WORKER, (whole, path) => {
        const file = resolve(dirname(id), path);
        if (!existsSync(file)) return whole;
        const name = `${path.split('/').at(-1).slice(0, -3)}.js`;
        this.emitFile({ type: 'chunk', id: file, fileName: name });
        return `new URL('./${name}', import.meta.url)`;
      });
    },
  };
}

/** Builds `packages/coaia/dist` and returns the paths of all modules in it. */
export async function bundleProgram(dir) {
  const { build } = await import('rolldown');
  const result = await build({
    cwd: program,
    input: entries,
    platform: 'node',
    external: ['pg-native', /^cloudflare:/],
    plugins: [workers()],
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

/** Writes the folders that are published: `packages/coaia/dist` and `packages/client/dist`. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { bundlePage, bundleProgram } from './bundle.mjs';
import { listPackages, renderBillOfMaterials, renderNotices } from './notices.mjs';
import { runQuiet } from './run.mjs';
import { root, toolEnv, toolFile } from './setup.mjs';

function readManifest(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

function writeManifest(folder, manifest) {
  writeFileSync(join(root, folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

const COMPRESSED = /\.(?:html|js|css|svg|json|webmanifest|txt)$/;

/** Copies the page beside the program, with the compressed forms that the server sends. */
function addPage(folder) {
  cpSync(join(root, 'packages/web/dist'), folder, { recursive: true });
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = join(folder, name);
    if (!COMPRESSED.test(name) || statSync(file).size <= 512) continue;
    const bytes = readFileSync(file);
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** The engine of the sandbox is a file that the bundle reads; beside it, nothing needs installing. */
function addSandboxEngine(dist) {
  const find = createRequire(join(root, 'packages/coaia/package.json'));
  const file = find.resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
  copyFileSync(file, join(dist, 'quickjs.wasm'));
}

/** Programs in other languages and interface files, under their own names beside the bundle that reads them. */
function addSources(dist) {
  const names = new Set();
  const found = globSync('src/serving/**/*.{py,R,proto}', {
    cwd: join(root, 'packages/coaia'),
    exclude: (path) => /(?:^|\/)testing(?:\/|$)/.test(path),
  });
  for (const file of found) {
    const name = basename(file);
    if (names.has(name)) throw new Error(`two files are called ${name}; their names are unique`);
    names.add(name);
    copyFileSync(join(root, 'packages/coaia', file), join(dist, name));
  }
}

/** Large engines in WebAssembly are kept compressed and unpacked when they are used. */
function addEngines(dist) {
  const find = createRequire(join(root, 'packages/coaia/package.json'));
  const files = {
    'onnxruntime.wasm.br': join(
      find.resolve('onnxruntime-web/wasm'),
      '../ort-wasm-simd-threaded.wasm',
    ),
    'ruff.wasm.br': join(find.resolve('@astral-sh/ruff-wasm-nodejs'), '../ruff_wasm_bg.wasm'),
  };
  for (const [name, file] of Object.entries(files)) {
    const bytes = readFileSync(file);
    const kept = join(
      root,
      'node_modules/.coaia',
      `${createHash('sha256').update(bytes).digest('hex')}.br`,
    );
    if (!existsSync(kept)) {
      mkdirSync(join(kept, '..'), { recursive: true });
      // Quality 9 takes a second and is within a few per cent of 11, which takes a minute.
      const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 };
      writeFileSync(kept, brotliCompressSync(bytes, { params }));
    }
    copyFileSync(kept, join(dist, name));
  }
}

/** The page first, then the program with a copy of the page beside it. Nothing in the result needs installing. */
export async function buildProgram() {
  const dist = join(root, 'packages/coaia/dist');
  const hasPage = existsSync(join(root, 'packages/web/index.html'));
  const page = hasPage ? await bundlePage() : [];
  const modules = await bundleProgram(dist);
  if (hasPage) addPage(join(dist, 'web'));
  addSandboxEngine(dist);
  addSources(dist);
  addEngines(dist);
  const { name, version, description, license, type } = readManifest('packages/coaia');
  writeManifest('packages/coaia/dist', {
    name,
    version,
    description,
    license,
    type,
    engines: { node: '>=24' },
    bin: { coaia: 'coaia.js', ao: 'ao.js' },
    exports: { './package.json': './package.json' },
  });
  const inside = listPackages([...modules, ...page], root);
  writeFileSync(join(dist, 'THIRD-PARTY-NOTICES'), renderNotices(inside));
  writeFileSync(join(dist, 'sbom.cdx.json'), renderBillOfMaterials(inside, { name, version }));
  for (const file of ['LICENSE', 'README.md']) {
    if (existsSync(join(root, file))) copyFileSync(join(root, file), join(dist, file));
  }
  for (const file of ['coaia.js', 'ao.js']) chmodSync(join(dist, file), 0o755);
}

/** Plain JavaScript with declarations, one file per source. */
export async function buildClient(node) {
  const dist = join(root, 'packages/client/dist');
  rmSync(dist, { recursive: true, force: true });
  const result = await runQuiet(
    node,
    [toolFile('tsc'), '-p', 'packages/client/tsconfig.build.json'],
    { env: toolEnv(node) },
  );
  if (result.code !== 0) throw new Error(`tsc refused packages/client:\n${result.output}`);
  const { name, version, description, license, type } = readManifest('packages/client');
  writeManifest('packages/client/dist', {
    name,
    version,
    description,
    license,
    type,
    engines: { node: '>=20' },
    sideEffects: false,
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './package.json': './package.json',
    },
  });
  const readme = join(root, 'packages/client/README.md');
  if (existsSync(readme)) copyFileSync(readme, join(dist, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(dist, 'LICENSE'));
  const lint = await runQuiet(node, [toolFile('publint'), 'run', dist, '--strict'], {
    env: toolEnv(node),
  });
  if (lint.code !== 0) throw new Error(`publint refused packages/client/dist:\n${lint.output}`);
}

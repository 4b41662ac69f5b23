/** ruff in WebAssembly: Python is linted and formatted without anything of Python installed. */
import type { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';

/** The part of the engine that is used. */
export interface RuffEngine {
  readonly Workspace: typeof Workspace;
  readonly PositionEncoding: typeof PositionEncoding;
}

const ENGINE = 'ruff_wasm_bg.wasm';
const PACKED = './ruff.wasm.br';

let loaded: Promise<RuffEngine> | undefined;

/** Loaded once per process: about 100 ms, and 40 ms more to unpack it in the built program. */
export function loadRuffEngine(): Promise<RuffEngine> {
  loaded ??= import.meta.url.endsWith('.ts')
    ? import('@astral-sh/ruff-wasm-nodejs')
    : withPackedEngine(() => import('@astral-sh/ruff-wasm-nodejs'));
  return loaded;
}

/**
 * The package reads its engine by path while it loads, from the folder it was installed in. In the built program
 * that folder is gone and the engine lies compressed beside the bundle, so this one read is answered from there.
 */
async function withPackedEngine(load: () => Promise<RuffEngine>): Promise<RuffEngine> {
  const fs = process.getBuiltinModule('node:fs');
  const { brotliDecompressSync } = process.getBuiltinModule('node:zlib');
  const read = fs.readFileSync;
  const scope = globalThis as { __dirname?: string };
  fs.readFileSync = ((...all: Parameters<typeof read>) =>
    String(all[0]).endsWith(ENGINE)
      ? brotliDecompressSync(read(new URL(PACKED, import.meta.url)))
      : read(...all)) as typeof read;
  scope.__dirname = '.';
  try {
    return await load();
  } finally {
    fs.readFileSync = read;
    delete scope.__dirname;
  }
}

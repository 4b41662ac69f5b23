/** The engine of ONNX: the user's own onnxruntime-node where the project has it, else WebAssembly that comes with us. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';

/** The part of both engines that is used. */
export interface OnnxEngine {
  readonly InferenceSession: { create(model: Uint8Array): Promise<InferenceSession> };
  readonly Tensor: typeof Tensor;
  /** True when models run in WebAssembly, where they can reach nothing. */
  readonly isBoxed: boolean;
}

const PACKED = './onnxruntime.wasm.br';

/** `folder` is where the search for onnxruntime-node begins: the version's own, inside the user's project. */
export async function loadOnnxEngine(folder: string): Promise<OnnxEngine> {
  const native = await loadNative(folder);
  if (native !== undefined) return { ...native, isBoxed: false };
  const { env, InferenceSession: Session, Tensor: Made } = await import('onnxruntime-web/wasm');
  env.wasm.numThreads = 1;
  env.logLevel = 'error';
  if (!import.meta.url.endsWith('.ts')) env.wasm.wasmBinary = unpack();
  return { InferenceSession: Session, Tensor: Made, isBoxed: true };
}

/** In the built program the engine lies compressed beside the bundle; about 40 ms. */
function unpack(): Uint8Array {
  const { readFileSync } = process.getBuiltinModule('node:fs');
  const { brotliDecompressSync } = process.getBuiltinModule('node:zlib');
  return brotliDecompressSync(readFileSync(new URL(PACKED, import.meta.url)));
}

async function loadNative(folder: string): Promise<Omit<OnnxEngine, 'isBoxed'> | undefined> {
  try {
    const file = createRequire(join(folder, 'package.json')).resolve('onnxruntime-node');
    const { default: engine } = (await import(file)) as { default: Omit<OnnxEngine, 'isBoxed'> };
    return { InferenceSession: engine.InferenceSession, Tensor: engine.Tensor };
  } catch {
    // Not installed, or not for this machine: the other one is always here.
    return undefined;
  }
}

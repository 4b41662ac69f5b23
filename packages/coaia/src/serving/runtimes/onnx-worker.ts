/** Entry of the thread in which one ONNX model runs: speaks as the workers of Python and R do, in messages. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Frame } from '../tensors/frame.ts';
import type { Batch } from '../tensors/tensor.ts';
import { openOnnxModel } from './onnx-model.ts';
import type { OnnxModel } from './onnx-model.ts';

export interface OnnxTask {
  readonly path: string;
  /** Where onnxruntime-node is looked for. */
  readonly folder: string;
}

const { path, folder } = workerData as OnnxTask;
let model: OnnxModel | undefined;

parentPort?.on('message', (batch: Batch | null) => {
  void answer(batch).then((frame) => parentPort?.postMessage(frame));
});

/** Null loads the model. */
async function answer(batch: Batch | null): Promise<Frame> {
  const begin = performance.now();
  try {
    model ??= await openOnnxModel(path, folder);
    const tensors = batch === null ? [] : await model.run(batch);
    const ms = performance.now() - begin;
    const ready = { op: 'ready', platform: 'onnx_onnxruntime', isBoxed: model.isBoxed };
    return { head: batch === null ? ready : { op: 'done', ms, warnings: [] }, tensors };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const kind = model === undefined ? 'artifact' : 'model';
    return { head: { op: 'failed', kind, message }, tensors: [] };
  }
}

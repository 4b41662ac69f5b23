/** A worker of ONNX: a thread of this process, so that a large model holds up nobody. */
import type { Frame } from '../tensors/frame.ts';
import type { OnnxTask } from './onnx-worker.ts';
import { WorkerLostError } from './worker-process.ts';
import type { Worker } from './worker-process.ts';

/** An ONNX file says nothing of how its answers come about. */
const UNEXPLAINED: Frame = { head: { op: 'failed', kind: 'explain' }, tensors: [] };

/** Starts a thread; the first call loads the model. */
export function startOnnxThread(task: OnnxTask): Worker {
  const { Worker: Made } = process.getBuiltinModule('node:worker_threads');
  const thread = new Made(new URL('./onnx-worker.ts', import.meta.url), {
    workerData: task,
    env: {},
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const state = {
    pending: undefined as PromiseWithResolvers<Frame> | undefined,
    lost: undefined as WorkerLostError | undefined,
    isEnding: false,
    isBoxed: true,
    reason: 'ended',
  };
  const settle = () => {
    const { pending } = state;
    state.pending = undefined;
    return pending;
  };
  thread.on('message', (frame: Frame) => {
    state.isBoxed &&= frame.head['isBoxed'] !== false;
    settle()?.resolve(frame);
  });
  thread.on('error', ({ message }: Error) => (state.reason = `failed: ${message}`));
  const ended = new Promise<WorkerLostError>((resolve) => {
    thread.once('exit', () => {
      state.lost = new WorkerLostError(state.reason);
      settle()?.reject(state.lost);
      resolve(state.lost);
    });
  });
  const kill = () => {
    state.isEnding = true;
    void thread.terminate();
  };
  return {
    residentBytes: () => undefined,
    get isSandboxed() {
      return state.isBoxed;
    },
    lastWords: () => '',
    call: (head, columns) => {
      if (state.lost !== undefined) return Promise.reject(state.lost);
      if ('op' in head && head.op === 'explain') return Promise.resolve(UNEXPLAINED);
      state.pending = Promise.withResolvers();
      thread.postMessage('rows' in head ? { rows: head.rows, columns } : null);
      return state.pending.promise;
    },
    ended,
    isOver: () => state.isEnding || state.lost !== undefined,
    wasEnded: () => state.isEnding,
    setRequest: () => undefined,
    kill,
    close: async () => {
      kill();
      await ended;
    },
  };
}

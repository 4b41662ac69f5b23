/** Loads a version: workers of Python or R, or ONNX in this process. */
import type { VersionManifest } from '../versions/version.ts';
import type { Runtime, WorkerLine } from './runtime.ts';
import { openWorkerRuntime } from './worker-runtime.ts';

export interface RuntimeOptions {
  readonly onLine: (line: WorkerLine) => void;
  /** `true`: only inside bubblewrap; `auto`: inside it where it works; `false`: as plain processes. */
  readonly isSandboxed: boolean | 'auto';
  /** Path of Python or Rscript on this machine; default: the one of the manifest. */
  readonly interpreter?: string;
  /** Names and values of the environment that the user's code sees; default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Address space of one worker in bytes; default: half of the machine's memory, at least 4 GiB. */
  readonly memoryBytes?: number;
  /** Path of bwrap; default: where the system has it. */
  readonly bubblewrap?: string;
}

/**
 * Workers start at once where the manifest says `preload`, otherwise with the first call. Nothing fails here: `ready()`
 * fails with AO640 to AO645.
 */
export function openRuntime(
  manifest: VersionManifest,
  folder: string,
  options: RuntimeOptions,
): Runtime {
  return openWorkerRuntime(manifest, folder, options);
}

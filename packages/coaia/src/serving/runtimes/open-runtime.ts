/** Loads a version: workers of Python or R, or ONNX in threads of this process. */
import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { Frame } from '../tensors/frame.ts';
import type { VersionManifest } from '../versions/version.ts';
import {
  isFailed,
  nameOf,
  readExplains,
  readPlatform,
  readWarnings,
  toLoadFailure,
} from './answers.ts';
import { runtimeFailures } from './errors.ts';
import type { Launch } from './launch.ts';
import { startOnnxThread } from './onnx-thread.ts';
import { openPool } from './pool.ts';
import type { Runtime, RuntimeInfo, WorkerLine } from './runtime.ts';
import { toInfo } from './runtime-info.ts';
import { toLevel } from './worker-lines.ts';
import { startWorker } from './worker-process.ts';
import type { PrintedLine, Worker } from './worker-process.ts';

const MIN_MEMORY = 4 * 1024 * 1024 * 1024;
/** Longest that a model may take to load, in milliseconds. */
const LOAD_MS = 120_000;

export interface RuntimeOptions {
  readonly onLine: (line: WorkerLine) => void;
  /** `true`: only inside bubblewrap; `auto`: inside it where it works; `false`: as plain processes. */
  readonly isSandboxed: boolean | 'auto';
  /** Path of Python or Rscript on this machine; default: the one of the manifest. */
  readonly interpreter?: string;
  /** Names and values of the environment that the user's code sees; they are hidden in its log. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Address space of one worker in bytes; default: half of the machine's memory, at least 4 GiB. */
  readonly memoryBytes?: number;
  /** Milliseconds without a new worker after five were lost in a row; default 30 seconds. */
  readonly restMs?: number;
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
  const { isSandboxed, bubblewrap, env = {}, restMs } = options;
  const rest = restMs === undefined ? {} : { restMs };
  const memoryBytes = options.memoryBytes ?? Math.max(MIN_MEMORY, totalmem() / 2);
  const interpreter =
    options.interpreter ?? manifest.interpreter?.path ?? DEFAULTS[manifest.language];
  const launch: Launch = {
    manifest,
    folder,
    interpreter,
    isSandboxed,
    bubblewrap,
    env,
    memoryBytes,
  };
  const known: Known = { platform: manifest.platform, explains: undefined, isPlainTold: false };
  const onLine = (line: Omit<WorkerLine, 'model' | 'version'>) =>
    options.onLine({ ...line, model: manifest.model, version: String(manifest.version) });
  const onPrint = ({ text, isError, requestId }: PrintedLine) =>
    onLine({
      level: isError ? toLevel(text) : 'info',
      text,
      ...(requestId === undefined ? {} : { requestId }),
    });
  const start = async (signal: AbortSignal) => {
    const worker = await startAny(launch, onPrint);
    signal.addEventListener('abort', worker.kill, { once: true });
    if (signal.aborted) worker.kill();
    try {
      const ready = await load(worker, launch, (text) => onLine({ level: 'warn', text }));
      known.platform = readPlatform(ready) ?? manifest.language;
      known.explains = readExplains(ready);
      if (worker.whyPlain !== undefined && !known.isPlainTold) {
        known.isPlainTold = true;
        onLine({ level: 'warn', text: `The model runs without a sandbox: ${worker.whyPlain}` });
      }
      return worker;
    } finally {
      signal.removeEventListener('abort', worker.kill);
    }
  };
  return {
    get info() {
      const { platform, explains } = known;
      return { ...toInfo(manifest, platform), ...(explains === undefined ? {} : { explains }) };
    },
    ...openPool({ manifest, memoryBytes, onLine, start, ...rest }),
  };
}

interface Known {
  platform: string;
  explains: RuntimeInfo['explains'];
  isPlainTold: boolean;
}

const DEFAULTS = {
  python: '/usr/bin/python3',
  r: '/usr/bin/Rscript',
  onnx: 'onnxruntime',
} as const;

async function startAny(launch: Launch, onPrint: (line: PrintedLine) => void): Promise<Worker> {
  const { manifest, folder } = launch;
  if (manifest.language !== 'onnx') return startWorker(launch, onPrint);
  return startOnnxThread({ path: join(folder, manifest.artifact ?? ''), folder });
}

/** Loads the model; what the library warns of (versions that differ) is passed on. */
async function load(
  worker: Worker,
  { manifest, folder, interpreter }: Launch,
  onWarning: (text: string) => void,
): Promise<Frame> {
  const { artifact, entry, style, signature } = manifest;
  const head = {
    op: 'load',
    style,
    inputs: signature.inputs.map((field) => ({
      name: field.name,
      type: field.type,
      datatype: field.datatype,
      levels: field.levels,
      // Without a default of the signature's own, the one of the function counts.
      isOptional: !field.required && (field.default ?? null) === null,
    })),
    outputs: signature.outputs.map(({ name, datatype }) => ({ name, datatype })),
    ...(artifact === undefined ? {} : { artifact: join(folder, artifact) }),
    ...(entry === undefined ? {} : { code: join(folder, entry.file), entry: entry.name }),
  };
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    worker.kill();
  }, LOAD_MS);
  try {
    const frame = await worker.call(head);
    if (isFailed(frame)) throw toLoadFailure(frame, manifest, interpreter);
    for (const text of readWarnings(frame)) onWarning(text);
    return frame;
  } catch (error) {
    if (!worker.isOver()) {
      worker.kill();
      await worker.ended;
      throw error;
    }
    const lost = await worker.ended;
    const said = worker.lastWords();
    const how = isLate ? `worked for ${LOAD_MS / 1000} seconds` : lost.message;
    const text = `${interpreter} ${how} before ${nameOf(manifest)} was loaded${said === '' ? '.' : `: ${said}`}`;
    throw runtimeFailures.create('AO640', text, { hint: 'ao config', cause: error });
  } finally {
    clearTimeout(timer);
  }
}

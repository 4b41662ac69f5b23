/** One worker: a process of Python or R that has a model loaded and answers one batch at a time. */
import { readFileSync } from 'node:fs';
import { createFrameReader, encodeFrame } from '../tensors/frame.ts';
import type { Frame } from '../tensors/frame.ts';
import type { Tensor } from '../tensors/tensor.ts';
import { launch } from './launch.ts';
import { hideInFrame, toHide } from './hide-secrets.ts';
import type { Hide } from './hide-secrets.ts';
import type { Launch, Launched } from './launch.ts';
import { openPipe } from './pipe.ts';
import type { Pipe } from './pipe.ts';
import { readLines } from './worker-lines.ts';

export interface Worker {
  /** Memory of the process and its children; undefined where the system does not say. */
  readonly residentBytes: () => number | undefined;
  readonly isSandboxed: boolean;
  /** Why it runs as a plain process although a box was wanted. */
  readonly whyPlain?: string;
  /** The last lines of stderr. */
  readonly lastWords: () => string;
  /** Sends one frame and waits for the answer. Rejects with WorkerLostError when the process ends before. */
  call(head: object, tensors?: readonly Tensor[]): Promise<Frame>;
  /** Resolves when the process is gone and everything it printed was read. */
  readonly ended: Promise<WorkerLostError>;
  /** True once the process is gone or was told to end. */
  readonly isOver: () => boolean;
  /** True when it was ended by us. */
  readonly wasEnded: () => boolean;
  /** Whose rows are under way, for the lines it prints. */
  setRequest(id: string | undefined): void;
  /** Ends it at once, with everything it started. */
  readonly kill: () => void;
  /** Lets it end by itself; kills it after `END_MS`. */
  close(): Promise<void>;
}

/** Why a process is gone. */
export class WorkerLostError extends Error {
  override readonly name = 'WorkerLostError';
}

const END_MS = 1000;
/** How long what a process printed before its end may take to be read. */
const LAST_WORDS_MS = 200;

/** A line of stdout or stderr, and whose rows were under way. */
export interface PrintedLine {
  readonly text: string;
  readonly isError: boolean;
  readonly requestId: string | undefined;
}

interface State {
  pending: { resolve: (frame: Frame) => void; reject: (error: Error) => void } | undefined;
  lost: WorkerLostError | undefined;
  isEnding: boolean;
  words: string[];
  requestId: string | undefined;
}

/** Starts a process and returns at once; the first call has to be the one that loads the model. */
export async function startWorker(
  options: Launch,
  onText: (line: PrintedLine) => void,
): Promise<Worker> {
  const pipe = await openPipe();
  const launched = await launch(options, pipe).catch(async (error: unknown) => {
    await pipe.close();
    throw error;
  });
  const state: State = {
    pending: undefined,
    lost: undefined,
    isEnding: false,
    words: [],
    requestId: undefined,
  };
  const { child } = launched;
  const hide = toHide(options.env);
  const print = (text: string, isError: boolean) =>
    onText({ text: hide?.(text) ?? text, isError, requestId: state.requestId });
  readLines(child.stdout, (text) => print(text, false));
  readLines(child.stderr, (text) => {
    state.words = [...state.words.slice(-9), hide?.(text) ?? text];
    print(text, true);
  });
  const kill = () => {
    state.isEnding = true;
    killGroup(child.pid);
  };
  listen(pipe, state, { kill, hide });
  return toWorker({ launched, pipe, state, kill, ended: watch(launched, pipe, state) });
}

interface Parts {
  readonly launched: Launched;
  readonly pipe: Pipe;
  readonly state: State;
  readonly kill: () => void;
  readonly ended: Promise<WorkerLostError>;
}

function toWorker({ launched, pipe, state, kill, ended }: Parts): Worker {
  return {
    residentBytes: () => readResident(launched.child.pid ?? 0),
    isSandboxed: launched.isSandboxed,
    ...(launched.whyPlain === undefined ? {} : { whyPlain: launched.whyPlain }),
    lastWords: () => state.words.join('\n'),
    call: (head, tensors) =>
      new Promise((resolve, reject) => {
        if (state.lost !== undefined) {
          reject(state.lost);
          return;
        }
        state.pending = { resolve, reject };
        pipe.write(encodeFrame(head, tensors));
      }),
    ended,
    wasEnded: () => state.isEnding,
    setRequest: (id) => {
      state.requestId = id;
    },
    isOver: () => state.isEnding || state.lost !== undefined,
    kill,
    close: async () => {
      state.isEnding = true;
      // It reads the end of its requests and goes.
      await pipe.close();
      const timer = setTimeout(kill, END_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Bytes that are no frame end the worker: nothing after them could be understood. */
function listen(
  pipe: Pipe,
  state: State,
  { kill, hide }: { readonly kill: () => void; readonly hide: Hide | undefined },
): void {
  const settle = () => {
    const { pending } = state;
    state.pending = undefined;
    return pending;
  };
  let isOpen = false;
  const read = createFrameReader((frame) => {
    if (!isOpen) void pipe.unlink();
    isOpen = true;
    settle()?.resolve(hide === undefined ? frame : hideInFrame(frame, hide));
  });
  pipe.onData((chunk) => {
    if (state.isEnding) return;
    try {
      read(chunk);
    } catch (error) {
      settle()?.reject(error instanceof Error ? error : new Error(String(error)));
      kill();
    }
  });
}

function watch({ child }: Launched, pipe: Pipe, state: State): Promise<WorkerLostError> {
  return new Promise((resolve) => {
    const finish = (reason: string) => {
      if (state.lost !== undefined) return;
      state.lost = new WorkerLostError(reason);
      state.pending?.reject(state.lost);
      state.pending = undefined;
      killGroup(child.pid);
      const { lost } = state;
      void pipe.close().then(() => resolve(lost));
    };
    child.once('error', (error) => finish(`could not be started: ${error.message}`));
    child.once('close', (code, signal) => finish(toReason(code, signal)));
    child.once('exit', (code, signal) => {
      // What it started may still hold its streams open.
      killGroup(child.pid);
      setTimeout(() => finish(toReason(code, signal)), LAST_WORDS_MS);
    });
  });
}

/** bubblewrap reports a signal inside as 128 and its number. */
function toReason(code: number | null, signal: string | null): string {
  const isKilled = signal === 'SIGKILL' || code === 137;
  if (isKilled) return 'was killed, as the system does when memory runs out';
  return signal === null ? `ended with exit code ${code}` : `ended by ${signal}`;
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

const PAGE = 4096;

/** Resident bytes of a process and its children; undefined where there is no /proc. */
function readResident(pid: number): number | undefined {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const rest = children.filter((one) => one !== '').map((one) => readResident(Number(one)) ?? 0);
    return rest.reduce((sum, bytes) => sum + bytes, pages * PAGE);
  } catch {
    return undefined;
  }
}

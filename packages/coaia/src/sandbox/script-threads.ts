/** Threads for scripts: started when needed, given up after a run that was cut off and after a minute without work. */
import type { Worker } from 'node:worker_threads';
import type { EngineAnswer } from './script-engine.ts';
import type { ScriptTask } from './script-worker.ts';

const MAX_THREADS = 2;
const IDLE_MS = 60_000;
/** How long a thread may be late before it is ended from outside: starting an engine on a busy machine takes a while. */
const GRACE_MS = 5000;

interface Job {
  readonly task: ScriptTask;
  readonly resolve: (answer: EngineAnswer) => void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | undefined;
  timer: NodeJS.Timeout | undefined;
}

const threads = new Set<Thread>();
const waiting: Job[] = [];

/** Runs one task when a thread is free. Always answers. */
export function runInThread(task: ScriptTask): Promise<EngineAnswer> {
  return new Promise((resolve) => {
    waiting.push({ task, resolve });
    assign();
  });
}

/** Ends the threads; what they were doing counts as timed out. */
export async function closeThreads(): Promise<void> {
  const all = [...threads];
  await Promise.all(all.map((thread) => drop(thread, LATE)));
}

const LATE: EngineAnswer = { kind: 'timeout', message: 'The time is used up.' };
const LOST: EngineAnswer = { kind: 'limit', message: 'The memory of the sandbox is used up.' };

function assign(): void {
  while (waiting.length > 0) {
    const thread = findFree();
    const job = thread === undefined ? undefined : waiting.shift();
    if (thread === undefined || job === undefined) return;
    clearTimeout(thread.timer);
    thread.job = job;
    thread.worker.ref();
    thread.timer = setTimeout(() => void drop(thread, LATE), job.task.timeoutMs + GRACE_MS);
    thread.worker.postMessage(job.task);
  }
}

function findFree(): Thread | undefined {
  for (const thread of threads) if (thread.job === undefined) return thread;
  return threads.size < MAX_THREADS ? start() : undefined;
}

function start(): Thread {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const { Worker: Made } = process.getBuiltinModule('node:worker_threads');
  const worker = new Made(new URL(`./script-worker.${ending}`, import.meta.url), {
    // Neither settings nor keys of this process are anybody's business in there.
    env: {},
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 },
    stdin: false,
  });
  worker.unref();
  const thread: Thread = { worker, job: undefined, timer: undefined };
  threads.add(thread);
  worker.on('message', (answer: EngineAnswer) => finish(thread, answer));
  worker.on('error', () => void drop(thread, LOST));
  worker.on('exit', () => void drop(thread, LOST));
  return thread;
}

function finish(thread: Thread, answer: EngineAnswer): void {
  const { job } = thread;
  // A run that reached a limit leaves a full memory behind, so its thread goes with it.
  if (answer.kind === 'limit' || answer.kind === 'timeout') {
    void drop(thread, answer);
    return;
  }
  clearTimeout(thread.timer);
  thread.job = undefined;
  thread.worker.unref();
  thread.timer = setTimeout(() => void drop(thread, LATE), IDLE_MS);
  thread.timer.unref();
  job?.resolve(answer);
  assign();
}

async function drop(thread: Thread, answer: EngineAnswer): Promise<void> {
  if (!threads.delete(thread)) return;
  clearTimeout(thread.timer);
  thread.worker.removeAllListeners('exit');
  thread.job?.resolve(answer);
  await thread.worker.terminate();
  assign();
}

/** One process with everything it starts: bounded in time and output, killed as a whole. */
import type { ChildProcess } from 'node:child_process';

export interface GroupRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly input: string;
  readonly timeoutMs: number;
  readonly maxOutput: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Ends it like running out of time. */
  readonly signal?: AbortSignal | undefined;
}

export interface GroupResult {
  /** `ended` by itself, `late` and `flooded` by us. */
  readonly kind: 'ended' | 'late' | 'flooded';
  /** Exit code; 128 plus the number of a signal it died of; 127 when it could not be started. */
  readonly code: number;
  readonly output: string;
  /** The last 8 KB of stderr. */
  readonly errors: string;
}

const MAX_ERRORS = 8192;

/** Never rejects: what happens to the process is the result. */
export function runGroup(run: GroupRun): Promise<GroupResult> {
  return new Promise((resolve) => {
    const { program, args, input, timeoutMs, maxOutput, uid, gid, signal: caller } = run;
    const child = process.getBuiltinModule('node:child_process').spawn(program, [...args], {
      env: {},
      cwd: '/',
      // A group of its own, so that one signal reaches all of it.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    });
    const state = { kind: 'ended' as GroupResult['kind'], size: 0, errors: '' };
    const chunks: Buffer[] = [];
    const stop = (kind: GroupResult['kind']) => {
      state.kind = kind;
      killGroup(child);
    };
    const timer = setTimeout(() => stop('late'), timeoutMs);
    const onAbort = () => stop('late');
    if (caller?.aborted === true) onAbort();
    caller?.addEventListener('abort', onAbort, { once: true });
    const finish = (code: number) => {
      clearTimeout(timer);
      caller?.removeEventListener('abort', onAbort);
      killGroup(child);
      const output = state.kind === 'flooded' ? '' : Buffer.concat(chunks).toString('utf8');
      resolve({ kind: state.kind, code, output, errors: state.errors });
    };
    child.stdout.on('data', (chunk: Buffer) => {
      state.size += chunk.length;
      if (state.size > maxOutput) stop('flooded');
      else chunks.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      state.errors = (state.errors + chunk.toString('utf8')).slice(-MAX_ERRORS);
    });
    child.once('error', (error) => {
      state.errors = error.message;
      finish(127);
    });
    child.once('close', (code, signal) => finish(code ?? (signal === null ? 127 : 128)));
    // A process that ends before it has read everything is no failure of ours.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

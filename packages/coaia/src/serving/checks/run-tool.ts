/** Runs a program of the user's machine for a check: bounded in time and output, ended with everything it started. */
import { spawn } from 'node:child_process';

export interface ToolRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface ToolResult {
  /** `absent`: there is no such program. */
  readonly kind: 'ended' | 'late' | 'absent';
  /** Exit code; 128 when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Last bytes of each stream that are kept. */
const KEPT = 4 * 1024 * 1024;

/** Never rejects but for Ctrl-C: what happens to the program is the result. */
export async function runTool(run: ToolRun): Promise<ToolResult> {
  run.signal.throwIfAborted();
  const child = spawn(run.program, [...run.args], {
    cwd: run.cwd,
    env: run.env,
    // A group of its own, so that one signal reaches all of it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const state = { kind: 'ended' as ToolResult['kind'], stdout: '', stderr: '' };
  const end = () => killGroup(child.pid);
  const timer = setTimeout(() => {
    state.kind = 'late';
    end();
  }, run.timeoutMs);
  run.signal.addEventListener('abort', end, { once: true });
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      state[name] = (state[name] + text).slice(-KEPT);
    });
  }
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => {
      state.kind = 'absent';
      resolve(127);
    });
    child.once('close', (exit) => resolve(exit ?? 128));
  });
  clearTimeout(timer);
  run.signal.removeEventListener('abort', end);
  end();
  run.signal.throwIfAborted();
  return { ...state, code };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

/** The last lines of what a program said, for a sentence. */
export function toLastLines({ stdout, stderr }: ToolResult, count = 3): string {
  const lines = `${stdout}\n${stderr}`
    .split('\n')
    .map((line) => line.trim().replaceAll(/^[=!_*-]{3,}\s*|\s*[=!_*-]{3,}$/g, ''))
    .filter((line) => line !== '');
  return lines.slice(-count).join(' | ').slice(0, 400);
}

/** Runs tasks: each command once, in order, until the first failure. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '#base';
import { projectFailures } from '../../projects/errors.ts';
import type { Project, Task } from '../../projects/project.ts';
import { planTasks } from './plan-tasks.ts';
import { splitCommand } from './split-command.ts';

export interface TaskRun {
  readonly project: Pick<Project, 'folder' | 'tasks'>;
  readonly name: string;
  /** Added to the last command of the named task. */
  readonly rest: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Told before each command. */
  readonly onCommand: (task: string, words: readonly string[]) => void;
}

/** Exit code of the command that failed, or 0. AO109 and AO111 before anything ran, AO112 for what cannot run. */
export async function runTasks(run: TaskRun): Promise<number> {
  const plan = planTasks(run.project.tasks, run.name).map((task) => ({
    task,
    commands: task.commands.map((command, index) => {
      const isLast = task.name === run.name && index === task.commands.length - 1;
      return [...splitCommand(command), ...(isLast ? run.rest : [])];
    }),
  }));
  for (const { task, commands } of plan) {
    const late = task.timeoutMs === undefined ? undefined : AbortSignal.timeout(task.timeoutMs);
    for (const words of commands) {
      run.onCommand(task.name, words);
      const code = await runCommand(run, { task, words, late });
      if (code !== 0) return code;
      // A command may end well after Ctrl-C; the next one is not wanted any more.
      if (run.signal.aborted) return EXIT.interrupted;
    }
  }
  return 0;
}

interface CommandRun {
  readonly task: Task;
  readonly words: readonly string[];
  readonly late: AbortSignal | undefined;
}

function runCommand(run: TaskRun, { task, words, late }: CommandRun): Promise<number> {
  const { folder } = run.project;
  const [program = '', ...args] = words;
  const refuse = (reason: string, cause?: unknown) =>
    projectFailures.create('AO112', `The task \`${task.name}\`: ${reason}.`, { cause });
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: task.cwd === undefined ? folder : join(folder, task.cwd),
      env: { ...run.env, ...task.env },
      stdio: 'inherit',
      // A group of its own when it may have to be ended with everything it started.
      detached: late !== undefined && process.platform !== 'win32',
    });
    const kill = (signal: NodeJS.Signals) => {
      if (late === undefined || child.pid === undefined) child.kill(signal);
      else process.kill(-child.pid, signal);
    };
    const onLate = () => kill('SIGKILL');
    const onStop = () => kill('SIGTERM');
    late?.addEventListener('abort', onLate, { once: true });
    run.signal.addEventListener('abort', onStop, { once: true });
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        refuse(
          error.code === 'ENOENT'
            ? `\`${program}\` is not on PATH here`
            : `\`${program}\` cannot be started (${error.code ?? error.message})`,
          error,
        ),
      ),
    );
    child.once('close', (code, signal) => {
      late?.removeEventListener('abort', onLate);
      run.signal.removeEventListener('abort', onStop);
      if (late?.aborted === true)
        reject(
          refuse(`\`${words.join(' ')}\` did not end within ${(task.timeoutMs ?? 0) / 1000} s`),
        );
      else resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

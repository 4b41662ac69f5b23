/** A built-in command gives way to a task of the project with its name. */
import { readProject } from '../../projects/read-project.ts';
import type { Project } from '../../projects/project.ts';
import type { CommandContext } from '#surface';
import { toShellWord } from '../call/shell-word.ts';
import { runningFailures } from '../errors.ts';
import { runTasks } from './run-tasks.ts';

/** Built-in commands that use the words after --. */
const TAKES_REST: ReadonlySet<string> = new Set(['test', 'call']);

type Context = CommandContext<unknown>;

/** Runs the named task of the project and returns its exit code. */
export function runOwnTask(
  { env, signal, out }: Context,
  project: Project,
  name: string,
  rest: readonly string[],
): Promise<number> {
  return runTasks({
    project,
    name,
    rest,
    env,
    signal,
    onCommand: (task, words) =>
      out.notice(out.style('muted', `${task}: ${words.map(toShellWord).join(' ')}`)),
  });
}

/** The project with the flags of the line, and the exit code when a task of its own answered instead. AO628. */
export async function openBuiltIn(
  context: Context,
  name: string,
  rest: readonly string[],
  overrides: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly project: Project; readonly code: number | undefined }> {
  const project = await readProject(context.cwd, { env: context.env, overrides });
  const isOwn = project.tasks.some((task) => task.name === name);
  if (!isOwn && rest.length > 0 && !TAKES_REST.has(name))
    throw runningFailures.create(
      'AO628',
      `ao ${name} takes no words after --, and there were: ${rest.join(' ')}.`,
      { hint: `ao help ${name}` },
    );
  return { project, code: isOwn ? await runOwnTask(context, project, name, rest) : undefined };
}

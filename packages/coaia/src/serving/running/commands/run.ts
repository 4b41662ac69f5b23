/** `ao run`: a task of the project. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { readProject } from '../../projects/read-project.ts';
import { BUILT_IN_TASKS } from '../tasks/plan-tasks.ts';
import { runOwnTask } from '../tasks/own-task.ts';

const SUMMARIES: Readonly<Record<(typeof BUILT_IN_TASKS)[number], string>> = {
  up: 'start the service',
  down: 'stop it',
  ps: 'show what runs',
  logs: 'show its logs',
  test: 'run the tests of the model',
  call: 'ask for one prediction',
  bench: 'measure how fast it answers',
  smoke: 'predict every example once',
};

export const command = defineCommand({
  words: 'ops run',
  summary: 'Run a task of the project, such as up, test or call',
  description:
    'Tasks stand in [tasks] of ao.toml: a command, a list of commands, or a table with run, needs, env, cwd and timeout. Each command runs once, from the folder of the project, without a shell; the first failure ends the task, and its exit code is that of ao. Words after -- go to the last command. up, down, ps, logs, test, call, bench and smoke are there without being written; a task of that name takes their place.',
  positionals: [{ name: 'task', summary: 'Name of the task; without one all are listed' }],
  options: {
    detach: {
      type: 'boolean',
      short: 'd',
      summary: 'Without a task: start the service in the background',
    },
  },
  takesRest: true,
  restUsage: '[-- ARGS...]',
  examples: ['ao run up', 'ao run train -- --fast'],
  async run(context, { args, options, rest }) {
    const { cwd, env, out, flags } = context;
    if (args.task === undefined && options.detach === true) {
      const { runUp } = await import('./up.ts');
      return runUp(context, { detach: true }, rest);
    }
    const project = await readProject(cwd, { env });
    if (args.task !== undefined) return runOwnTask(context, project, args.task, rest);
    const own = project.tasks.map(({ name, commands, needs }) => ({
      name,
      does: [...needs, ...commands].join(', '),
      isOwn: true,
    }));
    const names = new Set(own.map(({ name }) => name));
    const builtIn = BUILT_IN_TASKS.filter((name) => !names.has(name));
    const tasks = [
      ...own,
      ...builtIn.map((name) => ({ name, does: SUMMARIES[name], isOwn: false })),
    ];
    if (flags.json) out.json({ tasks });
    else
      out.table('tasks', tasks, [
        { header: 'Task', value: ({ name }) => name },
        { header: 'What it does', value: ({ does }) => does },
        { header: 'From', value: ({ isOwn }) => (isOwn ? 'ao.toml' : 'ao'), drop: 1 },
      ]);
    return EXIT.done;
  },
});

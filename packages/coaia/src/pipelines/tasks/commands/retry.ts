/** `coaia tasks retry`: tries one task, or all that failed, again. */
import { invalidRequest } from '#base';
import { defineCommand } from '#surface';
import { tasksApi } from '../ports.ts';

export const command = defineCommand({
  words: 'tasks retry',
  summary: 'Try a failed task again, or all of them; finished steps are not done again',
  description: 'The task is queued again; a server, or `coaia pipeline run --resume`, works on it.',
  needs: tasksApi,
  positionals: [{ name: 'task', summary: 'Id of the task' }],
  options: {
    all: { type: 'boolean', summary: 'Every failed task' },
    name: { type: 'string', summary: 'With --all: only tasks of this name' },
  },
  examples: ['coaia tasks retry --all', 'coaia tasks retry --all --name nightly'],
  async run({ open, out, flags }, { args, options }) {
    const { task: id } = args;
    if ((id === undefined) === (options.all !== true))
      throw invalidRequest(
        'Name one task, or say --all.',
        undefined,
        'coaia tasks list --state failed',
      );
    const api = await open();
    if (id !== undefined) {
      const task = await api.retryTask(id);
      if (flags.json) out.json(task);
      else out.confirm(`Queued ${task.kind} ${task.name} again (${task.id}).`);
      return;
    }
    const { name } = options;
    const answer = await api.retryTasks({
      state: 'failed',
      ...(name === undefined ? {} : { name }),
    });
    if (flags.json) out.json(answer);
    else out.confirm(`Queued ${answer.retried} failed tasks again.`);
  },
});

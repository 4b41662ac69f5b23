/** `coaia tasks cancel`: ends a task. */
import { defineCommand } from '#surface';
import { tasksApi } from '../ports.ts';

export const command = defineCommand({
  words: 'tasks cancel',
  summary: 'End a task that has not ended',
  needs: tasksApi,
  positionals: [{ name: 'task', summary: 'Id of the task', required: true }],
  options: {},
  examples: ['coaia tasks cancel 0b7e2c1a-4a43-4a5c-9d5e-2f3b8a7c6d5e'],
  async run({ open, out, flags }, { args }) {
    const api = await open();
    const task = await api.cancelTask(args.task);
    if (flags.json) out.json(task);
    else out.confirm(`Cancelled ${task.kind} ${task.name} (${task.id}).`);
  },
});

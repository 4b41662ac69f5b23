/** The commands that run pipelines and look after their runs. */
import type { CommandEntry } from '#surface';

export const pipelineRunCommands: readonly CommandEntry[] = [
  {
    words: 'pipeline run',
    summary: 'Run a pipeline: its steps are carried out and recorded as one trace',
    load: () => import('./commands/run.ts'),
  },
  {
    words: 'pipeline runs list',
    summary: 'List runs of pipelines, newest first',
    groupDefault: 'pipeline runs',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'pipeline runs show',
    summary: 'Show a run: its steps, its error, what it waits for',
    load: () => import('./commands/show.ts'),
  },
  {
    words: 'pipeline runs logs',
    summary: 'Print what each step of a run gave',
    load: () => import('./commands/logs.ts'),
  },
  {
    words: 'pipeline runs cancel',
    summary: 'End a run that has not ended',
    load: () => import('./commands/cancel.ts'),
  },
  {
    words: 'pipeline runs retry',
    summary: 'Go on with a failed or cancelled run at its first step that is not finished',
    load: () => import('./commands/retry.ts'),
  },
  {
    words: 'pipeline runs approve',
    summary: 'Let a run go on that waits for a person',
    load: () => import('./commands/approve.ts'),
  },
  {
    words: 'pipeline runs reject',
    summary: 'Refuse what a run asks a person; the step fails',
    load: () => import('./commands/reject.ts'),
  },
  {
    words: 'pipeline actions',
    summary: 'List what a step of a pipeline can do',
    load: () => import('./commands/actions.ts'),
  },
  {
    words: 'pipeline allow',
    summary: 'Say what pipelines of this project may do: http, shell, files',
    load: () => import('./commands/allow.ts'),
  },
];

/** The room's own actions. Modules load when a step uses them. */
import type { ActionEntry } from '#surface';

const control = () => import('./actions/control.ts');

export const pipelineActions: readonly ActionEntry[] = [
  {
    name: 'llm',
    summary: 'Ask a model; the output is its answer',
    load: () => import('./actions/llm.ts'),
  },
  {
    name: 'prompt',
    summary: 'Fill in a stored prompt and ask a model with it',
    load: () => import('./actions/prompt.ts'),
  },
  {
    name: 'judge',
    summary: 'Let models judge an output; writes their scores with their reasons',
    load: () => import('./actions/judge.ts'),
  },
  {
    name: 'score',
    summary: 'Write a score on the trace or on a step of it',
    load: () => import('./actions/score.ts'),
  },
  {
    name: 'http',
    summary: 'Call a web address; the output is {status, body}',
    permission: 'http',
    load: () => import('./actions/http.ts'),
  },
  {
    name: 'shell',
    summary: 'Run a command in a sandbox without network; the output is what it prints',
    permission: 'shell',
    load: () => import('./actions/shell.ts'),
  },
  {
    name: 'upload_media',
    summary: 'Upload a file of the folder of the run; the output has its media id',
    permission: 'files',
    load: () => import('./actions/upload-media.ts'),
  },
  {
    name: 'attach_url',
    summary: 'Load a file from the web and keep it with the trace; the output has its media id',
    permission: 'http',
    load: () => import('./actions/attach-url.ts'),
  },
  {
    name: 'pipeline',
    summary: 'Run another pipeline and wait for its end; the output is its output',
    load: async () => ({ action: (await control()).pipelineAction }),
  },
  {
    name: 'wait',
    summary: 'Wait for a while or until a time; the program may be stopped meanwhile',
    load: async () => ({ action: (await control()).waitAction }),
  },
  {
    name: 'human',
    summary: 'Wait until a person approves or refuses',
    load: async () => ({ action: (await control()).humanAction }),
  },
];

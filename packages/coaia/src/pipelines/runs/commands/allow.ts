/** `coaia pipeline allow`: what pipelines of this project may do. */
import { invalidRequest } from '#base';
import { defineCommand } from '#surface';
import type { PipelinePermissions } from '@coaia/client';
import { pipelineRunsApi } from '../ports.ts';

type Grant = PipelinePermissions['allowed'][number];

const WORDS = ['http', 'shell', 'files'] as const;

export const command = defineCommand({
  words: 'pipeline allow',
  summary: 'Say what pipelines of this project may do: http, shell, files',
  description:
    'All three are off at first. http: call web addresses. shell: run commands, in a sandbox without network. files: read files of the folder in which a run is started. Without a word it shows what is allowed. Files in a project folder can never change this.',
  needs: pipelineRunsApi,
  positionals: [{ name: 'what', summary: 'http, shell or files', variadic: true }],
  options: {
    off: { type: 'boolean', summary: 'Forbid it again' },
    private: { type: 'boolean', summary: 'With http: addresses in private networks, too' },
  },
  examples: [
    'coaia pipeline allow',
    'coaia pipeline allow http',
    'coaia pipeline allow shell --off',
  ],
  async run({ open, out, flags }, { options, args }) {
    const what = args.what as readonly Grant[];
    const wrong = what.find((word) => !(WORDS as readonly string[]).includes(word));
    if (wrong !== undefined) throw invalidRequest(`"${wrong}" is none of ${WORDS.join(', ')}.`);
    const api = await open();
    const before = await api.getPipelinePermissions();
    const change = [...what, ...(options.private === true ? (['private'] as const) : [])];
    const allowed =
      options.off === true
        ? before.allowed.filter((grant) => !change.includes(grant))
        : [...new Set([...before.allowed, ...change])];
    const after = change.length === 0 ? before : await api.updatePipelinePermissions({ allowed });
    if (flags.json) out.json(after);
    else out.line(`Allowed: ${after.allowed.join(', ') || 'nothing'}`);
  },
});

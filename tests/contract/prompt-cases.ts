/** Prompts in the suites that walk every operation. */
import type { ApiServer } from './api-server.ts';
import type { NounCases } from './operation-cases.ts';
import { PAGE } from './shapes.ts';

const PROMPT = {
  name: 'string',
  version: 'int',
  type: 'string',
  prompt: 'any',
  config: 'any',
  labels: 'strings',
  tags: 'strings',
  commitMessage: 'string?',
  resolutionGraph: 'any',
} as const;

const PROMPT_META = {
  name: 'string',
  type: 'string',
  versions: 'any',
  labels: 'strings',
  tags: 'strings',
  lastUpdatedAt: 'time',
  lastConfig: 'any',
} as const;

const ids = { promptName: 'folder/case prompt', name: 'folder/case prompt', version: '1' };

async function create(server: ApiServer, name: string) {
  const body = JSON.stringify({ name, prompt: 'Hello', labels: ['production'] });
  await server.send('POST', '/v2/prompts', { body });
}

export const PROMPT_CASES: NounCases = {
  cases: {
    prompts_list: { answer: { data: [PROMPT_META], meta: PAGE } },
    prompts_create: { answer: PROMPT, status: 201, body: { name: 'made', prompt: 'Hello' } },
    prompts_get: { answer: PROMPT, ids },
    prompts_delete: {
      answer: {},
      status: 204,
      ids: { promptName: 'gone prompt' },
      before: (server) => create(server, 'gone prompt'),
    },
    promptVersion_update: { answer: PROMPT, ids, body: { newLabels: ['production'] } },
  },
  async prepare(server) {
    await create(server, ids.name);
    return {};
  },
};

/** Connections to model servers in the suites that walk every operation. */
import type { ApiServer } from './api-server.ts';
import type { NounCases } from './operation-cases.ts';
import { PAGE } from './shapes.ts';

const CONNECTION = {
  id: 'string',
  provider: 'string',
  adapter: 'string',
  displaySecretKey: 'string',
  baseURL: 'string?',
  customModels: 'strings',
  withDefaultModels: 'boolean',
  extraHeaderKeys: 'strings',
  config: 'any',
  createdAt: 'time',
  updatedAt: 'time',
} as const;

const put = (server: ApiServer, provider: string) =>
  server.send('PUT', '/llm-connections', {
    body: JSON.stringify({ provider, adapter: 'openai', secretKey: 'sk-of-a-case-0001' }),
  });

/** The one that the next call deletes. */
const made = { doomedId: '' };

export const CONNECTION_CASES: NounCases = {
  cases: {
    llmConnections_list: { answer: { data: [CONNECTION], meta: PAGE } },
    llmConnections_upsert: {
      answer: CONNECTION,
      body: { provider: 'of-a-case', adapter: 'anthropic', secretKey: 'sk-of-a-case-0002' },
    },
    llmConnections_delete: {
      answer: { message: 'string' },
      get ids() {
        return { id: made.doomedId };
      },
      async before(server) {
        made.doomedId = (await put(server, 'doomed')).body.id;
      },
    },
  },
  async prepare(server) {
    await put(server, 'kept');
    return {};
  },
};

/** Tools about score configs and scores. */
import { notFound } from '#base';
import type { McpApi } from '#main/open-mcp';
import { readText } from '../arguments.ts';
import { COUNT, TEXT, toDescribed } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { toGiven } from './ingest.ts';
import { listAll } from './list-all.ts';
import { toScoreValue } from './score-value.ts';

type Wire = Readonly<Record<string, unknown>>;

/** The config with this id, or with this name. Rejects with COAIA-0003. */
async function findConfig(api: McpApi, nameOrId: string): Promise<Wire> {
  const configs = await listAll(api, ['score-configs']);
  const found =
    configs.find(({ id }) => id === nameOrId) ??
    configs.find(({ name, isArchived }) => name === nameOrId && isArchived !== true);
  if (found !== undefined) return found;
  throw notFound('Score config', nameOrId, 'coaia fuse score-configs list');
}

const scoreApply: Tool = {
  name: 'coaia_fuse_score_apply',
  description: 'Score a trace, an observation of it, or a session by a score config.',
  input: {
    type: 'object',
    properties: {
      config_name_or_id: TEXT,
      target_type: { type: 'string', enum: ['trace', 'session'] },
      target_id: TEXT,
      value: toDescribed(
        { type: ['string', 'number', 'boolean'] },
        'A number, the label of a category, or true and false',
      ),
      observation_id: TEXT,
      comment: TEXT,
    },
    required: ['config_name_or_id', 'target_type', 'target_id', 'value'],
  },
  isReadOnly: false,
  async run({ api }, input) {
    const calls = await api();
    const config = await findConfig(calls, readText(input, 'config_name_or_id'));
    const { target_type: type, target_id: id, observation_id: observationId, comment } = input;
    const value = toScoreValue(config, input['value']);
    const body = toGiven({
      name: config['name'],
      configId: config['id'],
      dataType: config['dataType'],
      value,
      ...(type === 'session' ? { sessionId: id } : { traceId: id, observationId }),
      comment,
    });
    const result = await calls.request<Wire>('POST', ['scores'], { body });
    const message = `Scored ${String(type)} ${String(id)}: ${String(config['name'])} ${String(value)}.`;
    const target = toGiven({ target_type: type, target_id: id, observation_id: observationId });
    return { message, ...target, value, result };
  },
};

export const scoreTools: readonly Tool[] = [
  {
    name: 'coaia_fuse_score_configs_list',
    description: 'List score configs: what may be scored and how.',
    input: { type: 'object', properties: {} },
    isReadOnly: true,
    async run({ api }) {
      return { configs: await listAll(await api(), ['score-configs']) };
    },
  },
  {
    name: 'coaia_fuse_score_configs_get',
    description: 'Read a score config by its name or id.',
    input: { type: 'object', properties: { name_or_id: TEXT }, required: ['name_or_id'] },
    isReadOnly: true,
    async run({ api }, input) {
      return { config: await findConfig(await api(), readText(input, 'name_or_id')) };
    },
  },
  scoreApply,
];

/** Beyond the tools of the Python server. */
export const scoreListTools: readonly Tool[] = [
  {
    name: 'coaia_fuse_scores_list',
    description: 'List scores, newest first.',
    input: {
      type: 'object',
      properties: { trace_id: TEXT, session_id: TEXT, name: TEXT, page: COUNT, limit: COUNT },
    },
    isReadOnly: true,
    async run({ api }, input) {
      const { trace_id: traceId, session_id: sessionId, name, page, limit } = input;
      const query = toGiven({ traceId, sessionId, name, page, limit }) as Record<string, string>;
      const { data, meta } = await (
        await api()
      ).request<{ readonly data: readonly Wire[]; readonly meta: Wire }>('GET', ['v2', 'scores'], {
        query,
      });
      return { scores: data, meta };
    },
  },
];

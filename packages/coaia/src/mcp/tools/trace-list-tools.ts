/** Tools that list traces: by filters, and those of a session; and the list of sessions. */
import { findText, readText } from '../arguments.ts';
import { COUNT, FLAG, TEXT, TEXTS, toDescribed } from '../tool.ts';
import type { Tool, ToolArguments } from '../tool.ts';
import { toGiven } from './ingest.ts';
import { toSessionUrl } from './page-address.ts';
import { toTime } from './times.ts';
import { renderTraces } from './trace-text.ts';

type Wire = Readonly<Record<string, unknown>>;

interface Listed {
  readonly data: readonly Wire[];
  readonly meta?: Wire;
}

const tracesList: Tool = {
  name: 'coaia_fuse_traces_list',
  description: 'List traces, newest first unless order_by says otherwise.',
  input: {
    type: 'object',
    properties: {
      session_id: TEXT,
      user_id: TEXT,
      name: TEXT,
      tags: TEXTS,
      from_timestamp: toDescribed(TEXT, 'ISO 8601 or TLID'),
      to_timestamp: toDescribed(TEXT, 'ISO 8601 or TLID'),
      order_by: toDescribed(TEXT, 'field.asc or field.desc, for example timestamp.asc'),
      version: TEXT,
      release: TEXT,
      environment: TEXTS,
      page: COUNT,
      limit: toDescribed(COUNT, 'At most 100; 50 by default'),
      json_output: FLAG,
    },
  },
  isReadOnly: true,
  async run({ api }, input) {
    const filters = toFilters(input);
    const { page = 1, limit = 50 } = input as { readonly page?: number; readonly limit?: number };
    const calls = await api();
    const query = { ...filters, page, limit };
    const { data, meta } = await calls.request<Listed>('GET', ['traces'], { query });
    return {
      traces: data,
      filters,
      ...(meta === undefined ? {} : { meta }),
      ...(input['json_output'] === true ? {} : { formatted: renderTraces(data) }),
    };
  },
};

function toFilters(input: ToolArguments): Record<string, string | readonly string[]> {
  return toGiven({
    sessionId: input['session_id'],
    userId: input['user_id'],
    name: input['name'],
    tags: input['tags'],
    fromTimestamp: toTime(findText(input, 'from_timestamp')),
    toTimestamp: toTime(findText(input, 'to_timestamp')),
    orderBy: input['order_by'],
    version: input['version'],
    release: input['release'],
    environment: input['environment'],
  }) as Record<string, string | readonly string[]>;
}

const sessionView: Tool = {
  name: 'coaia_fuse_traces_session_view',
  description: 'List the traces of a session, oldest first.',
  input: {
    type: 'object',
    properties: { session_id: TEXT, json_output: FLAG },
    required: ['session_id'],
  },
  isReadOnly: true,
  async run({ api }, input) {
    const calls = await api();
    const sessionId = readText(input, 'session_id');
    const query = { sessionId, limit: 100, orderBy: 'timestamp.asc' };
    const { data } = await calls.request<Listed>('GET', ['traces'], { query });
    const shown = input['json_output'] === true ? { traces: data } : { table: renderTraces(data) };
    return {
      session_id: sessionId,
      session_url: toSessionUrl(calls, sessionId, data[0]),
      ...shown,
    };
  },
};

export const traceListTools: readonly Tool[] = [tracesList, sessionView];

/** Beyond the tools of the Python server. */
export const sessionTools: readonly Tool[] = [
  {
    name: 'coaia_fuse_sessions_list',
    description: 'List sessions, newest first.',
    input: { type: 'object', properties: { page: COUNT, limit: COUNT } },
    isReadOnly: true,
    async run({ api }, input) {
      const query = toGiven({ page: input['page'], limit: input['limit'] }) as Record<
        string,
        number
      >;
      const { data, meta } = await (await api()).request<Listed>('GET', ['sessions'], { query });
      return { sessions: data, meta };
    },
  },
  {
    name: 'coaia_fuse_projects_list',
    description: 'Show the project that the tools work on.',
    input: { type: 'object', properties: {} },
    isReadOnly: true,
    async run({ api }) {
      const { data } = await (await api()).request<Listed>('GET', ['projects']);
      return { projects: data };
    },
  },
];

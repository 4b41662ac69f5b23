/** Tools about one trace: create, set its output, read. */
import { readText } from '../arguments.ts';
import { CONTENT, FLAG, OBJECT, TEXT, toDescribed } from '../tool.ts';
import type { Tool, ToolAnswer, ToolArguments, ToolContext } from '../tool.ts';
import { sendEvents, toGiven } from './ingest.ts';
import { toTraceUrl } from './page-address.ts';
import { renderTrace } from './trace-text.ts';

type Wire = Readonly<Record<string, unknown>>;

const traceCreate: Tool = {
  name: 'coaia_fuse_trace_create',
  description: 'Create a trace, or add to the one with this id.',
  input: {
    type: 'object',
    properties: {
      trace_id: TEXT,
      user_id: TEXT,
      session_id: TEXT,
      name: TEXT,
      input_data: toDescribed(CONTENT, 'What went in'),
      output_data: toDescribed(CONTENT, 'What came out'),
      metadata: OBJECT,
    },
    required: ['trace_id'],
  },
  isReadOnly: false,
  async run({ api }, input) {
    const details = await sendEvents(await api(), [
      {
        type: 'trace-create',
        body: toGiven({
          id: input['trace_id'],
          name: input['name'],
          userId: input['user_id'],
          sessionId: input['session_id'],
          input: input['input_data'],
          output: input['output_data'],
          metadata: input['metadata'],
        }),
      },
    ]);
    return { trace_id: input['trace_id'], details };
  },
};

const tracePatchOutput: Tool = {
  name: 'coaia_fuse_trace_patch_output',
  description: 'Set the output of a trace; everything else of it stays.',
  input: {
    type: 'object',
    properties: { trace_id: TEXT, output_data: CONTENT },
    required: ['trace_id', 'output_data'],
  },
  isReadOnly: false,
  async run({ api }, input) {
    const body = { id: input['trace_id'], output: input['output_data'] };
    const details = await sendEvents(await api(), [{ type: 'trace-create', body }]);
    const { trace_id } = input;
    return { trace_id, message: `Set the output of trace ${String(trace_id)}.`, details };
  },
};

const READ = {
  input: {
    type: 'object',
    properties: {
      trace_id: TEXT,
      json_output: toDescribed(FLAG, 'Leave the tree out and give the trace alone'),
    },
    required: ['trace_id'],
  },
  isReadOnly: true,
  run: runGet,
} as const;

export const traceTools: readonly Tool[] = [
  traceCreate,
  tracePatchOutput,
  {
    ...READ,
    name: 'coaia_fuse_trace_get',
    description:
      'Read a trace with its observations and scores, and show the tree of observations.',
  },
  {
    ...READ,
    name: 'coaia_fuse_trace_view',
    description: 'The same as coaia_fuse_trace_get.',
  },
];

async function runGet({ api }: ToolContext, input: ToolArguments): Promise<ToolAnswer> {
  const calls = await api();
  const trace = await calls.request<Wire>('GET', ['traces', readText(input, 'trace_id')]);
  const shown = input['json_output'] === true ? {} : { formatted: renderTrace(trace) };
  return { trace, trace_url: toTraceUrl(calls, trace), ...shown };
}

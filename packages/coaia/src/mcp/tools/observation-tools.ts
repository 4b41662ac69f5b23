/** Tools about observations: add one or many, read one. */
import { findText, readText } from '../arguments.ts';
import { CONTENT, FLAG, OBJECT, TEXT, toDescribed } from '../tool.ts';
import type { Tool, ToolArguments } from '../tool.ts';
import { sendEvents, toGiven } from './ingest.ts';
import type { DraftEvent } from './ingest.ts';
import { toTime, toTimeOrNow } from './times.ts';
import { renderObservation, toRecords } from './trace-text.ts';

const TYPES = [
  'SPAN',
  'EVENT',
  'GENERATION',
  'AGENT',
  'TOOL',
  'CHAIN',
  'RETRIEVER',
  'EVALUATOR',
  'EMBEDDING',
  'GUARDRAIL',
] as const;

const FIELDS = {
  observation_id: TEXT,
  name: TEXT,
  observation_type: { type: 'string', enum: TYPES, default: 'SPAN' },
  parent_id: TEXT,
  input_data: CONTENT,
  output_data: CONTENT,
  metadata: OBJECT,
  start_time: toDescribed(TEXT, 'ISO 8601 or TLID; now by default'),
  end_time: toDescribed(TEXT, 'ISO 8601 or TLID'),
} as const;

function toEvent(input: ToolArguments, traceId: unknown): DraftEvent {
  return {
    type: 'observation-create',
    body: toGiven({
      id: input['observation_id'],
      traceId,
      type: findText(input, 'observation_type') ?? 'SPAN',
      name: input['name'],
      parentObservationId: input['parent_id'],
      input: input['input_data'],
      output: input['output_data'],
      metadata: input['metadata'],
      startTime: toTimeOrNow(findText(input, 'start_time')),
      endTime: toTime(findText(input, 'end_time')),
    }),
  };
}

export const observationTools: readonly Tool[] = [
  {
    name: 'coaia_fuse_add_observation',
    description: 'Add an observation to a trace: a span, an event, a model call.',
    input: {
      type: 'object',
      properties: { ...FIELDS, trace_id: TEXT },
      required: ['observation_id', 'trace_id', 'name'],
    },
    isReadOnly: false,
    async run({ api }, input) {
      const event = toEvent(input, input['trace_id']);
      await sendEvents(await api(), [event]);
      const { observation_id, trace_id, name } = input;
      return { observation_id, trace_id, name, type: event.body['type'] };
    },
  },
  {
    name: 'coaia_fuse_observation_get',
    description: 'Read one observation.',
    input: {
      type: 'object',
      properties: { observation_id: TEXT, json_output: FLAG },
      required: ['observation_id'],
    },
    isReadOnly: true,
    async run({ api }, input) {
      const segments = ['observations', readText(input, 'observation_id')];
      const observation = await (
        await api()
      ).request<Readonly<Record<string, unknown>>>('GET', segments);
      const shown =
        input['json_output'] === true ? {} : { formatted: renderObservation(observation) };
      return { observation, ...shown };
    },
  },
];

/** Beyond the tools of the Python server, whose page promises it. */
export const batchTools: readonly Tool[] = [
  {
    name: 'coaia_fuse_add_observations_batch',
    description:
      'Add several observations to a trace in one call; parents may come after their children.',
    input: {
      type: 'object',
      properties: {
        trace_id: TEXT,
        observations: {
          type: 'array',
          minItems: 1,
          items: { type: 'object', properties: FIELDS, required: ['observation_id', 'name'] },
        },
      },
      required: ['trace_id', 'observations'],
    },
    isReadOnly: false,
    async run({ api }, input) {
      const drafts = toRecords(input['observations']);
      const events = drafts.map((draft) => toEvent(draft, input['trace_id']));
      await sendEvents(await api(), events);
      return { trace_id: input['trace_id'], added: drafts.map((draft) => draft['observation_id']) };
    },
  },
];

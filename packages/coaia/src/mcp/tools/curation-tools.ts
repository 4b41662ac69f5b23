/** Tools about prompts and datasets. */
import { readText } from '../arguments.ts';
import { COUNT, CONTENT, OBJECT, TEXT, toDescribed } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { listAll } from './list-all.ts';
import { toGiven } from './ingest.ts';

type Wire = Readonly<Record<string, unknown>>;

const NONE = { type: 'object', properties: {} } as const;
const BY_NAME = { type: 'object', properties: { name: TEXT }, required: ['name'] } as const;

export const curationTools: readonly Tool[] = [
  {
    name: 'coaia_fuse_prompts_list',
    description: 'List prompts with their versions, labels and tags.',
    input: NONE,
    isReadOnly: true,
    async run({ api }) {
      const prompts = await listAll(await api(), ['v2', 'prompts']);
      return { prompts, note: `${prompts.length} prompts; coaia_fuse_prompts_get reads one.` };
    },
  },
  {
    name: 'coaia_fuse_prompts_get',
    description: 'Read a prompt, by default the version with the label production.',
    input: {
      type: 'object',
      properties: {
        name: TEXT,
        label: toDescribed(TEXT, 'Label of the version; production by default'),
      },
      required: ['name'],
    },
    isReadOnly: true,
    async run({ api }, input) {
      const query = toGiven({ label: input['label'] }) as Record<string, string>;
      const segments = ['v2', 'prompts', readText(input, 'name')];
      return { prompt: await (await api()).request<Wire>('GET', segments, { query }) };
    },
  },
  {
    name: 'coaia_fuse_datasets_list',
    description: 'List datasets.',
    input: NONE,
    isReadOnly: true,
    async run({ api }) {
      return { datasets: await listAll(await api(), ['v2', 'datasets']) };
    },
  },
  {
    name: 'coaia_fuse_datasets_get',
    description: 'Read a dataset; its items are listed by coaia_fuse_dataset_items_list.',
    input: BY_NAME,
    isReadOnly: true,
    async run({ api }, input) {
      const segments = ['v2', 'datasets', readText(input, 'name')];
      return { dataset: await (await api()).request<Wire>('GET', segments) };
    },
  },
];

/** Beyond the tools of the Python server. */
export const datasetItemTools: readonly Tool[] = [
  {
    name: 'coaia_fuse_dataset_items_list',
    description: 'List the items of a dataset, newest first.',
    input: {
      type: 'object',
      properties: { dataset_name: TEXT, page: COUNT, limit: COUNT },
      required: ['dataset_name'],
    },
    isReadOnly: true,
    async run({ api }, input) {
      const { dataset_name: datasetName, page, limit } = input;
      const query = toGiven({ datasetName, page, limit }) as Record<string, string | number>;
      const { data, meta } = await (
        await api()
      ).request<{ readonly data: readonly Wire[]; readonly meta: Wire }>('GET', ['dataset-items'], {
        query,
      });
      return { items: data, meta };
    },
  },
  {
    name: 'coaia_fuse_dataset_items_create',
    description: 'Add an item to a dataset, or change the one with this id.',
    input: {
      type: 'object',
      properties: {
        dataset_name: TEXT,
        input: CONTENT,
        expected_output: CONTENT,
        metadata: OBJECT,
        id: TEXT,
        source_trace_id: TEXT,
      },
      required: ['dataset_name'],
    },
    isReadOnly: false,
    async run({ api }, input) {
      const body = toGiven({
        datasetName: input['dataset_name'],
        id: input['id'],
        input: input['input'],
        expectedOutput: input['expected_output'],
        metadata: input['metadata'],
        sourceTraceId: input['source_trace_id'],
      });
      return { item: await (await api()).request<Wire>('POST', ['dataset-items'], { body }) };
    },
  },
];

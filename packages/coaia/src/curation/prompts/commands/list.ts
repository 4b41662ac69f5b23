/** `coaia fuse prompts list`: names with their newest version, labels and tags. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { PromptListQuery, PromptMeta, PromptPage, PromptsApi } from '@coaia/client';
import { promptsApi } from '../ports.ts';
import { compatOptions } from './options.ts';

/** The most that a server gives at once. */
const PAGE_SIZE = 100;

export const command = defineCommand({
  words: 'fuse prompts list',
  summary: 'List prompts',
  description: 'All of them, by name, unless --page or --limit is given.',
  needs: promptsApi,
  positionals: [],
  options: {
    ...compatOptions,
    label: { type: 'string', summary: 'Only versions with this label', compat: true },
    tag: { type: 'string', summary: 'Only prompts with this tag' },
    name: { type: 'string', summary: 'Only the prompt of this name' },
    from: {
      type: 'string',
      placeholder: 'TIME',
      summary: 'Only versions changed since (ISO 8601)',
    },
    to: { type: 'string', placeholder: 'TIME', summary: 'Only versions changed before (ISO 8601)' },
    page: { type: 'number', placeholder: 'N', summary: 'Only this page, counted from 1' },
    limit: { type: 'number', placeholder: 'N', summary: 'Prompts per page, at most 100' },
    all: { type: 'boolean', summary: 'All pages; what happens anyway' },
    ...listOptions,
  },
  examples: ['coaia fuse prompts list', 'coaia prompts list --label production --json'],
  async run({ open, out }, { options }) {
    const query: PromptListQuery = toGiven({
      label: options.label ?? (options.prod === true ? 'production' : undefined),
      tag: options.tag,
      name: options.name,
      fromUpdatedAt: options.from,
      toUpdatedAt: options.to,
    });
    const api = await open();
    const isOnePage = options.page !== undefined || options.limit !== undefined;
    const { page = 1, limit = PAGE_SIZE } = options;
    const prompts = isOnePage
      ? (await api.listPrompts({ ...query, page, limit })).data
      : await listAllPrompts(api, query);
    out.list({ things: 'prompts', rows: prompts, columns: COLUMNS }, options);
  },
});

/** Columns and widths of CoAiAPy's table. */
const COLUMNS: readonly Column<PromptMeta>[] = [
  { header: 'Name', value: ({ name }) => name, minWidth: 15 },
  {
    header: 'Version',
    value: ({ versions }) => (versions.length === 0 ? 'N/A' : String(Math.max(...versions))),
    minWidth: 8,
  },
  {
    header: 'Created',
    value: ({ lastUpdatedAt }) => lastUpdatedAt.slice(0, 10),
    minWidth: 10,
    drop: 1,
  },
  {
    header: 'Tags/Labels',
    value: ({ tags, labels }) => [...tags, ...labels].join(', '),
    minWidth: 12,
  },
];

type GivenQuery = { readonly [K in keyof PromptListQuery]-?: PromptListQuery[K] | undefined };

function toGiven(query: Omit<GivenQuery, 'page' | 'limit'>): PromptListQuery {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

/** Every page of a list, however the server counts them. */
export async function listAllPrompts(
  api: Pick<PromptsApi, 'listPrompts'>,
  query: PromptListQuery = {},
): Promise<readonly PromptMeta[]> {
  const prompts: PromptMeta[] = [];
  for (let page = 1; ; page++) {
    const answer = await api.listPrompts({ ...query, page, limit: PAGE_SIZE });
    prompts.push(...answer.data);
    if (answer.data.length === 0 || !hasNextPage(answer, page)) return prompts;
  }
}

/** Other servers say it in other ways. */
function hasNextPage(answer: PromptPage, page: number): boolean {
  const { meta, ...rest } = answer as unknown as Record<string, unknown>;
  const facts = { ...rest, ...(meta as Record<string, unknown> | undefined) };
  if (typeof facts['totalPages'] === 'number') return page < facts['totalPages'];
  if (typeof facts['hasNextPage'] === 'boolean') return facts['hasNextPage'];
  return typeof facts['nextPage'] === 'number' && facts['nextPage'] > page;
}

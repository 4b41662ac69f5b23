import type { PromptMeta } from '@coaia/client';
import { toCount } from '../../lib/format.ts';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { Amount, Tag, Time } from '../../ui/value.tsx';
import { words } from './messages.ts';
import { latest, toOrderedLabels } from './prompt.ts';

/** A line of the list. */
export interface PromptLine extends PromptMeta {
  /** Calls in the last 30 days; undefined while they are counted. */
  readonly calls: number | undefined;
  /** The name below the folder that is shown. */
  readonly shownName: string;
}

const names = words.columns;
const nothing = <span className="text-faint">–</span>;

/** The columns of the list of prompts. */
export const promptColumns: readonly GridColumn<PromptLine>[] = [
  {
    key: 'name',
    name: names.name,
    width: 200,
    grow: 2,
    rank: 0,
    sort: 'name',
    render: (row) => <PromptName name={row.shownName} />,
  },
  {
    key: 'labels',
    name: names.labels,
    width: 180,
    grow: 1,
    rank: 2,
    render: (row) => <Labels labels={row.labels} />,
  },
  {
    key: 'type',
    name: names.type,
    width: 52,
    rank: 5,
    render: (row) => <span className="text-muted">{row.type}</span>,
  },
  {
    key: 'tags',
    name: names.tags,
    width: 140,
    rank: 6,
    render: (row) =>
      row.tags.length === 0 ? nothing : <span className="truncate">{row.tags.join(', ')}</span>,
  },
  {
    key: 'versions',
    name: names.versions,
    width: 68,
    right: true,
    rank: 3,
    sort: 'versions',
    render: (row) => <Amount of={toCount(row.versions.length)} />,
  },
  {
    key: 'calls',
    name: names.calls,
    width: 100,
    right: true,
    rank: 4,
    sort: 'calls',
    render: (row) => <Amount of={toCount(row.calls)} />,
  },
  {
    key: 'updated',
    name: names.updated,
    width: 96,
    rank: 1,
    sort: 'updated',
    render: (row) => <Time iso={row.lastUpdatedAt} className="text-muted" />,
  },
];

/** What the list can be sorted by. */
export const promptOrders: Readonly<Record<string, (row: PromptLine) => string | number | null>> = {
  name: (row) => row.name,
  versions: (row) => row.versions.length,
  calls: (row) => row.calls ?? null,
  updated: (row) => row.lastUpdatedAt,
};

/** A name with its folders muted. */
export function PromptName({ name }: { readonly name: string }) {
  const at = name.lastIndexOf('/') + 1;
  return (
    <span className="truncate">
      {at === 0 ? null : <span className="text-muted">{name.slice(0, at)}</span>}
      <span className="font-medium">{name.slice(at)}</span>
    </span>
  );
}

/** The labels of a version or a prompt, production in the accent colour. */
export function Labels({ labels }: { readonly labels: readonly string[] }) {
  const shown = toOrderedLabels(labels.filter((label) => label !== latest));
  if (shown.length === 0) return nothing;
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden">
      {shown.map((label) => (
        <Tag key={label} {...(label === 'production' ? { tone: 'accent' as const } : {})}>
          {label}
        </Tag>
      ))}
    </span>
  );
}

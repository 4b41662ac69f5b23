import type { DeploymentGateway, DeploymentModel, PredictionStats } from '@coaia/client';
import { toDuration } from '../../lib/format.ts';
import type { GridColumn } from '../../ui/grid/grid-column.ts';
import { Amount } from '../../ui/value.tsx';
import { GatewayMark } from '../gateway-mark.tsx';
import { words } from '../messages.ts';
import { toRate, toShare, toShareRange } from '../numbers.ts';
import { listBeside } from '../traffic.ts';

/** A model with what it answered in the last minutes; undefined while that is read. */
export interface ListedModel extends DeploymentModel {
  readonly lately: PredictionStats | undefined;
}

const names = words.columns;
const nothing = <span className="text-faint">–</span>;

/** The columns of the list of models. */
export const deploymentColumns: readonly GridColumn<ListedModel>[] = [
  {
    key: 'name',
    name: names.name,
    width: 96,
    grow: 2,
    rank: 0,
    sort: 'name',
    render: ({ name, project }) => (
      <span className="truncate" data-hint={project === name ? name : `${name}, ${project}`}>
        <span className="font-medium">{name}</span>
        {project === name ? null : <span className="ml-2 text-muted">{project}</span>}
      </span>
    ),
  },
  {
    key: 'gateway',
    name: names.gateway,
    width: 76,
    rank: 1,
    sort: 'gateway',
    render: ({ gateways }) => <Gateway gateways={gateways} />,
  },
  {
    key: 'language',
    name: names.language,
    width: 76,
    rank: 7,
    sort: 'language',
    render: ({ language }) => (
      <span className="truncate text-muted">{words.languages[language] ?? language}</span>
    ),
  },
  {
    key: 'champion',
    name: names.champion,
    width: 80,
    rank: 4,
    render: ({ traffic }) =>
      traffic === null ? nothing : <span className="tnum">{words.version(traffic.champion)}</span>,
  },
  {
    key: 'beside',
    name: names.beside,
    width: 150,
    grow: 1,
    rank: 8,
    render: ({ traffic }) => {
      const beside = listBeside(traffic);
      const text = beside.join(', ');
      return text === '' ? (
        nothing
      ) : (
        <span className="truncate" data-hint={text}>
          {text}
        </span>
      );
    },
  },
  {
    key: 'perSecond',
    name: names.perSecond,
    width: 72,
    right: true,
    rank: 3,
    sort: 'perSecond',
    render: ({ lately }) => <Amount of={toRate(lately?.total.perSecond)} />,
  },
  {
    key: 'p50',
    name: names.p50,
    width: 64,
    right: true,
    rank: 5,
    sort: 'p50',
    render: ({ lately }) => <Amount of={toDuration(lately?.total.p50Ms)} />,
  },
  {
    key: 'p99',
    name: names.p99,
    width: 64,
    right: true,
    rank: 6,
    sort: 'p99',
    render: ({ lately }) => <Amount of={toDuration(lately?.total.p99Ms)} />,
  },
  {
    key: 'failed',
    name: names.failed,
    width: 58,
    right: true,
    rank: 2,
    sort: 'failed',
    render: ({ lately }) => {
      const rate = lately?.errorRate;
      return (
        <Amount
          of={toShare(rate?.value)}
          {...((rate?.value ?? 0) > 0 ? { className: 'text-error' } : {})}
        />
      );
    },
  },
  {
    key: 'interval',
    name: names.interval,
    width: 132,
    right: true,
    rank: 9,
    render: ({ lately }) => {
      const range = toShareRange(lately?.errorRate);
      return range === '' ? (
        nothing
      ) : (
        <span className="tnum whitespace-nowrap text-muted">{range}</span>
      );
    },
  },
];

/** What the list can be sorted by. */
export const deploymentOrders: Readonly<
  Record<string, (row: ListedModel) => string | number | null>
> = {
  name: ({ name }) => name,
  language: ({ language }) => language,
  gateway: ({ gateways }) => gateways[0]?.state ?? null,
  perSecond: ({ lately }) => lately?.total.perSecond ?? null,
  p50: ({ lately }) => lately?.total.p50Ms ?? null,
  p99: ({ lately }) => lately?.total.p99Ms ?? null,
  failed: ({ lately }) => lately?.errorRate?.value ?? null,
};

function Gateway({ gateways }: { readonly gateways: readonly DeploymentGateway[] }) {
  const first = gateways.find(({ state }) => state === 'ready') ?? gateways[0];
  if (first === undefined) return <span className="text-faint">{words.noGateway}</span>;
  const more = gateways.length - 1;
  return (
    <span className="flex items-center gap-1.5">
      <GatewayMark state={first.state} />
      {more === 0 ? null : <span className="tnum text-faint">{words.more(more)}</span>}
    </span>
  );
}

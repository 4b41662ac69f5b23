/** Three dashboards that come with the program; adding one makes an ordinary dashboard of the project. */
import { notFound } from '#base';
import type {
  ChartConfig,
  ChartType,
  DashboardFile,
  ReadyDashboard,
  WidgetContent,
  WidgetFilter,
} from '@coaia/client';

interface Ready {
  readonly ready: string;
  readonly file: DashboardFile;
}

/** What a widget asks; what is left out is empty. */
interface Ask extends Pick<WidgetContent, 'view' | 'metrics'> {
  /** Fields it groups by. */
  readonly by?: readonly string[];
  readonly filters?: readonly WidgetFilter[];
  readonly settings?: Omit<ChartConfig, 'type'>;
}

const ERRORS: WidgetFilter = {
  column: 'level',
  operator: 'any of',
  type: 'stringOptions',
  value: ['ERROR'],
};

function toWidget(
  name: string,
  chartType: ChartType,
  [x, y, width, height]: readonly [x: number, y: number, width: number, height: number],
  { view, metrics, by = [], filters = [], settings = {} }: Ask,
): DashboardFile['widgets'][number] {
  return {
    name,
    description: '',
    view,
    dimensions: by.map((field) => ({ field })),
    metrics,
    filters,
    chartType,
    chartConfig: { type: chartType, ...settings },
    place: { x, y, width, height },
  };
}

function toFile(
  name: string,
  description: string,
  widgets: DashboardFile['widgets'],
): DashboardFile {
  return { coaia: 'dashboard/1', name, description, filters: [], widgets };
}

const READY: readonly Ready[] = [
  {
    ready: 'cost',
    file: toFile('Cost', 'What the models cost, and for whom.', [
      toWidget('Cost', 'NUMBER', [0, 0, 3, 3], {
        view: 'observations',
        metrics: [{ measure: 'totalCost', agg: 'sum' }],
      }),
      toWidget('Tokens', 'NUMBER', [3, 0, 3, 3], {
        view: 'observations',
        metrics: [{ measure: 'totalTokens', agg: 'sum' }],
      }),
      toWidget('Cost over time', 'BAR_TIME_SERIES', [6, 0, 6, 6], {
        view: 'observations',
        metrics: [{ measure: 'totalCost', agg: 'sum' }],
      }),
      toWidget('Cost by model', 'HORIZONTAL_BAR', [0, 3, 6, 6], {
        view: 'observations',
        by: ['providedModelName'],
        metrics: [{ measure: 'totalCost', agg: 'sum' }],
        settings: { row_limit: 10 },
      }),
      toWidget('Cost by user', 'HORIZONTAL_BAR', [6, 6, 6, 6], {
        view: 'observations',
        by: ['userId'],
        metrics: [{ measure: 'totalCost', agg: 'sum' }],
        settings: { row_limit: 10 },
      }),
      toWidget('Tokens by model over time', 'AREA_TIME_SERIES', [0, 9, 6, 6], {
        view: 'observations',
        by: ['providedModelName'],
        metrics: [{ measure: 'totalTokens', agg: 'sum' }],
      }),
    ]),
  },
  {
    ready: 'quality',
    file: toFile('Quality', 'What the scores say.', [
      toWidget('Scores', 'NUMBER', [0, 0, 6, 3], {
        view: 'scores-numeric',
        metrics: [{ measure: 'count', agg: 'count' }],
      }),
      toWidget('Mean of each score', 'HORIZONTAL_BAR', [0, 3, 6, 6], {
        view: 'scores-numeric',
        by: ['name'],
        metrics: [{ measure: 'value', agg: 'avg' }],
        settings: { row_limit: 20 },
      }),
      toWidget('Scores over time', 'LINE_TIME_SERIES', [6, 0, 6, 6], {
        view: 'scores-numeric',
        by: ['name'],
        metrics: [{ measure: 'value', agg: 'avg' }],
      }),
      toWidget('Values', 'HISTOGRAM', [6, 6, 6, 6], {
        view: 'scores-numeric',
        metrics: [{ measure: 'value', agg: 'histogram' }],
        settings: { bins: 20 },
      }),
      toWidget('Categories', 'PIVOT_TABLE', [0, 9, 6, 6], {
        view: 'scores-categorical',
        by: ['name', 'stringValue'],
        metrics: [{ measure: 'count', agg: 'count' }],
        settings: { row_limit: 50 },
      }),
      toWidget('Yes and no', 'PIVOT_TABLE', [6, 12, 6, 6], {
        view: 'scores-boolean',
        by: ['name'],
        metrics: [{ measure: 'count', agg: 'count' }],
        settings: { row_limit: 50 },
      }),
    ]),
  },
  {
    ready: 'reliability',
    file: toFile('Reliability', 'Errors and latency of every step.', [
      toWidget('Observations', 'NUMBER', [0, 0, 3, 3], {
        view: 'observations',
        metrics: [{ measure: 'count', agg: 'count' }],
      }),
      toWidget('Errors', 'NUMBER', [3, 0, 3, 3], {
        view: 'observations',
        metrics: [{ measure: 'count', agg: 'count' }],
        filters: [ERRORS],
      }),
      toWidget('Latency over time', 'LINE_TIME_SERIES', [6, 0, 6, 6], {
        view: 'observations',
        metrics: [
          { measure: 'latency', agg: 'p50' },
          { measure: 'latency', agg: 'p95' },
        ],
      }),
      toWidget('Slowest steps', 'HORIZONTAL_BAR', [0, 3, 6, 6], {
        view: 'observations',
        by: ['name'],
        metrics: [{ measure: 'latency', agg: 'p95' }],
        settings: { row_limit: 10 },
      }),
      toWidget('Errors by step', 'HORIZONTAL_BAR', [6, 6, 6, 6], {
        view: 'observations',
        by: ['name'],
        metrics: [{ measure: 'count', agg: 'count' }],
        filters: [ERRORS],
        settings: { row_limit: 10 },
      }),
      toWidget('Latency', 'HISTOGRAM', [0, 9, 6, 6], {
        view: 'observations',
        metrics: [{ measure: 'latency', agg: 'histogram' }],
        settings: { bins: 20 },
      }),
    ]),
  },
];

/** Names and contents in short. */
export function listReadyDashboards(): readonly ReadyDashboard[] {
  return READY.map(({ ready, file }) => ({
    name: ready,
    title: file.name,
    description: file.description,
    widgets: file.widgets.length,
  }));
}

/** The file of one. Fails with COAIA-0003. */
export function getReadyDashboard(name: string): DashboardFile {
  const found = READY.find(({ ready }) => ready === name);
  if (found === undefined) throw notFound('Ready dashboard', name);
  return found.file;
}

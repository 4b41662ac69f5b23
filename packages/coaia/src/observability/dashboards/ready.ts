/** Three dashboards that come with the program; adding one makes an ordinary dashboard of the project. */
import { notFound } from '#base';
import type { DashboardFile, ReadyDashboard } from '@coaia/client';

interface Ready {
  readonly ready: string;
  readonly file: DashboardFile;
}

const READY: readonly Ready[] = [
  {
    ready: 'cost',
    file: {
      coaia: 'dashboard/1',
      name: 'Cost',
      description: 'What the models cost, and for whom.',
      filters: [],
      widgets: [
        {
          name: 'Cost',
          description: '',
          view: 'observations',
          dimensions: [],
          metrics: [{ measure: 'totalCost', agg: 'sum' }],
          filters: [],
          chartType: 'NUMBER',
          chartConfig: { type: 'NUMBER' },
          place: { x: 0, y: 0, width: 3, height: 3 },
        },
        {
          name: 'Tokens',
          description: '',
          view: 'observations',
          dimensions: [],
          metrics: [{ measure: 'totalTokens', agg: 'sum' }],
          filters: [],
          chartType: 'NUMBER',
          chartConfig: { type: 'NUMBER' },
          place: { x: 3, y: 0, width: 3, height: 3 },
        },
        {
          name: 'Cost over time',
          description: '',
          view: 'observations',
          dimensions: [],
          metrics: [{ measure: 'totalCost', agg: 'sum' }],
          filters: [],
          chartType: 'BAR_TIME_SERIES',
          chartConfig: { type: 'BAR_TIME_SERIES' },
          place: { x: 6, y: 0, width: 6, height: 6 },
        },
        {
          name: 'Cost by model',
          description: '',
          view: 'observations',
          dimensions: [{ field: 'providedModelName' }],
          metrics: [{ measure: 'totalCost', agg: 'sum' }],
          filters: [],
          chartType: 'HORIZONTAL_BAR',
          chartConfig: { type: 'HORIZONTAL_BAR', row_limit: 10 },
          place: { x: 0, y: 3, width: 6, height: 6 },
        },
        {
          name: 'Cost by user',
          description: '',
          view: 'observations',
          dimensions: [{ field: 'userId' }],
          metrics: [{ measure: 'totalCost', agg: 'sum' }],
          filters: [],
          chartType: 'HORIZONTAL_BAR',
          chartConfig: { type: 'HORIZONTAL_BAR', row_limit: 10 },
          place: { x: 6, y: 6, width: 6, height: 6 },
        },
        {
          name: 'Tokens by model over time',
          description: '',
          view: 'observations',
          dimensions: [{ field: 'providedModelName' }],
          metrics: [{ measure: 'totalTokens', agg: 'sum' }],
          filters: [],
          chartType: 'AREA_TIME_SERIES',
          chartConfig: { type: 'AREA_TIME_SERIES' },
          place: { x: 0, y: 9, width: 6, height: 6 },
        },
      ],
    },
  },
  {
    ready: 'quality',
    file: {
      coaia: 'dashboard/1',
      name: 'Quality',
      description: 'What the scores say.',
      filters: [],
      widgets: [
        {
          name: 'Scores',
          description: '',
          view: 'scores-numeric',
          dimensions: [],
          metrics: [{ measure: 'count', agg: 'count' }],
          filters: [],
          chartType: 'NUMBER',
          chartConfig: { type: 'NUMBER' },
          place: { x: 0, y: 0, width: 6, height: 3 },
        },
        {
          name: 'Mean of each score',
          description: '',
          view: 'scores-numeric',
          dimensions: [{ field: 'name' }],
          metrics: [{ measure: 'value', agg: 'avg' }],
          filters: [],
          chartType: 'HORIZONTAL_BAR',
          chartConfig: { type: 'HORIZONTAL_BAR', row_limit: 20 },
          place: { x: 0, y: 3, width: 6, height: 6 },
        },
        {
          name: 'Scores over time',
          description: '',
          view: 'scores-numeric',
          dimensions: [{ field: 'name' }],
          metrics: [{ measure: 'value', agg: 'avg' }],
          filters: [],
          chartType: 'LINE_TIME_SERIES',
          chartConfig: { type: 'LINE_TIME_SERIES' },
          place: { x: 6, y: 0, width: 6, height: 6 },
        },
        {
          name: 'Values',
          description: '',
          view: 'scores-numeric',
          dimensions: [],
          metrics: [{ measure: 'value', agg: 'histogram' }],
          filters: [],
          chartType: 'HISTOGRAM',
          chartConfig: { type: 'HISTOGRAM', bins: 20 },
          place: { x: 6, y: 6, width: 6, height: 6 },
        },
        {
          name: 'Categories',
          description: '',
          view: 'scores-categorical',
          dimensions: [{ field: 'name' }, { field: 'stringValue' }],
          metrics: [{ measure: 'count', agg: 'count' }],
          filters: [],
          chartType: 'PIVOT_TABLE',
          chartConfig: { type: 'PIVOT_TABLE', row_limit: 50 },
          place: { x: 0, y: 9, width: 6, height: 6 },
        },
        {
          name: 'Yes and no',
          description: '',
          view: 'scores-boolean',
          dimensions: [{ field: 'name' }],
          metrics: [{ measure: 'count', agg: 'count' }],
          filters: [],
          chartType: 'PIVOT_TABLE',
          chartConfig: { type: 'PIVOT_TABLE', row_limit: 50 },
          place: { x: 6, y: 12, width: 6, height: 6 },
        },
      ],
    },
  },
  {
    ready: 'reliability',
    file: {
      coaia: 'dashboard/1',
      name: 'Reliability',
      description: 'Errors and latency of every step.',
      filters: [],
      widgets: [
        {
          name: 'Observations',
          description: '',
          view: 'observations',
          dimensions: [],
          metrics: [{ measure: 'count', agg: 'count' }],
          filters: [],
          chartType: 'NUMBER',
          chartConfig: { type: 'NUMBER' },
          place: { x: 0, y: 0, width: 3, height: 3 },
        },
        {
          name: 'Errors',
          description: '',
          view: 'observations',
          dimensions: [],
          metrics: [{ measure: 'count', agg: 'count' }],
          filters: [
            { column: 'level', operator: 'any of', type: 'stringOptions', value: ['ERROR'] },
          ],
          chartType: 'NUMBER',
          chartConfig: { type: 'NUMBER' },
          place: { x: 3, y: 0, width: 3, height: 3 },
        },
        {
          name: 'Latency over time',
          description: '',
          view: 'observations',
          dimensions: [],
          metrics: [
            { measure: 'latency', agg: 'p50' },
            { measure: 'latency', agg: 'p95' },
          ],
          filters: [],
          chartType: 'LINE_TIME_SERIES',
          chartConfig: { type: 'LINE_TIME_SERIES' },
          place: { x: 6, y: 0, width: 6, height: 6 },
        },
        {
          name: 'Slowest steps',
          description: '',
          view: 'observations',
          dimensions: [{ field: 'name' }],
          metrics: [{ measure: 'latency', agg: 'p95' }],
          filters: [],
          chartType: 'HORIZONTAL_BAR',
          chartConfig: { type: 'HORIZONTAL_BAR', row_limit: 10 },
          place: { x: 0, y: 3, width: 6, height: 6 },
        },
        {
          name: 'Errors by step',
          description: '',
          view: 'observations',
          dimensions: [{ field: 'name' }],
          metrics: [{ measure: 'count', agg: 'count' }],
          filters: [
            { column: 'level', operator: 'any of', type: 'stringOptions', value: ['ERROR'] },
          ],
          chartType: 'HORIZONTAL_BAR',
          chartConfig: { type: 'HORIZONTAL_BAR', row_limit: 10 },
          place: { x: 6, y: 6, width: 6, height: 6 },
        },
        {
          name: 'Latency',
          description: '',
          view: 'observations',
          dimensions: [],
          metrics: [{ measure: 'latency', agg: 'histogram' }],
          filters: [],
          chartType: 'HISTOGRAM',
          chartConfig: { type: 'HISTOGRAM', bins: 20 },
          place: { x: 0, y: 9, width: 6, height: 6 },
        },
      ],
    },
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

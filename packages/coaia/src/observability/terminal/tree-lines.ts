/** A trace as an indented tree of its observations. */
import type { Output } from '#surface';
import type { TraceDetail } from '@coaia/client';
import { toCount, toDuration, toMoney, toOneLine } from './numbers.ts';
import { renderAbove, toTreeRows } from './observation-tree.ts';
import type { TreeRow } from './observation-tree.ts';
import {
  findCommandRecord,
  findCost,
  findDuration,
  sumTotals,
  toStatus,
  toTokens,
  toTraceStatus,
} from './trace-facts.ts';

export interface TreeOptions {
  readonly isAscii: boolean;
  /** Values in full instead of their first 90 characters. */
  readonly isFull: boolean;
  /** Deepest level shown; 1 is the children of the trace. */
  readonly depth: number | undefined;
}

type Style = Output['style'];

const GUIDES = {
  unicode: { down: '\u2502  ', gap: '   ', branch: '\u251C\u2500 ', last: '\u2514\u2500 ' },
  ascii: { down: '|  ', gap: '   ', branch: '|- ', last: "'- " },
} as const;

const VALUE_WIDTH = 90;

/** Header, then every observation with its facts. */
export function renderTree(
  trace: TraceDetail,
  options: TreeOptions,
  style: Style,
): readonly string[] {
  const depth = options.depth === undefined ? undefined : options.depth - 1;
  const rows = depth !== undefined && depth < 0 ? [] : toTreeRows(trace.observations, depth);
  const hidden = trace.observations.length - rows.length;
  return [
    ...renderHeader(trace, options, style),
    '',
    ...rows.flatMap((row) => renderRow(row, options, style)),
    ...(hidden > 0 ? [`${toCount(hidden, 'deeper observation')} hidden; --depth shows more.`] : []),
  ];
}

function renderHeader(trace: TraceDetail, options: TreeOptions, style: Style): readonly string[] {
  const { tokens, cost } = sumTotals(trace.observations);
  const duration = findCommandRecord(trace)?.durationMs ?? trace.latency * 1000;
  const facts = [
    toTraceStatus(trace),
    duration === 0 ? undefined : toDuration(duration),
    toCount(trace.observations.length, 'observation'),
    tokens > 0 ? `${tokens} tokens` : undefined,
    cost === undefined ? undefined : toMoney(cost),
  ].filter((fact) => fact !== undefined);
  const fields: readonly (readonly [string, unknown])[] = [
    ['id', trace.id],
    ['time', trace.timestamp],
    ['user', trace.userId],
    ['session', trace.sessionId],
    ['tags', trace.tags.length > 0 ? trace.tags.join(', ') : null],
    ['input', trace.input],
    ['output', trace.output],
    ['metadata', isEmpty(trace.metadata) ? null : trace.metadata],
  ];
  return [
    `${style('bold', trace.name ?? trace.id)}  ${facts.join('  ')}`,
    ...fields.flatMap(([label, value]) =>
      value === null || value === undefined
        ? []
        : [`  ${label.padEnd(9)}${renderValue(value, options, 11)}`],
    ),
    ...trace.scores.map(
      ({ name, value, stringValue }) => `  ${'score'.padEnd(9)}${name} = ${stringValue ?? value}`,
    ),
  ];
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function renderRow(row: TreeRow, options: TreeOptions, style: Style): readonly string[] {
  const { observation } = row;
  const guides = GUIDES[options.isAscii ? 'ascii' : 'unicode'];
  const above = renderAbove(row, guides.down, guides.gap);
  const { isLast } = row;
  const below = above + (isLast ? guides.gap : guides.down);
  const status = toStatus(observation);
  const tokens = toTokens(observation);
  const cost = findCost(observation);
  const duration = findDuration(observation);
  const facts = [
    duration === undefined ? undefined : toDuration(duration),
    status === 'ok' ? undefined : style(status === 'error' ? 'error' : 'warn', status),
    observation.model ?? undefined,
    tokens > 0 ? `${tokens} tokens` : undefined,
    cost === undefined ? undefined : toMoney(cost),
  ].filter((fact) => fact !== undefined);
  const title = `[${observation.type}] ${observation.name ?? '(no name)'} (${observation.id})`;
  const details: readonly (readonly [string, unknown])[] = [
    ['time', observation.startTime],
    ['status', observation.statusMessage],
    ['input', observation.input],
    ['output', observation.output],
  ];
  return [
    [above + (isLast ? guides.last : guides.branch) + title, ...facts].join('  '),
    ...details.flatMap(([label, value]) =>
      value === null || value === undefined
        ? []
        : [
            `${below}${style('muted', label.padEnd(8))}${renderValue(value, options, below.length + 8, below)}`,
          ],
    ),
  ];
}

/** One line, or with --full every line, the later ones indented under the first. */
function renderValue(value: unknown, options: TreeOptions, indent: number, guide = ''): string {
  if (!options.isFull) return toOneLine(value, VALUE_WIDTH);
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return text.split('\n').join(`\n${guide}${' '.repeat(Math.max(0, indent - guide.length))}`);
}

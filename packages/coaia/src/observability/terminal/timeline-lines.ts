/** A trace as a waterfall: name, bar, duration, status, short result. */
import type { Output } from '#surface';
import type { Observation, TraceDetail } from '@coaia/client';
import { findLargest, findSmallest, toDuration, toOneLine } from './numbers.ts';
import { renderAbove, toTreeRows } from './observation-tree.ts';
import type { TreeRow } from './observation-tree.ts';
import { findCommandRecord, findDuration, toSpan, toStatus, toTraceStatus } from './trace-facts.ts';
import type { Status } from './trace-facts.ts';

export interface TimelineOptions {
  readonly isAscii: boolean;
  /** Columns to stay within, 40 at least. */
  readonly width: number;
  /** Epoch milliseconds: the end of what still runs. */
  readonly now: number;
}

interface Line {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly duration: string;
  readonly status: Status;
  readonly result: string;
}

const STYLES = { ok: 'ok', warning: 'warn', error: 'error', running: 'muted' } as const;

/** One line per observation under one for the trace; every line fits the width. */
export function renderTimeline(
  trace: TraceDetail,
  options: TimelineOptions,
  style: Output['style'],
): readonly string[] {
  const lines = toLines(trace, options.now);
  const root = lines[0] as Line;
  const labels = Math.min(
    findLargest(lines.map((line) => line.label.length)),
    Math.floor(options.width * 0.45),
  );
  const durations = findLargest(lines.map((line) => line.duration.length));
  const statuses = findLargest(lines.map((line) => line.status.length));
  // Label, 4 spaces, bar, space, duration, 2 spaces, status; a result takes what is left after that.
  const bar = Math.max(8, Math.min(32, options.width - labels - durations - statuses - 7 - 14));
  const used = labels + 4 + bar + 1 + durations + 2 + statuses + 3;
  return lines.map((line) => {
    const cells = renderBar(line, root, bar, options.isAscii);
    const left = options.width - used;
    const result = line.result === '' || left < 4 ? '' : `   ${toOneLine(line.result, left)}`;
    const pad = result === '' ? '' : ' '.repeat(statuses - line.status.length);
    const label = line.label.length > labels ? `${line.label.slice(0, labels - 2)}..` : line.label;
    return `${label.padEnd(labels + 4)}${cells} ${line.duration.padStart(durations)}  ${style(STYLES[line.status], line.status)}${pad}${result}`;
  });
}

function toLines(trace: TraceDetail, now: number): readonly Line[] {
  const rows = toTreeRows(trace.observations);
  const record = findCommandRecord(trace);
  const began = Date.parse(trace.timestamp);
  const spans = rows.map(({ observation }) => toSpan(observation));
  const starts = spans.map(({ start }) => start);
  const start = findSmallest(
    record !== undefined || starts.length === 0 ? [began, ...starts] : starts,
  );
  const recorded = record?.durationMs === undefined ? start : began + record.durationMs;
  const end = findLargest([recorded, start, ...spans.map((span) => span.end ?? now)]);
  const root: Line = {
    label: trace.name ?? trace.id,
    start,
    end,
    duration: toDuration(record?.durationMs ?? end - start),
    status: toTraceStatus(trace),
    result: '',
  };
  return [root, ...rows.map((row) => toLine(row, now))];
}

function toLine(row: TreeRow, now: number): Line {
  const { observation } = row;
  const label = `${renderAbove(row, '|  ', '   ')}${row.isLast ? "'- " : '|- '}`;
  const { start, end } = toSpan(observation);
  return {
    label: `${label}${observation.name ?? observation.type.toLowerCase()}`,
    start,
    end: end ?? now,
    duration: toDuration(findDuration(observation)),
    status: toStatus(observation),
    result: toResult(observation),
  };
}

/** Why it failed, or an output that is a word or a number. */
function toResult({ level, statusMessage, output }: Observation): string {
  if (level === 'ERROR' && statusMessage) return statusMessage;
  return ['string', 'number', 'boolean'].includes(typeof output) ? String(output) : '';
}

const EIGHTHS = ['', '\u258F', '\u258E', '\u258D', '\u258C', '\u258B', '\u258A', '\u2589'];

/** A bar of `width` cells: blanks, at least one mark, blanks. */
function renderBar(line: Line, root: Line, width: number, isAscii: boolean): string {
  const total = Math.max(1, root.end - root.start);
  const from = Math.min(width - 1, Math.floor(((line.start - root.start) / total) * width));
  const exact = ((line.end - line.start) / total) * width;
  const length = Math.min(width - from, exact);
  const whole = Math.floor(length);
  if (isAscii)
    return `${' '.repeat(from)}${'='.repeat(Math.max(1, Math.round(length)))}`
      .slice(0, width)
      .padEnd(width);
  const rest = EIGHTHS[Math.round((length - whole) * 7)] ?? '';
  const marks = '\u2588'.repeat(whole) + (whole === 0 && rest === '' ? '\u258F' : rest);
  return `${' '.repeat(from)}${marks}`.slice(0, width).padEnd(width);
}

/** Attributes of the Langfuse SDKs that need more than a name. */
import { isObject, parseTime, toIso } from '#base';
import { toContent, toNumber, toObject } from '../content.ts';
import type { SpanView } from '../span-view.ts';

const TYPES = new Set([
  'SPAN',
  'GENERATION',
  'EVENT',
  'EMBEDDING',
  'AGENT',
  'TOOL',
  'CHAIN',
  'RETRIEVER',
  'GUARDRAIL',
  'EVALUATOR',
]);

/** Python SDKs up to 3.3 called every observation a span; these attributes tell a generation. */
const GENERATION_MARKS = [
  'langfuse.observation.model.name',
  'langfuse.observation.model.parameters',
  'langfuse.observation.usage_details',
  'langfuse.observation.cost_details',
  'langfuse.observation.completion_start_time',
  'langfuse.observation.prompt.name',
];

export function readType(view: SpanView): string | undefined {
  const type = view.getText('langfuse.observation.type')?.toUpperCase();
  if (type === undefined || !TYPES.has(type)) return undefined;
  if (type === 'SPAN' && isOldPython(view)) {
    return GENERATION_MARKS.some((name) => view.get(name) !== undefined) ? 'GENERATION' : type;
  }
  return type;
}

function isOldPython(view: SpanView): boolean {
  if (view.getResource('telemetry.sdk.language') !== 'python') return false;
  const [major, minor] = view.scope.version.split('.').map(Number);
  return major === 3 && minor !== undefined && minor <= 3;
}

/** A span inside another process's trace that its own process started: root of what that process knows. */
export function readAsRootMark(view: SpanView): boolean | undefined {
  const marked = ['langfuse.internal.as_root', 'langfuse.internal.is_app_root'].some(
    (name) => view.getText(name) === 'true',
  );
  return marked ? true : undefined;
}

const LEVELS: Readonly<Record<string, string>> = {
  TRACE: 'DEBUG',
  DEBUG: 'DEBUG',
  DEFAULT: 'DEFAULT',
  INFO: 'DEFAULT',
  WARN: 'WARNING',
  WARNING: 'WARNING',
  ERROR: 'ERROR',
  FATAL: 'ERROR',
  CRITICAL: 'ERROR',
};

/** The given level, or ERROR for a span whose status is an error. */
export function readLevel(view: SpanView): string | undefined {
  const level = view.getText('langfuse.observation.level')?.toUpperCase();
  const known = level === undefined || !Object.hasOwn(LEVELS, level) ? undefined : LEVELS[level];
  return known ?? (view.span.status.code === 2 ? 'ERROR' : undefined);
}

/** The span's status message; for an error without one, the message of its last exception. */
export function readStatusMessage(view: SpanView): string | undefined {
  const { status, events } = view.span;
  if (status.message !== '') return status.message;
  if (status.code !== 2) return undefined;
  const exception = events.findLast((event) => event.name === 'exception');
  const message = exception?.attributes['exception.message'];
  return typeof message === 'string' && message !== '' ? message : undefined;
}

export function readModelParameters(view: SpanView): Record<string, unknown> | undefined {
  return toObject(view.get('langfuse.observation.model.parameters'));
}

/** Usage as JSON: the ingestion knows all its forms. */
export function readUsage(view: SpanView): Record<string, unknown> | undefined {
  return toObject(view.get('langfuse.observation.usage_details'));
}

export function readCost(view: SpanView): Record<string, number> | undefined {
  const cost = toObject(view.get('langfuse.observation.cost_details'));
  return cost === undefined ? undefined : toAmounts(cost);
}

/** The members that are USD: numbers that are not negative. */
export function toAmounts(value: unknown): Record<string, number> | undefined {
  if (!isObject(value)) return undefined;
  const amounts: Record<string, number> = {};
  for (const [key, item] of Object.entries(value)) {
    const amount = toNumber(item);
    if (amount !== undefined && amount >= 0) amounts[key] = amount;
  }
  return Object.keys(amounts).length === 0 ? undefined : amounts;
}

/** A date, as text or (older SDKs) as JSON text of a text. */
export function readCompletionStart(view: SpanView): string | undefined {
  const value = toContent(view.get('langfuse.observation.completion_start_time'));
  const time = typeof value === 'string' ? parseTime(value) : undefined;
  return time === undefined ? undefined : toIso(time);
}

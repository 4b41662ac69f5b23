/** One span as the body of an observation event. */
import { toIso } from '#base';
import { toCount } from './content.ts';
import { toUsageDetails } from '../prices/usage.ts';
import { isAgentLevel } from './families/gen-ai.ts';
import { isOuterOperation } from './families/vercel.ts';
import { readContent, readField, readOwnField, readTextField } from './resolve.ts';
import { toObservationMetadata } from './span-metadata.ts';
import { toText } from './span-view.ts';
import type { SpanView } from './span-view.ts';

export type Body = Readonly<Record<string, unknown>>;

export interface MappedObservation {
  /** Upper-case observation type. */
  readonly type: string;
  readonly body: Body;
}

/**
 * Maps a span to an observation. Absent fields are left out, so that they overwrite nothing.
 * `receivedAt` (epoch milliseconds) stands in for the start of a span that has no time at all.
 */
export function toObservation(view: SpanView, receivedAt: number): MappedObservation {
  const { span } = view;
  const type = (readField(view, 'type') as string | undefined) ?? 'SPAN';
  const start = span.startTime ?? span.endTime ?? receivedAt;
  const content = readContent(view);
  const body = dropAbsent({
    id: span.spanId,
    traceId: span.traceId,
    type,
    name: toName(view),
    startTime: toIso(start),
    // An event is a moment; a span without an end still runs.
    endTime: span.endTime === undefined || type === 'EVENT' ? undefined : toIso(span.endTime),
    completionStartTime: readField(view, 'completionStartTime'),
    parentObservationId: span.parentSpanId,
    environment: readTextField(view, 'environment'),
    version: readTextField(view, 'version'),
    level: readField(view, 'level') ?? 'DEFAULT',
    statusMessage: readTextField(view, 'statusMessage'),
    ...readModelFields(view),
    ...readPrompt(view, type),
    ...content,
    metadata: toObservationMetadata(view),
  });
  return { type, body };
}

/** The name shown for a span: a tool's or operation's own name before that of the span. */
export function toName(view: SpanView): string {
  return readTextField(view, 'name') ?? view.span.name;
}

/** On spans around other model calls only what the Langfuse SDK itself says counts. */
function readModelFields(view: SpanView) {
  const read = isAgentLevel(view) || isOuterOperation(view) ? readOwnField : readField;
  const model = read(view, 'model');
  return {
    model: model === undefined ? undefined : toText(model),
    modelParameters: read(view, 'modelParameters'),
    usageDetails: toValidUsage(read(view, 'usage')),
    costDetails: read(view, 'cost'),
  };
}

/** Usage that the ingestion would refuse must not cost the observation: its valid counts are kept. */
function toValidUsage(usage: unknown): unknown {
  if (usage === undefined || !('error' in toUsageDetails({ usageDetails: usage }))) return usage;
  const valid = Object.entries(usage as Body)
    .map(([key, value]) => [key, toCount(value)] as const)
    .filter(([, count]) => count !== undefined);
  return valid.length === 0 ? undefined : Object.fromEntries(valid);
}

/** Prompts are linked to generations only, and only by name and version together. */
function readPrompt(view: SpanView, type: string) {
  if (type !== 'GENERATION') return {};
  const promptName = readTextField(view, 'promptName');
  const promptVersion = toCount(readField(view, 'promptVersion'));
  return promptName === undefined || promptVersion === undefined
    ? {}
    : { promptName, promptVersion };
}

/** Leaves out undefined members. */
export function dropAbsent(body: Body): Body {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(body)) {
    const value = body[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}

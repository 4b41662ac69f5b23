/** What a span says about its trace. */
import { toIso } from '#base';
import { toContent } from './content.ts';
import { dropAbsent, toName } from './observation-body.ts';
import type { Body } from './observation-body.ts';
import { readContent, readField, readTextField } from './resolve.ts';
import { toTraceMetadata } from './span-metadata.ts';
import type { SpanView } from './span-view.ts';
import { toText } from './span-view.ts';

/** True for the span that has no parent. */
export function isRoot(view: SpanView): boolean {
  return view.span.parentSpanId === undefined;
}

/** True for a span under a foreign parent that its own process calls a root. */
export function isRootOfProcess(view: SpanView): boolean {
  return !isRoot(view) && readField(view, 'asRoot') === true;
}

/** The trace as its root span describes it: explicit trace attributes, else the span's own. */
export function toRootTrace(view: SpanView, start: number): Body {
  const content = readContent(view);
  return dropAbsent({
    id: view.span.traceId,
    timestamp: toIso(start),
    environment: readTextField(view, 'environment'),
    version: readTextField(view, 'version'),
    release: readTextField(view, 'release'),
    name: toName(view),
    ...content,
    ...readExplicit(view),
    metadata: toTraceMetadata(view, true),
  });
}

/** Name, input and output that stand in until the true root of the trace has spoken. */
export function toStandIn(view: SpanView): Body {
  return dropAbsent({ id: view.span.traceId, name: toName(view), ...readContent(view) });
}

/** Trace-level attributes of any other span; undefined when there are none. */
export function toTraceUpdate(view: SpanView): Body | undefined {
  const metadata = toTraceMetadata(view, false);
  const update = dropAbsent({
    ...readExplicit(view),
    metadata: Object.keys(metadata).length === 0 ? undefined : metadata,
  });
  if (Object.keys(update).length === 0) return undefined;
  // SDKs put the release on every span; by itself it is no reason to write the trace again.
  const release = view.getText('langfuse.release');
  return { id: view.span.traceId, ...update, ...(release === undefined ? {} : { release }) };
}

function readExplicit(view: SpanView): Body {
  return dropAbsent({
    name: readTextField(view, 'traceName'),
    userId: readTextField(view, 'userId'),
    sessionId: readTextField(view, 'sessionId'),
    tags: toTags(readField(view, 'tags')),
    public: toFlag(readField(view, 'public')),
    input: toContent(readField(view, 'traceInput')),
    output: toContent(readField(view, 'traceOutput')),
  });
}

/** Tags as a list, as JSON of a list, or as a comma list. */
function toTags(value: unknown): readonly string[] | undefined {
  const tags = toContent(value);
  if (tags === undefined || tags === null) return undefined;
  const list: readonly unknown[] = Array.isArray(tags)
    ? (tags as readonly unknown[])
    : toText(tags).split(',');
  const texts = list.map((tag) => toText(tag).trim()).filter((tag) => tag !== '');
  return texts.length === 0 ? undefined : texts;
}

function toFlag(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}

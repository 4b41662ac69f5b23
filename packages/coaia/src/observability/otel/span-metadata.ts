/** Metadata of observations and traces: what was set as metadata, and what has no field of its own. */
import { isObject, toIso } from '#base';
import {
  EXPERIMENT_PREFIX,
  FIELDS,
  METADATA_EXCEPTIONS,
  METADATA_PREFIXES,
  OWN_SCOPE,
} from './attributes.ts';
import { toContent } from './content.ts';
import { isContentEvent } from './families/messages.ts';
import { readTools } from './families/vercel.ts';
import { toNested } from './nested.ts';
import type { SpanView } from './span-view.ts';

type Metadata = Record<string, unknown>;

/** Everything about the span that no other field of the observation carries. Call after `readContent`. */
export function toObservationMetadata(view: SpanView): Metadata {
  const tools = readTools(view);
  const events = listOtherEvents(view);
  const rest = view.scope.name.startsWith(OWN_SCOPE) ? undefined : toRest(view);
  return {
    ...readPrefixed(view, METADATA_PREFIXES.observation),
    ...(tools === undefined ? {} : { tools }),
    ...readExperiment(view),
    ...(rest === undefined || Object.keys(rest).length === 0 ? {} : { attributes: rest }),
    ...(events.length === 0 ? {} : { events }),
    ...toOrigin(view),
  };
}

/** Metadata of the trace that a root span gives; other spans only give what was set for the trace. */
export function toTraceMetadata(view: SpanView, isRoot: boolean): Metadata {
  return isRoot
    ? { ...readPrefixed(view, METADATA_PREFIXES.trace), ...readExperiment(view), ...toOrigin(view) }
    : readPrefixed(view, METADATA_PREFIXES.trace.slice(-1));
}

/** The object under a bare prefix, then its members; values that are JSON texts are parsed. */
function readPrefixed(view: SpanView, prefixes: readonly string[]): Metadata {
  const metadata: Metadata = {};
  for (const prefix of prefixes) {
    const whole = toContent(view.get(prefix));
    if (isObject(whole)) Object.assign(metadata, whole);
    else if (whole !== undefined) metadata['metadata'] = whole;
  }
  for (const prefix of prefixes) {
    for (const [key, value] of view.listWithPrefix(`${prefix}.`)) {
      if (!METADATA_EXCEPTIONS.has(`${prefix}.${key}`)) define(metadata, key, toContent(value));
    }
  }
  return metadata;
}

/** Sets a member by definition, so that the key `__proto__` is a key like any other. */
function define(target: Metadata, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function readExperiment(view: SpanView): Metadata {
  const found = view.listWithPrefix(EXPERIMENT_PREFIX);
  return found.length === 0 ? {} : { experiment: toNested(found) };
}

function toOrigin(view: SpanView): Metadata {
  const { name, version, attributes } = view.scope;
  return {
    resourceAttributes: view.resource,
    scope: { name, version, attributes },
  };
}

/** Names of the table and of the metadata prefixes: these have found their place. */
const PLACED = new Set(
  Object.values(FIELDS).flatMap((sources) =>
    (sources as readonly unknown[]).filter((source) => typeof source === 'string'),
  ),
);

/** Attributes that became nothing else, as they came. Foreign names are kept even where a field was read. */
function toRest(view: SpanView): Metadata {
  const rest: Metadata = {};
  for (const [name, value] of Object.entries(view.span.attributes)) {
    if (!view.isUsed(name) && !isPlaced(name)) define(rest, name, value);
  }
  return rest;
}

const PREFIXES = [...METADATA_PREFIXES.observation, ...METADATA_PREFIXES.trace];

function isPlaced(name: string): boolean {
  if (name.startsWith('langfuse.')) {
    return PLACED.has(name) || LANGFUSE_READ.some((prefix) => name.startsWith(prefix));
  }
  return PREFIXES.some((prefix) => name.startsWith(`${prefix}.`)) && !METADATA_EXCEPTIONS.has(name);
}

/** Langfuse's own names that readers take. */
const LANGFUSE_READ = [
  'langfuse.observation.',
  'langfuse.trace.',
  'langfuse.metadata',
  'langfuse.internal.',
  EXPERIMENT_PREFIX,
];

/** Span events that are no messages, exceptions above all. */
function listOtherEvents(view: SpanView): readonly Metadata[] {
  return view.span.events
    .filter((event) => !isContentEvent(event.name))
    .map((event) => ({
      name: event.name,
      ...(event.time === undefined ? {} : { time: toIso(event.time) }),
      attributes: event.attributes,
    }));
}

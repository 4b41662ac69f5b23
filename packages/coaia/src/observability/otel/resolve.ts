/** Looks up the attribute table for one span. */
import { CONTENT, FIELDS } from './attributes.ts';
import type { ContentFamily, Field, Source } from './attributes.ts';
import { toContent } from './content.ts';
import { toText } from './span-view.ts';
import type { SpanView } from './span-view.ts';

/** The value of a field: of the first source that has one. */
export function readField(view: SpanView, field: Field): unknown {
  return readFirst(view, FIELDS[field]);
}

/** The value of a field from its first source only: what the Langfuse SDKs say themselves. */
export function readOwnField(view: SpanView, field: Field): unknown {
  return readFirst(view, FIELDS[field].slice(0, 1));
}

export function readTextField(view: SpanView, field: Field): string | undefined {
  const value = readField(view, field);
  return value === undefined || value === null ? undefined : toText(value);
}

export interface Content {
  readonly input?: unknown;
  readonly output?: unknown;
}

/** Contents are read for the observation and again for its trace; large ones are parsed once. */
const contents = new WeakMap<SpanView, Content>();

/** Input and output of the first family that has either. */
export function readContent(view: SpanView): Content {
  const known = contents.get(view);
  if (known !== undefined) return known;
  let content: Content | undefined;
  for (const family of CONTENT) content ??= readFamily(view, family);
  const found = content ?? {};
  contents.set(view, found);
  return found;
}

function readFamily(view: SpanView, family: ContentFamily): Content | undefined {
  view.reset();
  const input = toContent(readFirst(view, family.input));
  const output = toContent(readFirst(view, family.output));
  if (input === undefined && output === undefined) return undefined;
  view.markUsed();
  return {
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
  };
}

function readFirst(view: SpanView, sources: readonly Source[]): unknown {
  for (const source of sources) {
    const value = readSource(view, source);
    if (value !== undefined) return value;
  }
  return undefined;
}

function readSource(view: SpanView, source: Source): unknown {
  if (typeof source === 'string') return view.get(source);
  return typeof source === 'function' ? source(view) : view.getResource(source.resource);
}

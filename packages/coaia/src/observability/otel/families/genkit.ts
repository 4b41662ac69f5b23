/** Genkit: `genkit:*` attributes; what an action is stands in its subtype. */
import { isObject } from '#base';
import { toCount, toObject } from '../content.ts';
import type { SpanView } from '../span-view.ts';

const SUBTYPES: Readonly<Record<string, string>> = {
  model: 'GENERATION',
  'background-model': 'GENERATION',
  embedder: 'EMBEDDING',
  tool: 'TOOL',
  'tool.v2': 'TOOL',
  retriever: 'RETRIEVER',
  reranker: 'RETRIEVER',
  evaluator: 'EVALUATOR',
  flow: 'CHAIN',
  agent: 'AGENT',
};

export function readType(view: SpanView): string | undefined {
  const subtype = view.getText('genkit:metadata:subtype');
  return subtype !== undefined && Object.hasOwn(SUBTYPES, subtype) ? SUBTYPES[subtype] : undefined;
}

/** The name of a model action is `plugin/model`. */
export function readModel(view: SpanView): string | undefined {
  const type = readType(view);
  if (type !== 'GENERATION' && type !== 'EMBEDDING') return undefined;
  return view.getText('genkit:name');
}

/** Counts that a model action returns inside its output. */
export function readUsage(view: SpanView): Record<string, number> | undefined {
  if (readType(view) !== 'GENERATION') return undefined;
  const usage = toObject(view.get('genkit:output'))?.['usage'];
  if (!isObject(usage)) return undefined;
  const input = toCount(usage['inputTokens']);
  const output = toCount(usage['outputTokens']);
  const total = toCount(usage['totalTokens']);
  const reasoning = toCount(usage['thoughtsTokens']);
  const counts = {
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    ...(reasoning === undefined ? {} : { output_reasoning_tokens: reasoning }),
    ...(total === undefined ? {} : { total }),
  };
  return Object.keys(counts).length === 0 ? undefined : counts;
}

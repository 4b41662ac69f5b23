/** Readers for the GenAI conventions and for exporters that follow them: usage, cost, parameters. */
import { isObject, isValidTime, toIso } from '#base';
import { toContent, toCount, toNumber, toObject } from '../content.ts';
import type { SpanView } from '../span-view.ts';
import {
  CACHE_WRITE_SPLIT,
  MAIN_COUNTS,
  PART_COUNTS,
  PROVIDER_PARTS,
  TOTAL_COSTS,
} from '../usage-attributes.ts';

type Counts = Record<string, number>;

/** Token counts, parts split out of input and output; undefined when the span reports none. */
export function readUsage(view: SpanView): Counts | undefined {
  const parts = readParts(view);
  const input = firstCount(view, MAIN_COUNTS.input);
  const output = firstCount(view, MAIN_COUNTS.output);
  const total = firstCount(view, MAIN_COUNTS.total);
  const counts: Counts = {
    ...takeOut('input', input, parts),
    ...takeOut('output', output, parts),
    ...parts,
    ...(total === undefined ? {} : { total }),
  };
  return Object.keys(counts).length === 0 ? undefined : counts;
}

function firstCount(view: SpanView, names: readonly string[]): number | undefined {
  for (const name of names) {
    const count = toCount(view.get(name));
    if (count !== undefined) return count;
  }
  return undefined;
}

/**
 * The main count without its parts. Most exporters count the parts in; where the parts are more than the whole
 * they evidently do not, and the whole stays as it is.
 */
function takeOut(main: 'input' | 'output', whole: number | undefined, parts: Counts): Counts {
  if (whole === undefined) return {};
  const inside = Object.entries(parts).reduce(
    (sum, [key, count]) => (key.startsWith(`${main}_`) ? sum + count : sum),
    0,
  );
  return { [main]: inside <= whole ? whole - inside : whole };
}

function readParts(view: SpanView): Counts {
  const parts: Counts = {};
  for (const { key, sources } of PART_COUNTS) {
    const count = firstCount(view, sources);
    if (count !== undefined) parts[key] = count;
  }
  const provider = toObject(view.get('ai.response.providerMetadata'));
  if (provider === undefined) return parts;
  for (const { key, path } of PROVIDER_PARTS) {
    const count = toCount(follow(provider, path));
    if (count !== undefined) parts[key] ??= count;
  }
  return splitCacheWrites(parts, provider);
}

function splitCacheWrites(parts: Counts, provider: unknown): Counts {
  const written = parts['input_cache_creation'];
  if (written === undefined) return parts;
  const split = CACHE_WRITE_SPLIT.map(
    ({ key, path }) => [key, toCount(follow(provider, path)) ?? 0] as const,
  );
  const sum = split.reduce((all, [, count]) => all + count, 0);
  if (sum === 0 || sum > written) return parts;
  return { ...parts, input_cache_creation: written - sum, ...Object.fromEntries(split) };
}

function follow(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (!isObject(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

/** MLflow keeps counts as one JSON object. */
export function readMlflowUsage(view: SpanView): Counts | undefined {
  const usage = toObject(view.get('mlflow.chat.tokenUsage'));
  if (usage === undefined) return undefined;
  const counts: Counts = {};
  for (const key of ['input_tokens', 'output_tokens', 'total_tokens']) {
    const count = toCount(usage[key]);
    if (count !== undefined) counts[key.replace('_tokens', '')] = count;
  }
  return Object.keys(counts).length === 0 ? undefined : counts;
}

/** USD, from the names that carry a total; OpenInference adds the two directions. */
export function readCost(view: SpanView): Counts | undefined {
  const total = TOTAL_COSTS.map((name) => toAmount(view.get(name))).find(
    (cost) => cost !== undefined,
  );
  const input = toAmount(view.get('llm.cost.prompt'));
  const output = toAmount(view.get('llm.cost.completion'));
  const costs: Counts = {
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    ...(total === undefined ? {} : { total }),
  };
  return Object.keys(costs).length === 0 ? undefined : costs;
}

function toAmount(value: unknown): number | undefined {
  const amount = toNumber(value);
  return amount !== undefined && amount >= 0 ? amount : undefined;
}

/** Parameters that exporters send as one JSON object. */
export function readInvocationParameters(view: SpanView): Record<string, unknown> | undefined {
  const parameters =
    toObject(view.get('llm.invocation_parameters')) ?? toObject(view.get('model_config'));
  return parameters !== undefined && Object.keys(parameters).length > 0 ? parameters : undefined;
}

export function readRequestParameters(view: SpanView): Record<string, unknown> | undefined {
  const found = view.listWithPrefix('gen_ai.request.').filter(([key]) => key !== 'model');
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** Seconds to the first token or chunk, counted from the start of the span. */
export function readFirstChunk(view: SpanView): string | undefined {
  const wait = toNumber(
    view.get('gen_ai.response.time_to_first_chunk') ??
      view.get('gen_ai.server.time_to_first_token') ??
      view.get('lk.response.ttft'),
  );
  const start = view.span.startTime;
  if (wait === undefined || start === undefined || wait < 0) return undefined;
  const time = Math.round(start + wait * 1000);
  return isValidTime(time) ? toIso(time) : undefined;
}

/** The agent kit sets request and response to `{}` on tool calls. */
export function readVertexRequest(view: SpanView): unknown {
  return readFilled(view, 'gcp.vertex.agent.llm_request');
}

export function readVertexResponse(view: SpanView): unknown {
  return readFilled(view, 'gcp.vertex.agent.llm_response');
}

function readFilled(view: SpanView, name: string): unknown {
  const value = toContent(view.get(name));
  return isObject(value) && Object.keys(value).length === 0 ? undefined : value;
}

/** Operations that contain model calls of their own: their usage would count twice. */
export function isAgentLevel(view: SpanView): boolean {
  const operation = view.getText('gen_ai.operation.name');
  return operation === 'invoke_agent' || operation === 'agent_step';
}

import type { TraceRow } from '../../src/observability/traces/trace-row.ts';
import { createRandom, toHex, type Random } from './random.ts';
import { kinds, models, users } from './texts.ts';

/** A row of the stub with what only the server knows. */
export interface StubTrace extends TraceRow {
  readonly input: unknown;
  readonly output: unknown;
  readonly models: readonly string[];
  readonly types: readonly string[];
  readonly seed: number;
  /** Number of observations of a made-up large trace. */
  readonly spans?: number;
}

const day = 86_400_000;

/** Traces of the last three days, the newest first. */
export function createTraces(count: number, now: number): StubTrace[] {
  const random = createRandom(7);
  const traces: StubTrace[] = [];
  for (let index = 0; index < count; index += 1) {
    const age = (index / count) ** 1.6 * 3 * day + random.next() * 20_000 + index * 4;
    traces.push(createTrace(random, now - age, index));
  }
  return traces.toSorted((a, b) => b.timestamp.localeCompare(a.timestamp));
}

/** One trace at a moment. */
export function createTrace(random: Random, at: number, seed: number): StubTrace {
  const kind = random.pick(kinds);
  const failed = random.chance(0.04);
  const running = seed === 2;
  const local = kind.name.startsWith('etl');
  const model = random.pick(models);
  const tokens = local ? noTokens : createTokens(random, failed, model);
  const ask = random.pick<string>(kind.asks);
  const answer = failed || running ? null : random.pick<string>(kind.answers);
  const warned = random.chance(0.03);
  return {
    id: toHex(random, 32),
    timestamp: new Date(at).toISOString(),
    name: kind.name,
    ...createOwner(random, local, seed),
    version: null,
    public: false,
    bookmarked: false,
    level: failed ? 'ERROR' : warned ? 'WARNING' : 'DEFAULT',
    observationCount: random.int(3, 14),
    errorCount: failed ? 1 : 0,
    latencyMs: running ? null : Math.round(random.skewed(180, 24_000)),
    ...tokens,
    inputPreview: ask,
    outputPreview: answer,
    scores: createScore(random),
    running,
    sample: false,
    ...createTalk(local, ask, answer),
    models: local ? [] : [model.name],
    types: local ? ['SPAN'] : ['AGENT', 'GENERATION', 'TOOL', 'RETRIEVER', 'SPAN'],
    seed,
  };
}

const noTokens = { totalCost: null, inputTokens: null, outputTokens: null, totalTokens: null };

function createTokens(
  random: Random,
  failed: boolean,
  price: { readonly input: number; readonly output: number },
) {
  const inputTokens = Math.round(random.skewed(120, 9000));
  const outputTokens = failed ? 0 : Math.round(random.skewed(20, 1800));
  const totalCost = (inputTokens * price.input + outputTokens * price.output) / 1e6;
  return { totalCost, inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
}

function createOwner(random: Random, local: boolean, seed: number) {
  const tags = random.chance(0.4) ? [random.pick(['web', 'app', 'mail'])] : [];
  return {
    userId: random.chance(0.85) ? random.pick(users) : null,
    sessionId: local || random.chance(0.3) ? null : `chat-${1000 + Math.floor(seed / 7)}`,
    environment: random.chance(0.8) ? 'production' : 'staging',
    release: random.chance(0.5) ? `2026.11.${1 + (seed % 5)}` : null,
    tags: random.chance(0.1) ? [...tags, 'vip'] : tags,
  };
}

function createScore(random: Random): StubTrace['scores'] {
  const value = Math.round(random.next() * 100) / 100;
  return random.chance(0.35)
    ? [{ name: 'helpful', value, stringValue: null, dataType: 'NUMERIC' }]
    : [];
}

function createTalk(local: boolean, ask: string, answer: string | null) {
  if (local) return { input: ask, output: answer };
  const system = { role: 'system', content: 'You answer customers of a clothing shop. Be brief.' };
  return {
    input: { messages: [system, { role: 'user', content: ask }] },
    output: answer === null ? null : { role: 'assistant', content: answer },
  };
}

/** A trace with very many spans. */
export function createLargeTrace(now: number, spans: number): StubTrace {
  const base = createTrace(createRandom(99), now - 90_000, 99);
  return {
    ...base,
    id: 'large',
    name: 'agent/long-run',
    observationCount: spans,
    spans,
    latencyMs: 184_000,
    level: 'ERROR',
    errorCount: 12,
    running: false,
  };
}

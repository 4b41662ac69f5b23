import type { Clause, FieldClause, FilterValue } from '../../src/observability/filter/filter.ts';
import type { StubTrace } from './trace-data.ts';

/** True when a trace fulfils every clause; enough of the grammar for the page's tests. */
export function isMatch(trace: StubTrace, clauses: readonly Clause[], now: number): boolean {
  return clauses.every((clause) => isClauseMet(trace, clause, now) !== clause.negated);
}

function isClauseMet(trace: StubTrace, clause: Clause, now: number): boolean {
  if (clause.kind === 'text') {
    const text = [trace.name, trace.inputPreview, trace.outputPreview].join(' ').toLowerCase();
    return text.includes(clause.text.toLowerCase());
  }
  if (clause.key === 'since')
    return Date.parse(trace.timestamp) >= now - toNumber(toFirst(clause.value));
  if (clause.key === 'has') return toFirst(clause.value) === 'error' ? trace.errorCount > 0 : true;
  if (clause.key === 'scores')
    return trace.scores.some(
      (score) => score.name === clause.path[0] && isValueMet([score.value ?? 0], clause),
    );
  return isValueMet(toValues(trace, clause.key), clause);
}

function toFirst(value: FilterValue): string {
  return value.kind === 'is' ? value.text : '';
}

function toValues(trace: StubTrace, key: string): readonly (string | number)[] {
  const one: Record<string, string | number | null | undefined> = {
    id: trace.id,
    name: trace.name,
    user: trace.userId,
    session: trace.sessionId,
    environment: trace.environment,
    release: trace.release,
    version: trace.version,
    level: trace.level,
    latency: trace.latencyMs,
    cost: trace.totalCost,
    tokens: trace.totalTokens,
    observations: trace.observationCount,
    errors: trace.errorCount,
    status: trace.running ? 'running' : 'done',
    sample: String(trace.sample),
    input: trace.inputPreview,
    output: trace.outputPreview,
  };
  if (key === 'tags') return trace.tags;
  if (key === 'model') return trace.models;
  if (key === 'type') return trace.types;
  const value = one[key];
  return value === null || value === undefined ? [] : [value];
}

const factors: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  k: 1000,
  M: 1e6,
};

function toNumber(text: string): number {
  const match = /^\$?([\d.]+)([a-zA-Z]*)$/.exec(text);
  return Number(match?.[1]) * (factors[match?.[2] ?? ''] ?? 1);
}

function isValueMet(values: readonly (string | number)[], { value }: FieldClause): boolean {
  const isSame = (text: string) =>
    values.some((one) =>
      new RegExp(
        `^${text
          .split('*')
          .map((part) => RegExp.escape(part))
          .join('.*')}$`,
        'i',
      ).test(String(one)),
    );
  switch (value.kind) {
    case 'is':
    case 'exact':
      return isSame(value.text);
    case 'any':
      return value.texts.some((text) => isSame(text));
    case 'all':
      return value.texts.every((text) => isSame(text));
    case 'range':
      return values.some(
        (one) => Number(one) >= toNumber(value.from) && Number(one) <= toNumber(value.to),
      );
    case 'compare': {
      const limit = toNumber(value.text);
      const tests = {
        '>': (n: number) => n > limit,
        '>=': (n: number) => n >= limit,
        '<': (n: number) => n < limit,
        '<=': (n: number) => n <= limit,
      };
      return values.some((one) => tests[value.operator](Number(one)));
    }
  }
}

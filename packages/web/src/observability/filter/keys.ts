/** Keys of the grammar as the page knows them before the server has told its own list. */

/** What a key holds, for completion and for choosing an operator. */
export interface FilterKey {
  readonly key: string;
  readonly kind: 'text' | 'number' | 'duration' | 'money' | 'enum' | 'time' | 'tags';
  readonly values?: readonly string[];
  readonly summary: string;
}

const aliases: Readonly<Record<string, string>> = {
  userid: 'user',
  sessionid: 'session',
  env: 'environment',
  tag: 'tags',
  totalcost: 'cost',
  totaltokens: 'tokens',
  observationcount: 'observations',
  errorcount: 'errors',
};

const observationTypes = [
  'SPAN',
  'GENERATION',
  'AGENT',
  'TOOL',
  'CHAIN',
  'RETRIEVER',
  'EMBEDDING',
  'EVALUATOR',
  'GUARDRAIL',
  'EVENT',
];

const has = ['input', 'output', 'error', 'score', 'user', 'session', 'cost', 'tags', 'parent'];

/** The built-in list; `/api/v1/query-keys` replaces it when it arrives. */
export const builtInKeys: readonly FilterKey[] = [
  { key: 'name', kind: 'text', summary: 'Name of the trace' },
  {
    key: 'level',
    kind: 'enum',
    values: ['ERROR', 'WARNING', 'DEFAULT'],
    summary: 'Worst level inside',
  },
  { key: 'status', kind: 'enum', values: ['running', 'done'], summary: 'Whether it has ended' },
  { key: 'user', kind: 'text', summary: 'User id' },
  { key: 'session', kind: 'text', summary: 'Session id' },
  { key: 'environment', kind: 'text', summary: 'Environment' },
  { key: 'tags', kind: 'tags', summary: 'Any of the tags' },
  { key: 'latency', kind: 'duration', summary: 'Whole duration, as in >2s' },
  { key: 'cost', kind: 'money', summary: 'Whole cost, as in >$0.01' },
  { key: 'tokens', kind: 'number', summary: 'All tokens' },
  { key: 'inputTokens', kind: 'number', summary: 'Input tokens' },
  { key: 'outputTokens', kind: 'number', summary: 'Output tokens' },
  { key: 'observations', kind: 'number', summary: 'Number of observations' },
  { key: 'errors', kind: 'number', summary: 'Number of observations that failed' },
  { key: 'model', kind: 'text', summary: 'A model used inside' },
  { key: 'type', kind: 'enum', values: observationTypes, summary: 'A type of observation inside' },
  { key: 'release', kind: 'text', summary: 'Release' },
  { key: 'version', kind: 'text', summary: 'Version' },
  { key: 'input', kind: 'text', summary: 'Text of the input' },
  { key: 'output', kind: 'text', summary: 'Text of the output' },
  { key: 'since', kind: 'time', values: ['15m', '1h', '24h', '7d'], summary: 'Not older than' },
  { key: 'timestamp', kind: 'time', summary: 'Start time' },
  { key: 'has', kind: 'enum', values: has, summary: 'Has something at all' },
  { key: 'id', kind: 'text', summary: 'Id of the trace' },
  { key: 'public', kind: 'enum', values: ['true', 'false'], summary: 'Shared by link' },
  { key: 'bookmarked', kind: 'enum', values: ['true', 'false'], summary: 'Bookmarked' },
  { key: 'sample', kind: 'enum', values: ['true', 'false'], summary: 'Part of the sample' },
  { key: 'metadata.', kind: 'text', summary: 'A field of the metadata' },
  { key: 'scores.', kind: 'number', summary: 'A score by name' },
];

/** Keys that take a path after a dot. */
export const pathKeys: readonly string[] = ['metadata', 'scores'];

/** The one name of a key: aliases are followed, case is forgiven; unknown ones stay as they are. */
export function toCanonicalKey(key: string, known: readonly FilterKey[] = builtInKeys): string {
  const lower = key.toLowerCase();
  const alias = aliases[lower];
  if (alias !== undefined) return alias;
  return known.find((one) => one.key.toLowerCase() === lower)?.key ?? key;
}

/** True when the server would know the key. */
export function isKnownKey(key: string, known: readonly FilterKey[] = builtInKeys): boolean {
  if (pathKeys.includes(key)) return true;
  const canonical = toCanonicalKey(key, known);
  return known.some((one) => toCanonicalKey(one.key) === canonical || one.key === key);
}

/** Keys near a mistyped one, the nearest first; at most three. */
export function findNearKeys(
  key: string,
  known: readonly FilterKey[] = builtInKeys,
): readonly string[] {
  const lower = key.toLowerCase();
  return known
    .map((one) => ({ key: one.key, distance: toDistance(lower, one.key.toLowerCase()) }))
    .filter(
      (one) =>
        one.distance <= Math.max(2, Math.floor(lower.length / 3)) ||
        one.key.toLowerCase().startsWith(lower),
    )
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map((one) => one.key);
}

// Levenshtein distance, one row at a time.
function toDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

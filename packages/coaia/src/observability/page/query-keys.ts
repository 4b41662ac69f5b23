/** The keys of the query bar, for its completion. */
import type { Field, FieldKind } from '../filter/field.ts';
import { TRACE_FIELDS } from '../filter/trace-fields.ts';

export interface QueryKey {
  readonly key: string;
  readonly kind: 'text' | 'number' | 'duration' | 'money' | 'enum' | 'time' | 'tags';
  readonly values?: readonly string[];
  readonly summary: string;
}

const KINDS: Readonly<Record<FieldKind, QueryKey['kind']>> = {
  text: 'text',
  content: 'text',
  number: 'number',
  duration: 'duration',
  money: 'money',
  enum: 'enum',
  time: 'time',
  tags: 'tags',
  flag: 'enum',
  presence: 'enum',
  metadata: 'text',
  scores: 'number',
};

/** Words for `has:` as people say them. */
const PRESENCE = ['input', 'output', 'error', 'score', 'user', 'session', 'cost', 'tags', 'parent'];

/** All keys that are offered; `metadata.` and `scores.` take a name after the dot. */
export function listQueryKeys(): readonly QueryKey[] {
  return TRACE_FIELDS.fields.filter(({ unlisted }) => unlisted !== true).map(toQueryKey);
}

function toQueryKey(field: Field): QueryKey {
  const takesPath = field.kind === 'metadata' || field.kind === 'scores';
  const values = toValues(field);
  return {
    key: takesPath ? `${field.key}.` : field.key,
    kind: KINDS[field.kind],
    ...(values === undefined ? {} : { values }),
    summary: field.summary,
  };
}

function toValues(field: Field): readonly string[] | undefined {
  if (field.kind === 'flag') return ['true', 'false'];
  if (field.kind === 'presence') return PRESENCE;
  if (field.key === 'since') return ['15m', '1h', '24h', '7d'];
  return field.values;
}

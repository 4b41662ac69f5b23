/** Fields of signatures for tests. */
import type { Field } from '../signature.ts';

/** A number that is needed and may not be missing, as a fitted object tells it, but for what is given. */
export function field(name: string, more: Partial<Field> = {}): Field {
  const base = {
    type: 'number',
    datatype: 'FP64',
    shape: [],
    required: true,
    nullable: false,
  } as const;
  return { name, ...base, evidence: 'object', ...more };
}

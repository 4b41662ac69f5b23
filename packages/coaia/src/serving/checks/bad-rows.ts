/** Requests that are wrong in one place each, made from a row that works, and what the service must answer. */
import type { Field, Row, Signature } from '../signatures/signature.ts';
import type { InputRules } from '../versions/version.ts';
import { takesMissing } from './examples.ts';

export interface Probe {
  /** As it stands in a sentence: `without \`wt\``. */
  readonly title: string;
  readonly kind: 'missing column' | 'wrong type' | 'unknown level' | 'missing value';
  readonly field: string;
  readonly row: Row;
  /** The documented status. */
  readonly status: 200 | 422;
}

/** What is no value of the type, whatever the levels and bounds are; undefined when everything is one. */
function toWrong({ type, shape }: Field): unknown {
  if (shape.length > 0) return 'not a list';
  const wrong = {
    number: 'not a number',
    integer: 'not a number',
    boolean: 'perhaps',
    date: '2024-13-45',
    datetime: 'yesterday',
    category: undefined,
    string: { not: 'text' },
  };
  return wrong[type];
}

/** A level that does not exist, of the same kind as those that do. */
function toUnknownLevel({ levels = [] }: Field): unknown {
  if (levels.some((level) => typeof level === 'boolean')) return 'perhaps';
  const numbers = levels.filter((level) => typeof level === 'number');
  return numbers.length > 0 ? Math.max(...numbers) + 1 : 'no such level';
}

/** One request for each way in which each field can be wrong. */
export function listProbes(signature: Signature, rules: InputRules): readonly Probe[] {
  return signature.inputs.flatMap((field) => listFieldProbes(field, signature, rules));
}

function listFieldProbes(field: Field, signature: Signature, rules: InputRules): readonly Probe[] {
  const { name, required, levels, shape } = field;
  const { [name]: _value, ...others } = signature.example;
  const with_ = (value: unknown): Row => ({ ...signature.example, [name]: value });
  const probes: Probe[] = [];
  const add = (kind: Probe['kind'], title: string, row: Row, status: Probe['status']) =>
    probes.push({ kind, title, field: name, row, status });
  add('missing column', `without \`${name}\``, others, required ? 422 : 200);
  const wrong = toWrong(field);
  if (wrong !== undefined)
    add('wrong type', `with \`${name}\` = ${JSON.stringify(wrong)}`, with_(wrong), 422);
  if (levels !== undefined && levels.length > 0 && shape.length === 0) {
    const level = toUnknownLevel(field);
    add('unknown level', `with \`${name}\` = ${JSON.stringify(level)}`, with_(level), 422);
  }
  if (shape.length === 0) {
    const isTaken = takesMissing([name], signature, rules, 'json');
    add('missing value', `with \`${name}\` missing (null)`, with_(null), isTaken ? 200 : 422);
  }
  return probes;
}

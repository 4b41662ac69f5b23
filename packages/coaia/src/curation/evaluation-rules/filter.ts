/** Conditions of evaluation rules: which there are, and whether something recorded satisfies them. */
import { isObject } from '#base';
import type { Json } from '#base';
import type { EvaluationTarget, RuleFilter } from '@coaia/client';
import { evaluatorFailures } from '../evaluators/errors.ts';

const TYPES = [
  'SPAN',
  'EVENT',
  'GENERATION',
  'AGENT',
  'TOOL',
  'CHAIN',
  'RETRIEVER',
  'EVALUATOR',
  'EMBEDDING',
  'GUARDRAIL',
];
const LEVELS = ['DEBUG', 'DEFAULT', 'WARNING', 'ERROR'];

interface ColumnRule {
  readonly type: string;
  readonly allowed?: readonly string[];
  readonly targets: readonly EvaluationTarget[];
}

const OBSERVED: readonly EvaluationTarget[] = ['observation', 'experiment'];
const ALL: readonly EvaluationTarget[] = ['observation', 'experiment', 'trace'];

/** Each column takes exactly one type of condition. */
const COLUMNS: Readonly<Record<string, ColumnRule>> = {
  type: { type: 'stringOptions', allowed: TYPES, targets: OBSERVED },
  name: { type: 'stringOptions', targets: ALL },
  environment: { type: 'stringOptions', targets: ALL },
  level: { type: 'stringOptions', allowed: LEVELS, targets: OBSERVED },
  version: { type: 'string', targets: ALL },
  release: { type: 'string', targets: ALL },
  traceName: { type: 'stringOptions', targets: ALL },
  userId: { type: 'string', targets: ALL },
  sessionId: { type: 'string', targets: ALL },
  tags: { type: 'arrayOptions', targets: ALL },
  metadata: { type: 'stringObject', targets: ALL },
  isRootObservation: { type: 'boolean', targets: OBSERVED },
  parentObservationId: { type: 'null', targets: OBSERVED },
  experimentId: { type: 'stringOptions', targets: OBSERVED },
  isExperimentItemRootSpan: { type: 'boolean', targets: OBSERVED },
  calledToolNames: { type: 'arrayOptions', targets: OBSERVED },
  toolCalls: { type: 'number', targets: OBSERVED },
  datasetId: { type: 'stringOptions', targets: OBSERVED },
};

/** What is compared, by column. */
export interface FilterSubject {
  readonly values: Readonly<
    Record<string, string | number | boolean | null | readonly string[] | undefined>
  >;
  readonly metadata: Json;
}

/** Fails with COAIA-2255 naming the first condition that the target cannot have. */
export function requireFilter(filters: readonly RuleFilter[], target: EvaluationTarget): void {
  for (const [index, { column, type, value, key }] of filters.entries()) {
    const rule = Object.hasOwn(COLUMNS, column) ? COLUMNS[column] : undefined;
    const field = `filter[${index}]`;
    if (rule === undefined || !rule.targets.includes(target)) {
      const known = Object.keys(COLUMNS).filter((name) => COLUMNS[name]?.targets.includes(target));
      throw refused(`There is no column "${column}" for the target ${target}.`, {
        field: `${field}.column`,
        column,
        allowedValues: known,
      });
    }
    if (rule.type !== type)
      throw refused(`The column "${column}" takes conditions of type ${rule.type}, not ${type}.`, {
        field: `${field}.type`,
        column,
        allowedValues: [rule.type],
      });
    if (type === 'stringObject' && !key)
      throw refused('A condition on metadata needs a key.', { field: `${field}.key`, column });
    requireAllowed(rule, { column, value, field: `${field}.value` });
  }
}

function requireAllowed(
  { allowed }: ColumnRule,
  {
    column,
    value,
    field,
  }: { readonly column: string; readonly value: unknown; readonly field: string },
): void {
  if (allowed === undefined || !Array.isArray(value)) return;
  const wrong = value.filter((one): one is string => !allowed.includes(one as string));
  if (wrong.length > 0)
    throw refused(`The column "${column}" never is ${wrong.join(', ')}.`, {
      field,
      column,
      invalidValues: wrong,
      allowedValues: allowed,
    });
}

function refused(message: string, details: unknown) {
  return evaluatorFailures.create('COAIA-2255', message, { details });
}

/** True when all conditions hold. */
export function matchesFilter(filters: readonly RuleFilter[], subject: FilterSubject): boolean {
  return filters.every((filter) => isTrue(filter, subject));
}

const LIST_CHECKS: Readonly<
  Record<string, (actual: readonly string[], value: readonly string[]) => boolean>
> = {
  'any of': (actual, value) => actual.some((one) => value.includes(one)),
  'none of': (actual, value) => !actual.some((one) => value.includes(one)),
  'all of': (actual, value) => value.every((one) => actual.includes(one)),
};

const TEXT_CHECKS: Readonly<Record<string, (actual: string, value: string) => boolean>> = {
  '=': (actual, value) => actual === value,
  contains: (actual, value) => actual.includes(value),
  'does not contain': (actual, value) => !actual.includes(value),
  'starts with': (actual, value) => actual.startsWith(value),
  'ends with': (actual, value) => actual.endsWith(value),
};

const NUMBER_CHECKS: Readonly<Record<string, (actual: number, value: number) => boolean>> = {
  '=': (actual, value) => actual === value,
  '>': (actual, value) => actual > value,
  '<': (actual, value) => actual < value,
  '>=': (actual, value) => actual >= value,
  '<=': (actual, value) => actual <= value,
};

function isTrue(filter: RuleFilter, subject: FilterSubject): boolean {
  const { type, column, key } = filter;
  const actual = column === 'metadata' ? readKey(subject.metadata, key) : subject.values[column];
  return CHECKS[type]?.(actual, filter) ?? false;
}

type Actual = FilterSubject['values'][string];

const CHECKS: Readonly<Record<string, (actual: Actual, filter: RuleFilter) => boolean>> = {
  stringOptions: isListed,
  arrayOptions: isListed,
  string: hasText,
  stringObject: hasText,
  number: (actual, { operator, value }) =>
    typeof actual === 'number' && (NUMBER_CHECKS[operator]?.(actual, Number(value)) ?? false),
  boolean: (actual, { operator, value }) => (actual === value) === (operator === '='),
  null: (actual, { operator }) =>
    (actual === null || actual === undefined) === (operator === 'is null'),
};

function isListed(actual: Actual, { operator, value }: RuleFilter): boolean {
  const one = typeof actual === 'string' ? [actual] : [];
  const list = Array.isArray(actual) ? (actual as readonly string[]) : one;
  return LIST_CHECKS[operator]?.(list, value as readonly string[]) ?? false;
}

/** What is absent contains nothing. */
function hasText(actual: Actual, { operator, value }: RuleFilter): boolean {
  if (typeof actual !== 'string') return operator === 'does not contain';
  return TEXT_CHECKS[operator]?.(actual, String(value)) ?? false;
}

/** A key of the first level, or a path of keys with dots; what is no text is compared as JSON. */
function readKey(metadata: Json, key: string | undefined): string | undefined {
  if (key === undefined || !isObject(metadata)) return undefined;
  const found = metadata[key] ?? readPath(metadata, key.split('.'));
  if (found === undefined || found === null) return undefined;
  return typeof found === 'string' ? found : JSON.stringify(found);
}

function readPath(value: Json, path: readonly string[]): Json | undefined {
  let place: Json | undefined = value;
  for (const name of path)
    place = isObject(place ?? null) ? (place as Record<string, Json>)[name] : undefined;
  return place;
}

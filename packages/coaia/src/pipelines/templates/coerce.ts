/** Values of variables: brought to the declared type and held against the declared rules. */
import { findNearest, isObject } from '#base';
import { matches, toPattern } from './pattern.ts';
import type { TemplateVariable, VariableType } from './template.ts';

const TRUE: ReadonlySet<string> = new Set(['true', '1', 'yes', 'on']);
const FALSE: ReadonlySet<string> = new Set(['false', '0', 'no', 'off']);

export type Coerced =
  | { readonly value: unknown; readonly warning?: string }
  | { readonly problem: string };

/**
 * The value as its variable wants it: a string stays the text that was typed, numbers are decimal, booleans are
 * true/false/1/0/yes/no/on/off, lists a JSON array or items between commas. The sentences begin with the name.
 */
export function coerce(variable: TemplateVariable, given: unknown): Coerced {
  const value = toType(variable, given);
  if (value === undefined) {
    const shown = variable.secret === true ? '' : `, not ${toShown(given)}`;
    return { problem: `${variable.name} must be ${TYPE_NAMES[variable.type]}${shown}` };
  }
  const problem = findBrokenRule(variable, value);
  if (problem !== undefined) return { problem: `${variable.name} ${problem}` };
  const unusual = variable.suggestions === undefined ? [] : findOthers(variable.suggestions, value);
  return unusual.length === 0
    ? { value }
    : {
        value,
        warning: `${variable.name}: ${unusual.map(toShown).join(', ')} is none of the usual ${toChoices(variable.suggestions ?? [])}`,
      };
}

const TYPE_NAMES: Readonly<Record<VariableType, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list: a,b or ["a", "b"]',
};

function toType({ type, items }: TemplateVariable, given: unknown): unknown {
  if (type === 'list') return toListOf(items, given);
  return toScalar(type, given);
}

function toScalar(type: Exclude<VariableType, 'list'>, given: unknown): unknown {
  if (type === 'number') return toNumber(given);
  if (type === 'boolean') return toBoolean(given);
  if (typeof given === 'string') return given;
  if (typeof given === 'number' || typeof given === 'boolean') return String(given);
  return isObject(given) || Array.isArray(given) ? JSON.stringify(given) : undefined;
}

function toNumber(given: unknown): number | undefined {
  if (typeof given === 'number') return Number.isFinite(given) ? given : undefined;
  if (typeof given !== 'string') return undefined;
  if (!/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(given)) return undefined;
  const number = Number(given);
  return Number.isFinite(number) ? number : undefined;
}

function toBoolean(given: unknown): boolean | undefined {
  if (typeof given === 'boolean') return given;
  const word = String(given).trim().toLowerCase();
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : undefined;
}

function toListOf(items: TemplateVariable['items'], given: unknown): unknown {
  const list = toList(given);
  if (items === undefined || list === undefined) return list;
  const values = list.map((item) => toScalar(items, item));
  return values.includes(undefined) ? undefined : values;
}

function toList(given: unknown): readonly unknown[] | undefined {
  if (Array.isArray(given)) return given as readonly unknown[];
  if (typeof given !== 'string') return undefined;
  const text = given.trim();
  if (text === '') return [];
  if (text.startsWith('[')) {
    try {
      const value: unknown = JSON.parse(text);
      if (Array.isArray(value)) return value as readonly unknown[];
    } catch {
      // Taken as items between commas, like any other text.
    }
  }
  return text.split(',').map((item) => item.trim());
}

function findBrokenRule(variable: TemplateVariable, value: unknown): string | undefined {
  const { choices, secret } = variable;
  const others = choices === undefined ? [] : findOthers(choices, value);
  if (others.length > 0) {
    const [other] = others;
    const typed = String(other);
    const [near] = typed.length < 3 ? [] : findNearest(typed, (choices ?? []).map(String));
    const shown = secret === true ? '' : `, not ${others.map(toShown).join(', ')}`;
    const close = near === undefined || secret === true ? '' : ` (did you mean ${near}?)`;
    return `must be one of ${toChoices(choices ?? [])}${shown}${close}`;
  }
  return findBrokenBound(variable, value) ?? findBrokenPattern(variable, value);
}

function findBrokenBound(variable: TemplateVariable, value: unknown): string | undefined {
  const { min, max, minLength, maxLength } = variable;
  if (typeof value === 'number')
    return findOutside(value, min, max, {
      least: 'must be at least',
      most: 'must be at most',
      unit: '',
    });
  if (typeof value === 'string')
    // Counted as people see them: an accented letter is one.
    return findOutside([...new Intl.Segmenter().segment(value)].length, minLength, maxLength, {
      ...LENGTHS,
      unit: ' characters',
    });
  return Array.isArray(value)
    ? findOutside(value.length, minLength, maxLength, { ...LENGTHS, unit: ' items' })
    : undefined;
}

const LENGTHS = { least: 'needs at least', most: 'takes at most' } as const;

function findOutside(
  value: number,
  min: number | undefined,
  max: number | undefined,
  { least, most, unit }: { readonly least: string; readonly most: string; readonly unit: string },
): string | undefined {
  if (min !== undefined && value < min) return `${least} ${min}${unit}`;
  return max !== undefined && value > max ? `${most} ${max}${unit}` : undefined;
}

function findBrokenPattern({ pattern }: TemplateVariable, value: unknown): string | undefined {
  if (pattern === undefined) return undefined;
  const texts = (Array.isArray(value) ? value : [value]).map(String);
  const expression = toPattern(pattern);
  return expression === undefined || texts.every((text) => matches(expression, text))
    ? undefined
    : `must match ${pattern}`;
}

function findOthers(choices: readonly unknown[], value: unknown): readonly unknown[] {
  const known = new Set(choices.map((choice) => toKey(choice)));
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((item) => !known.has(toKey(item)));
}

/** Choices written as text fit numbers, since files and command lines write them differently. */
function toKey(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

export function toChoices(choices: readonly unknown[]): string {
  return choices.map((choice) => (typeof choice === 'string' ? choice : toKey(choice))).join(', ');
}

function toShown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

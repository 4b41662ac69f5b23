/**
 * The values of the template language. None, True, texts, lists and numbers are the JavaScript values of the same
 * kind, dictionaries are Maps; what JavaScript cannot tell apart has a class here.
 */

/** A float with a whole value (`2.0`), infinity or not-a-number; every other float is a plain number. */
export class Float {
  readonly value: number;

  private constructor(value: number) {
    this.value = value;
  }

  static of(value: number): Float | number {
    return Number.isFinite(value) && !Number.isInteger(value) ? value : new Float(value);
  }
}

export class Tuple {
  readonly items: readonly unknown[];
  /** Items that also have a name, as those of `groupby` have. */
  readonly names: ReadonlyMap<string, unknown> | undefined;

  constructor(items: readonly unknown[], names?: ReadonlyMap<string, unknown>) {
    this.items = items;
    this.names = names;
  }
}

/** A text that is already escaped for HTML. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a name, attribute or item without a value gives; `name` is said in messages. */
export class Undefined {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Numbers made one by one, so that `range(100000)` costs nothing by itself. */
export class Range {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly length: number;

  constructor(start: number, stop: number, step: number) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = Math.max(0, Math.ceil((stop - start) / step));
  }

  toArray(): number[] {
    return Array.from({ length: this.length }, (_, index) => this.start + index * this.step);
  }
}

/** Something with attributes that the language itself makes: `loop`, `namespace()`, a macro. */
export class Structure {
  readonly fields: Map<string, unknown>;
  readonly title: string;
  /** True for a namespace, whose fields `set` may change. */
  readonly isOpen: boolean;
  readonly call: Callable['call'] | undefined;

  constructor(
    title: string,
    fields: Map<string, unknown>,
    { isOpen = false, call }: { isOpen?: boolean; call?: Callable['call'] } = {},
  ) {
    this.title = title;
    this.fields = fields;
    this.isOpen = isOpen;
    this.call = call;
  }
}

/** Values of a call by position and by name. */
export interface CallValues {
  readonly positional: readonly unknown[];
  readonly keywords: ReadonlyMap<string, unknown>;
}

export class Callable {
  readonly name: string;
  readonly call: (values: CallValues) => unknown;

  constructor(name: string, call: (values: CallValues) => unknown) {
    this.name = name;
    this.call = call;
  }
}

export type Dict = Map<unknown, unknown>;

/** True for the number kinds, with booleans, which count as 0 and 1. */
export function isNumber(value: unknown): value is number | Float | boolean {
  return typeof value === 'number' || typeof value === 'boolean' || value instanceof Float;
}

export function isFloat(value: unknown): boolean {
  return value instanceof Float || (typeof value === 'number' && !Number.isInteger(value));
}

export function toNumber(value: number | Float | boolean): number {
  return value instanceof Float ? value.value : Number(value);
}

export function isText(value: unknown): value is string | Markup {
  return typeof value === 'string' || value instanceof Markup;
}

/** What Python calls the type, for messages. */
export function typeName(value: unknown): string {
  if (value === null) return 'none';
  if (isText(value)) return 'text';
  if (typeof value === 'boolean') return 'boolean';
  if (isNumber(value)) return isFloat(value) ? 'float' : 'integer';
  if (Array.isArray(value)) return 'list';
  return TYPE_NAMES.find(([type]) => value instanceof type)?.[1] ?? 'value';
}

const TYPE_NAMES = [
  [Map, 'dictionary'],
  [Tuple, 'tuple'],
  [Range, 'range'],
  [Undefined, 'undefined value'],
  [Callable, 'function'],
  [Structure, 'object'],
] as const;

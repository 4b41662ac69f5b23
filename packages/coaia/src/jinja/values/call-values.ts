/** Reads the arguments of a filter, test, method or function by position or name. */
import { TemplateError } from '../errors.ts';

import { toText } from './show.ts';
import { isTruthy } from './compare.ts';
import { isNumber, isText, toNumber, typeName, type CallValues } from './kinds.ts';

export class CallReader {
  readonly #title: string;
  readonly #positional: readonly unknown[];
  readonly #keywords: ReadonlyMap<string, unknown>;

  constructor(title: string, { positional, keywords }: CallValues) {
    this.#title = title;
    this.#positional = positional;
    this.#keywords = keywords;
  }

  get count(): number {
    return this.#positional.length;
  }

  get positional(): readonly unknown[] {
    return this.#positional;
  }

  get keywords(): ReadonlyMap<string, unknown> {
    return this.#keywords;
  }

  has(index: number, name: string): boolean {
    return index < this.#positional.length || this.#keywords.has(name);
  }

  /** The value at a position or under a name, undefined when neither is given. */
  at(index: number, name: string): unknown {
    return index < this.#positional.length ? this.#positional[index] : this.#keywords.get(name);
  }

  need(index: number, name: string): unknown {
    if (this.has(index, name)) return this.at(index, name);
    throw new TemplateError(`\`${this.#title}\` needs \`${name}\``);
  }

  text(index: number, name: string, otherwise: string): string {
    const value = this.at(index, name);
    if (value === undefined || value === null) return otherwise;
    if (isText(value)) return toText(value);
    throw new TemplateError(
      `\`${name}\` of \`${this.#title}\` is a text, not a ${typeName(value)}`,
    );
  }

  integer(index: number, name: string, otherwise: number): number {
    const value = this.at(index, name);
    if (value === undefined || value === null) return otherwise;
    if (isNumber(value) && Number.isInteger(toNumber(value))) return toNumber(value);
    throw new TemplateError(
      `\`${name}\` of \`${this.#title}\` is a whole number, not a ${typeName(value)}`,
    );
  }

  flag(index: number, name: string, otherwise: boolean): boolean {
    const value = this.at(index, name);
    return value === undefined ? otherwise : isTruthy(value);
  }

  /** Refuses what a call does not know. */
  only(most: number, ...names: readonly string[]): void {
    if (this.#positional.length > most)
      throw new TemplateError(`\`${this.#title}\` takes at most ${most} values`);
    const stranger = [...this.#keywords.keys()].find((name) => !names.includes(name));
    if (stranger !== undefined)
      throw new TemplateError(`\`${this.#title}\` has no argument \`${stranger}\``);
  }
}

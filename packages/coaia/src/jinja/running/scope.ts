/** Names and their values: what a tag sets is seen inside that tag only. */

/** Finds a name that no tag has set: a variable of the caller, a function; undefined when there is none. */
export type Outside = (name: string) => unknown;

export class Scope {
  readonly #names = new Map<string, unknown>();
  readonly #parent: Scope | undefined;
  readonly #outside: Outside;

  constructor(outside: Outside, parent?: Scope) {
    this.#outside = outside;
    this.#parent = parent;
  }

  inner(): Scope {
    return new Scope(this.#outside, this);
  }

  get(name: string): unknown {
    if (this.#names.has(name)) return this.#names.get(name);
    return this.#parent === undefined ? this.#outside(name) : this.#parent.get(name);
  }

  set(name: string, value: unknown): void {
    this.#names.set(name, value);
  }
}

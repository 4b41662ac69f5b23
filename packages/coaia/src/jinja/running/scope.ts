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
    for (let scope: Scope | undefined = this.#self(); scope !== undefined; scope = scope.#parent)
      if (scope.#names.has(name)) return scope.#names.get(name);
    return this.#outside(name);
  }

  set(name: string, value: unknown): void {
    this.#names.set(name, value);
  }

  #self(): Scope {
    return this;
  }
}

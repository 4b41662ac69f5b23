/** One span with its surroundings, as the readers of the attribute table see it. */
import type { Attributes, OtlpScope, OtlpSpan } from './model.ts';

export class SpanView {
  readonly span: OtlpSpan;
  readonly scope: OtlpScope;
  readonly resource: Attributes;
  /** Attributes that were looked at since the last `reset`, and those that became input or output. */
  readonly #touched = new Set<string>();
  readonly #used = new Set<string>();
  readonly #entries: readonly (readonly [string, unknown])[];

  constructor(span: OtlpSpan, scope: OtlpScope, resource: Attributes) {
    this.span = span;
    this.scope = scope;
    this.resource = resource;
    this.#entries = Object.entries(span.attributes);
  }

  /** Number of attributes. */
  get size(): number {
    return this.#entries.length;
  }

  /** An attribute's value; null, empty text, and empty lists and maps count as absent. */
  get(name: string): unknown {
    const value = this.span.attributes[name];
    if (!isPresent(value)) return undefined;
    this.#touched.add(name);
    return value;
  }

  getText(name: string): string | undefined {
    const value = this.get(name);
    return value === undefined ? undefined : toText(value);
  }

  getResource(name: string): unknown {
    const value = this.resource[name];
    return isPresent(value) ? value : undefined;
  }

  /** Attributes whose names start with the prefix, by what follows it. */
  listWithPrefix(prefix: string): readonly (readonly [rest: string, value: unknown])[] {
    const found: (readonly [string, unknown])[] = [];
    for (const [name, value] of this.#entries) {
      if (!name.startsWith(prefix) || name.length === prefix.length) continue;
      this.#touched.add(name);
      found.push([name.slice(prefix.length), value]);
    }
    return found;
  }

  /** Starts to note which attributes a reader looks at. */
  reset(): void {
    this.#touched.clear();
  }

  /** What was looked at since `reset` has found its place and is not kept a second time. */
  markUsed(): void {
    for (const name of this.#touched) this.#used.add(name);
  }

  isUsed(name: string): boolean {
    return this.#used.has(name);
  }
}

function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

/** Text as it is, anything else as JSON. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

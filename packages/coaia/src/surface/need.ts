/** A typed name for what a command or route needs; `main/` knows how to provide it. */

declare const provides: unique symbol;

export interface Need<Api> {
  readonly name: string;
  /** Type only; never present at run time. */
  readonly [provides]?: Api;
}

/** Declares a need once, beside the interface it stands for: `needs<ObservabilityApi>('observability')`. */
export function needs<Api>(name: string): Need<Api> {
  return { name };
}

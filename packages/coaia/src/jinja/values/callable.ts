/** Things that can be called. */
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

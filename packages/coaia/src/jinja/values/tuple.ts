/** A list that cannot change. */
export class Tuple {
  readonly items: readonly unknown[];
  /** Items that also have a name, as those of `groupby` have. */
  readonly names: ReadonlyMap<string, unknown> | undefined;

  constructor(items: readonly unknown[], names?: ReadonlyMap<string, unknown>) {
    this.items = items;
    this.names = names;
  }
}

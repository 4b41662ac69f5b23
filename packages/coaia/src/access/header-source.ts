/** The part of `Headers` that is asked; lower-case names. */
export interface HeaderSource {
  get(name: string): string | null | undefined;
}

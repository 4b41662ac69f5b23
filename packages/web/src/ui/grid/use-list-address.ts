import { toNextOrder } from './grid-column.ts';

/** What the address of a list says at least. */
interface ListSearch {
  readonly q?: string;
  readonly sort?: string;
}

/** Any members of an address; undefined takes one away. */
export type AddressChange<Search> = { readonly [K in keyof Search]?: Search[K] | undefined };

/** The text that is searched for and the order of a list, kept in its address. */
export function useListAddress<Search extends ListSearch>({
  search,
  navigate,
  firstOrder,
}: {
  readonly search: Search;
  readonly navigate: (to: {
    readonly search: (before: Search) => Search;
    readonly replace: boolean;
  }) => unknown;
  /** `name.asc`; it does not stand in the address. */
  readonly firstOrder: string;
}) {
  const orderBy = search.sort ?? firstOrder;
  const update = (change: AddressChange<Search>, replace = false) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace });
  return {
    orderBy,
    /** In small letters, without spaces around it. */
    text: (search.q ?? '').trim().toLowerCase(),
    update,
    setText: (q: string) => update({ q: q === '' ? undefined : q } as AddressChange<Search>, true),
    setSort: (field: string) => {
      const next = toNextOrder(orderBy, field);
      update({ sort: next === firstOrder ? undefined : next } as AddressChange<Search>);
    },
  };
}

/** True when every word of the text, which is in small letters, stands in one of the fields. */
export function isFound(fields: readonly string[], text: string): boolean {
  if (text === '') return true;
  const all = fields.join(' ').toLowerCase();
  return text.split(/\s+/).every((part) => all.includes(part));
}

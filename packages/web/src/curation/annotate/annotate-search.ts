/** What the address of the list of queues says. */
export interface AnnotateSearch {
  readonly dialog?: 'create';
}

/** What the address of a queue says. */
export interface ReviewSearch {
  /** The item that is looked at. */
  readonly item?: string;
  /** Those that are done instead of those that wait. */
  readonly view?: 'done';
  /** What others said is hidden. */
  readonly blind?: 'on';
}

/** Reads the address; what is unknown is dropped. */
export function parseAnnotateSearch(raw: Readonly<Record<string, unknown>>): AnnotateSearch {
  return raw['dialog'] === 'create' ? { dialog: 'create' } : {};
}

/** Reads the address; what is unknown is dropped. */
export function parseReviewSearch(raw: Readonly<Record<string, unknown>>): ReviewSearch {
  return {
    ...(typeof raw['item'] === 'string' && raw['item'] !== '' ? { item: raw['item'] } : {}),
    ...(raw['view'] === 'done' ? { view: 'done' } : {}),
    ...(raw['blind'] === 'on' ? { blind: 'on' } : {}),
  };
}

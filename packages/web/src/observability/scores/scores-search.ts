/** What the address of the list of scores says. */
export interface ScoresSearch {
  readonly view?: 'configs';
  readonly dialog?: 'create';
}

/** What the address of one score says. */
export interface ScoreSearch {
  readonly type?: string;
  readonly tab?: 'time' | 'agreement';
  readonly a?: string;
  readonly b?: string;
  readonly range?: string;
}

/** Reads the address; what is unknown is dropped. */
export function parseScoresSearch(raw: Readonly<Record<string, unknown>>): ScoresSearch {
  return {
    ...(raw['view'] === 'configs' ? { view: 'configs' } : {}),
    ...(raw['dialog'] === 'create' ? { dialog: 'create' } : {}),
  };
}

/** Reads the address; what is unknown is dropped. */
export function parseScoreSearch(raw: Readonly<Record<string, unknown>>): ScoreSearch {
  const texts = ['type', 'a', 'b', 'range'].flatMap((key) => {
    const value = raw[key];
    return typeof value === 'string' && value !== '' ? [[key, value] as const] : [];
  });
  const { tab } = raw;
  return {
    ...Object.fromEntries(texts),
    ...(tab === 'time' || tab === 'agreement' ? { tab } : {}),
  };
}

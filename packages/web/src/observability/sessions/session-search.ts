/** What the address of one conversation says. */
export interface SessionSearch {
  /** Id of the conversation beside it. */
  readonly with?: string;
  /** Comparison: what differs, word by word. */
  readonly diff?: 'on';
  /** Replay: how many questions and answers are shown. */
  readonly step?: string;
}

/** Reads the address; what is unknown is dropped. */
export function parseSessionSearch(raw: Readonly<Record<string, unknown>>): SessionSearch {
  const other = raw['with'];
  const step = raw['step'];
  return {
    ...(typeof other === 'string' && other !== '' ? { with: other } : {}),
    ...(raw['diff'] === 'on' ? { diff: 'on' as const } : {}),
    ...(typeof step === 'string' && /^\d{1,6}$/.test(step) ? { step } : {}),
  };
}

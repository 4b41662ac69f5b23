/** Options of CoAiAPy's `fuse datasets`, which it takes on every action, also where they mean nothing. */

/** All of them, hidden; a command shows those it uses by declaring them again. */
export const compatOptions = {
  'openai-ft': {
    type: 'boolean',
    shorthands: { oft: 'true' },
    summary: 'For get',
    compat: true,
    hidden: true,
  },
  'gemini-ft': {
    type: 'boolean',
    shorthands: { gft: 'true' },
    summary: 'For get',
    compat: true,
    hidden: true,
  },
  'system-instruction': { type: 'string', summary: 'For get', compat: true, hidden: true },
  description: { type: 'string', summary: 'For create', compat: true, hidden: true },
  metadata: { type: 'string', summary: 'For create', compat: true, hidden: true },
} as const;

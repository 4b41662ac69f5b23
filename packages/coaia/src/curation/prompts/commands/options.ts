/** Options of CoAiAPy's `fuse prompts`, which it takes on every action, also where they mean nothing. */

/** All of them, hidden; a command shows those it uses by declaring them again. */
export const compatOptions = {
  label: { type: 'string', summary: 'Label', compat: true, hidden: true },
  prod: { type: 'boolean', summary: 'The label production', compat: true, hidden: true },
  'content-only': {
    type: 'boolean',
    short: 'c',
    summary: 'Only the text',
    compat: true,
    hidden: true,
  },
  escaped: { type: 'boolean', short: 'e', summary: 'As a JSON string', compat: true, hidden: true },
  'commit-message': { type: 'string', summary: 'Commit message', compat: true, hidden: true },
  labels: { type: 'list', summary: 'Labels', compat: true, hidden: true },
  tags: { type: 'list', summary: 'Tags', compat: true, hidden: true },
  type: { type: 'string', summary: 'text or chat', compat: true, hidden: true },
  file: { type: 'string', short: 'f', summary: 'A file', compat: true, hidden: true },
} as const;

/** What a new version carries besides its content. */
export const versionOptions = {
  'commit-message': {
    type: 'string',
    placeholder: 'TEXT',
    summary: 'What changed, at most 500 characters',
    compat: true,
  },
  labels: { type: 'list', placeholder: 'LABEL', summary: 'Labels to put on it', compat: true },
  label: {
    type: 'string',
    placeholder: 'LABEL',
    repeatable: true,
    summary: 'One label; may be given several times',
    compat: true,
  },
  tags: { type: 'list', placeholder: 'TAG', summary: 'Tags of the prompt', compat: true },
  config: {
    type: 'string',
    placeholder: 'JSON',
    summary: 'Model settings and anything else, as JSON or @FILE',
  },
} as const;

interface LabelValues {
  readonly labels: readonly string[] | undefined;
  readonly label: readonly string[] | undefined;
}

/** Labels of both options; undefined when neither was given. */
export function toGivenLabels({ labels, label }: LabelValues): readonly string[] | undefined {
  return labels === undefined && label === undefined
    ? undefined
    : [...(labels ?? []), ...(label ?? [])];
}

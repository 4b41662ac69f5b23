import type { CreatePromptBody, Prompt, PromptContent } from '@coaia/client';
import { parseJsonText, toJsonText } from '../../../lib/json-text.ts';
import { hasConfig } from '../prompt.ts';

/** One part of a chat while it is written; `key` keeps its place when the order changes. */
export interface DraftPart {
  readonly key: number;
  readonly role: string;
  readonly text: string;
  /** A placeholder: `text` is its name. */
  readonly isPlaceholder: boolean;
  /** What else the message carried; kept as it is. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/** A version while it is written. */
export interface Draft {
  readonly name: string;
  readonly type: 'text' | 'chat';
  readonly text: string;
  readonly parts: readonly DraftPart[];
  readonly config: string;
  readonly labels: string;
  readonly tags: string;
  readonly message: string;
}

let counter = 0;

/** A part with a key of its own. */
export function createPart(role: string, text = '', isPlaceholder = false): DraftPart {
  counter += 1;
  return { key: counter, role, text, isPlaceholder, rest: {} };
}

/** A draft of a new prompt, in a folder when one is given. */
export function createDraft(folder: string | undefined): Draft {
  return {
    name: folder === undefined ? '' : `${folder}/`,
    type: 'text',
    text: '',
    parts: [createPart('system'), createPart('user')],
    config: '',
    labels: '',
    tags: '',
    message: '',
  };
}

/** A draft that says what a version says. Labels stay with the version they are on. */
export function toDraft(prompt: Prompt): Draft {
  const empty = createDraft(undefined);
  return {
    ...empty,
    name: prompt.name,
    type: prompt.type,
    text: typeof prompt.prompt === 'string' ? prompt.prompt : '',
    parts:
      typeof prompt.prompt === 'string' ? empty.parts : prompt.prompt.map((part) => toPart(part)),
    config: hasConfig(prompt) ? toJsonText(prompt.config) : '',
    tags: prompt.tags.join(', '),
  };
}

function toPart(part: Exclude<PromptContent, string>[number]): DraftPart {
  if (!('content' in part)) return createPart('', part.name, true);
  const { role, content, ...rest } = part;
  return { ...createPart(role, content), rest };
}

/** What the draft's texts say. */
export function toContent(draft: Draft): PromptContent {
  if (draft.type === 'text') return draft.text;
  return draft.parts.map((part) =>
    part.isPlaceholder
      ? { type: 'placeholder' as const, name: part.text }
      : { ...part.rest, role: part.role, content: part.text },
  );
}

/** Words between commas, each once. */
export function toList(text: string): readonly string[] {
  return [...new Set(text.split(',').map((one) => one.trim()))].filter(Boolean);
}

/** The draft as the API takes it, or undefined while its config is not JSON. */
export function toBody(draft: Draft): CreatePromptBody | undefined {
  const config = parseJsonText(draft.config);
  if (!config.ok) return undefined;
  return {
    name: draft.name.trim(),
    type: draft.type,
    prompt: toContent(draft),
    config: config.value ?? {},
    labels: toList(draft.labels),
    tags: toList(draft.tags),
    ...(draft.message.trim() === '' ? {} : { commitMessage: draft.message.trim() }),
  };
}

import type { Prompt, PromptContent } from '@coaia/client';

/** A version as the list of versions has it. */
export interface VersionLine {
  readonly version: number;
  readonly labels: readonly string[];
  readonly tags: readonly string[];
  readonly commitMessage: string | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** `name` in a version includes `childName`, by a version or a label of it. */
export interface Inclusion {
  readonly name: string;
  readonly version: number;
  readonly childName: string;
  readonly childVersion: number | null;
  readonly childLabel: string | null;
}

/** What the page shows of one prompt beside its texts. */
export interface PromptOverview {
  readonly name: string;
  readonly type: 'text' | 'chat';
  /** Newest first. */
  readonly versions: readonly VersionLine[];
  readonly includedBy: readonly Inclusion[];
}

/** One part of a prompt's text. */
export interface TextPart {
  readonly kind: 'text' | 'variable' | 'inclusion';
  readonly text: string;
}

const parts =
  /\{\{\s*[A-Za-z_]\w*\s*\}\}|@@@langfusePrompt:name=(?:(?!@@@)[^|])+\|(?:version|label)=[^|@]+@@@/g;

/** A text cut at its variables and inclusions. */
export function toTextParts(text: string): readonly TextPart[] {
  const found: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(parts)) {
    if (match.index > at) found.push({ kind: 'text', text: text.slice(at, match.index) });
    found.push({ kind: match[0].startsWith('{') ? 'variable' : 'inclusion', text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < text.length || found.length === 0) found.push({ kind: 'text', text: text.slice(at) });
  return found;
}

function listTexts(content: PromptContent): readonly string[] {
  if (typeof content === 'string') return [content];
  return content.flatMap((part) => ('content' in part ? [part.content] : []));
}

function findParts(content: PromptContent, kind: TextPart['kind']): readonly string[] {
  const found = listTexts(content).flatMap((text) =>
    toTextParts(text).filter((part) => part.kind === kind),
  );
  return [...new Set(found.map((part) => part.text))];
}

/** Names of the `{{variables}}`, in order of their first use. */
export function findVariables(content: PromptContent): readonly string[] {
  const names = findParts(content, 'variable').map((text) => text.slice(2, -2).trim());
  return [...new Set(names)];
}

/** Names of the placeholders of a chat. */
export function findPlaceholders(content: PromptContent): readonly string[] {
  if (typeof content === 'string') return [];
  return content.flatMap((part) => ('content' in part ? [] : [part.name]));
}

/** What a prompt's text includes. */
export interface Included {
  readonly name: string;
  /** `v2` or a label. */
  readonly which: string;
}

/** What the texts include, in order. */
export function findIncluded(content: PromptContent): readonly Included[] {
  return findParts(content, 'inclusion').map((tag) => {
    const [, name = '', kind, value = ''] =
      /name=([^|]+)\|(version|label)=([^|@]+)@@@$/.exec(tag) ?? [];
    return { name, which: kind === 'version' ? `v${value}` : value };
  });
}

/** The texts as one, with a line for every role, so that a diff shows roles too. */
export function toPlainText(content: PromptContent): string {
  if (typeof content === 'string') return content;
  return content
    .map((part) =>
      'content' in part ? `[${part.role}]\n${part.content}` : `[placeholder]\n${part.name}`,
    )
    .join('\n\n');
}

/** Config without its tools, and its tools, each as text with sorted keys. */
export function toConfigTexts(config: unknown): {
  readonly config: string;
  readonly tools: string;
} {
  if (!isObject(config)) return { config: toSortedText(config), tools: '' };
  const { tools, ...rest } = config;
  return {
    config: Object.keys(rest).length === 0 ? '' : toSortedText(rest),
    tools: tools === undefined ? '' : toSortedText(tools),
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function toSortedText(value: unknown): string {
  if (value === undefined || value === null) return '';
  const sort = (_key: string, one: unknown): unknown =>
    isObject(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => a.localeCompare(b)))
      : one;
  return JSON.stringify(value, sort, 2);
}

/** Whether a config says anything. */
export function hasConfig({ config }: Pick<Prompt, 'config'>): boolean {
  return isObject(config) ? Object.keys(config).length > 0 : config !== null;
}

/** The label that is always on the newest version. */
export const latest = 'latest';

/** Labels in the order of their weight: production, latest, the others by name. */
export function toOrderedLabels(labels: readonly string[]): readonly string[] {
  const weight = (label: string) => (label === 'production' ? 0 : label === latest ? 1 : 2);
  return labels.toSorted((a, b) => weight(a) - weight(b) || a.localeCompare(b));
}

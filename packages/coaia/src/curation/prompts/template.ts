/** What stands inside a prompt's text: variables, placeholders, and other prompts that it includes. */
import type { PromptContent } from '@coaia/client';

/** One inclusion as written: `@@@langfusePrompt:name=NAME|version=2@@@` or `|label=LABEL@@@`. */
export interface Inclusion {
  readonly tag: string;
  readonly name: string;
  readonly version?: number;
  readonly label?: string;
}

const INCLUSION = /@@@langfusePrompt:name=((?:(?!@@@)[^|])+)\|(version|label)=([^|@]+)@@@/g;

/** Texts of a prompt in order: the text itself, or the contents of its messages. */
export function listTexts(content: PromptContent): readonly string[] {
  if (typeof content === 'string') return [content];
  return content.flatMap((part) => ('content' in part ? [part.content] : []));
}

/** The same prompt with every text replaced by what `change` makes of it. */
export function mapTexts(content: PromptContent, change: (text: string) => string): PromptContent {
  if (typeof content === 'string') return change(content);
  return content.map((part) =>
    'content' in part ? { ...part, content: change(part.content) } : part,
  );
}

/** Every inclusion once, in order. One whose version is no number from 1 is read as text, as Langfuse does. */
export function findInclusions(content: PromptContent): readonly Inclusion[] {
  const found = new Map<string, Inclusion>();
  for (const text of listTexts(content)) {
    for (const [tag, name = '', kind, value = ''] of text.matchAll(INCLUSION)) {
      if (kind === 'label') found.set(tag, { tag, name, label: value });
      else if (/^[1-9]\d{0,8}$/.test(value)) found.set(tag, { tag, name, version: Number(value) });
    }
  }
  return [...found.values()];
}

/** Puts texts in the place of inclusions, as `find` says by tag. What was put in is not looked at again. */
export function replaceInclusions(text: string, find: (tag: string) => string | undefined): string {
  return text.replaceAll(INCLUSION, (tag) => find(tag) ?? tag);
}

const VARIABLE = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/g;

/** Names of `{{variables}}` in order of their first use. */
export function findVariables(content: PromptContent): readonly string[] {
  const names = listTexts(content).flatMap((text) =>
    [...text.matchAll(VARIABLE)].map(([, name = '']) => name),
  );
  return [...new Set(names)];
}

/** Names of the placeholders of a chat prompt. */
export function findPlaceholders(content: PromptContent): readonly string[] {
  if (typeof content === 'string') return [];
  return content.flatMap((part) => ('content' in part ? [] : [part.name]));
}

/** Puts values in the place of variables; those without a value stay as they are. */
export function fillVariables(
  content: PromptContent,
  values: Readonly<Record<string, string>>,
): PromptContent {
  return mapTexts(content, (text) =>
    text.replaceAll(VARIABLE, (tag, name: string) =>
      Object.hasOwn(values, name) ? (values[name] ?? tag) : tag,
    ),
  );
}

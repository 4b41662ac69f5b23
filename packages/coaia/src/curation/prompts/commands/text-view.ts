/** A prompt as text: for people, for scripts, and with values put in. */
import type { Prompt, PromptContent } from '@coaia/client';

/** The text alone; of a chat the contents that are not empty, one below the other. */
export function toPlainText(content: PromptContent): string {
  if (typeof content === 'string') return content;
  return content
    .flatMap((part) => ('content' in part && part.content !== '' ? [part.content] : []))
    .join('\n');
}

/** One JSON string in ASCII, for shells and files that cannot take more. */
export function toEscaped(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u0080-\uFFFF]/g,
    (unit) => `\\u${(unit.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** Everything about a version, the content between two rules. */
export function renderPrompt(prompt: Prompt, bold: (text: string) => string): readonly string[] {
  const rule = '-'.repeat(40);
  const config = toConfigLines(prompt.config);
  return [
    bold(`${prompt.name} v${prompt.version}`),
    `Type:     ${prompt.type}`,
    `Active:   ${prompt.labels.includes('production') ? 'Yes' : 'No'}`,
    `Created:  ${prompt.createdAt}`,
    `Updated:  ${prompt.updatedAt}`,
    `Labels:   ${toList(prompt.labels)}`,
    `Tags:     ${toList(prompt.tags)}`,
    `Commit:   ${prompt.commitMessage ?? 'none'}`,
    ...(config.length === 0 ? [] : ['Config:', ...config]),
    rule,
    ...toContentLines(prompt.prompt),
    rule,
  ];
}

function toList(values: readonly string[] | undefined): string {
  return values === undefined || values.length === 0 ? 'none' : values.join(', ');
}

function toConfigLines(config: unknown): readonly string[] {
  if (typeof config !== 'object' || config === null) return [];
  return Object.entries(config).map(
    ([key, value]) => `  ${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
}

/** The content in lines; messages begin with their role in brackets. */
export function toContentLines(content: PromptContent): readonly string[] {
  if (typeof content === 'string') return content.split('\n');
  return content.flatMap((part) =>
    'content' in part
      ? [`[${part.role}]`, ...part.content.split('\n')]
      : [`[placeholder ${part.name}]`],
  );
}

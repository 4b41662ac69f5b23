/** The difference of two versions in lines for a terminal, with the words that differ marked. */
import type { Output } from '#surface';
import type { Prompt } from '@coaia/client';
import { diffLines, diffWords } from '../diff.ts';
import type { DiffPart } from '../diff.ts';
import { findPlaceholders, findVariables } from '../template.ts';
import { toContentLines } from './text-view.ts';

type Style = Output['style'];

/** What was added to and removed from a set of names. */
export interface NameChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface PromptDiff {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** By words. */
  readonly content: readonly DiffPart[];
  readonly config: readonly DiffPart[];
  readonly variables: NameChange;
  readonly placeholders: NameChange;
}

/** Compares contents (as written), configs and names of variables. */
export function toPromptDiff(from: Prompt, to: Prompt): PromptDiff {
  return {
    name: to.name,
    from: from.version,
    to: to.version,
    content: diffWords(toText(from), toText(to)),
    config: diffLines(toConfig(from), toConfig(to)),
    variables: toChange(findVariables(from.prompt), findVariables(to.prompt)),
    placeholders: toChange(findPlaceholders(from.prompt), findPlaceholders(to.prompt)),
  };
}

function toText({ prompt }: Prompt): string {
  return toContentLines(prompt).join('\n');
}

function toConfig({ config }: Prompt): string {
  return `${JSON.stringify(config, null, 2)}\n`;
}

function toChange(before: readonly string[], after: readonly string[]): NameChange {
  return {
    added: after.filter((name) => !before.includes(name)),
    removed: before.filter((name) => !after.includes(name)),
  };
}

/** Lines with `-` and `+`; on a terminal the words that differ are coloured. Empty when nothing differs. */
export function renderDiff(from: Prompt, to: Prompt, style: Style): readonly string[] {
  const diff = toPromptDiff(from, to);
  const config = renderLines(toConfig(from), toConfig(to), style);
  return [
    ...renderLines(`${toText(from)}\n`, `${toText(to)}\n`, style),
    ...renderNames('variables', diff.variables),
    ...renderNames('placeholders', diff.placeholders),
    ...(config.length === 0 ? [] : ['config:', ...config]),
  ];
}

/** One text in which `[-removed-]` and `{+added+}` words stand where they belong. */
export function renderWords(from: Prompt, to: Prompt): string {
  const mark = ({ op, text }: DiffPart) => {
    if (op === 'same') return text;
    return op === 'removed' ? `[-${text}-]` : `{+${text}+}`;
  };
  return toPromptDiff(from, to).content.map(mark).join('');
}

function renderLines(before: string, after: string, style: Style): readonly string[] {
  const parts = diffLines(before, after);
  if (parts.every(({ op }) => op === 'same')) return [];
  return parts.flatMap((part, index) => {
    const next = parts[index + 1];
    const previous = parts[index - 1];
    if (part.op === 'same') return toContext(part.text, index > 0, next !== undefined);
    if (part.op === 'removed') {
      const words = next?.op === 'added' ? diffWords(part.text, next.text) : [part];
      return toMarked(
        '- ',
        'error',
        words.filter(({ op }) => op !== 'added'),
        style,
      );
    }
    const words = previous?.op === 'removed' ? diffWords(previous.text, part.text) : [part];
    return toMarked(
      '+ ',
      'ok',
      words.filter(({ op }) => op !== 'removed'),
      style,
    );
  });
}

const CONTEXT_LINES = 2;

/** The few lines beside a change. */
function toContext(text: string, isAfter: boolean, isBefore: boolean): readonly string[] {
  const lines = toLines(text).map((line) => `  ${line}`);
  const first = isAfter ? lines.slice(0, CONTEXT_LINES) : [];
  const last = isBefore ? lines.slice(Math.max(first.length, lines.length - CONTEXT_LINES)) : [];
  const hidden = lines.length - first.length - last.length;
  return [...first, ...(hidden > 0 && isAfter && isBefore ? ['  ...'] : []), ...last];
}

function toMarked(
  sign: string,
  kind: 'ok' | 'error',
  words: readonly DiffPart[],
  style: Style,
): readonly string[] {
  const marked = words.map(({ op, text }) =>
    op === 'same'
      ? text
      : text
          .split('\n')
          .map((piece) => (piece === '' ? piece : style(kind, piece)))
          .join('\n'),
  );
  return toLines(marked.join('')).map((line) => `${sign}${line}`);
}

function toLines(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n');
}

function renderNames(what: string, { added, removed }: NameChange): readonly string[] {
  const words = [...added.map((name) => `+ ${name}`), ...removed.map((name) => `- ${name}`)];
  return words.length === 0 ? [] : [`${what}: ${words.join(', ')}`];
}

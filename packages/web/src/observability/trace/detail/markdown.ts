/**
 * A small Markdown reader: paragraphs, headings, lists, quotes, fences, bold, italic, inline code, links.
 * It makes data, never HTML; anything else stays the text it was. Links keep http, https and mailto only.
 */

/** A block of text. */
export type MarkdownBlock =
  | { readonly kind: 'paragraph' | 'heading' | 'quote'; readonly inlines: readonly Inline[] }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly items: readonly (readonly Inline[])[];
    }
  | { readonly kind: 'code'; readonly language: string; readonly text: string };

/** A run of text. */
export type Inline =
  | { readonly kind: 'text' | 'code' | 'strong' | 'emphasis'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

/** Reads Markdown into blocks. */
export function parseMarkdown(source: string): readonly MarkdownBlock[] {
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  const blocks: MarkdownBlock[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') at += 1;
    else if (fencePattern.test(line)) at = readFence(lines, at, blocks);
    else if (listPattern.test(line)) at = readList(lines, at, blocks);
    else at = readText(lines, at, blocks);
  }
  return blocks;
}

const listPattern = /^\s*(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;

// A fence of backticks has none in what follows it: "```a```" is code in a line (CommonMark 0.31, 4.5).
const fencePattern = /^\s*(?:(`{3,})\s*([^`]*)|(~{3,})\s*(.*))$/;

function readFence(lines: readonly string[], start: number, blocks: MarkdownBlock[]): number {
  const [, ticks, word, tildes, other] = fencePattern.exec(lines[start] ?? '') ?? [];
  const mark = ticks ?? tildes ?? '```';
  let end = start + 1;
  while (end < lines.length && !closesFence(lines[end] ?? '', mark)) end += 1;
  const text = lines.slice(start + 1, end).join('\n');
  blocks.push({ kind: 'code', language: word ?? other ?? '', text });
  return end + 1;
}

// Only the mark, at least as long as the one that opened, and nothing behind it.
function closesFence(line: string, mark: string): boolean {
  const bare = line.trim();
  return bare.length >= mark.length && bare === (mark[0] ?? '').repeat(bare.length);
}

function readList(lines: readonly string[], start: number, blocks: MarkdownBlock[]): number {
  const ordered = listPattern.exec(lines[start] ?? '')?.[1] !== undefined;
  const items: string[] = [];
  let at = start;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const match = listPattern.exec(line);
    if (match !== null && (match[1] !== undefined) === ordered) items.push(match[2] ?? '');
    else if (/^\s{2,}\S/.test(line) && items.length > 0)
      items.push(`${items.pop() ?? ''} ${line.trim()}`);
    else break;
  }
  blocks.push({ kind: 'list', ordered, items: items.map((item) => parseInlines(item)) });
  return at;
}

function readText(lines: readonly string[], start: number, blocks: MarkdownBlock[]): number {
  const first = lines[start] ?? '';
  const heading = /^#{1,6}\s+(.*)$/.exec(first);
  if (heading !== null) {
    blocks.push({ kind: 'heading', inlines: parseInlines(heading[1] ?? '') });
    return start + 1;
  }
  const quote = first.startsWith('>');
  let end = start + 1;
  while (end < lines.length && !isBlockStart(lines[end] ?? '', quote)) end += 1;
  const texts = lines.slice(start, end).map((line) => (quote ? line.replace(/^>\s?/, '') : line));
  blocks.push({ kind: quote ? 'quote' : 'paragraph', inlines: parseInlines(texts.join('\n')) });
  return end;
}

// A line at which the paragraph or the quote before it ends.
function isBlockStart(line: string, quote: boolean): boolean {
  if (line.trim() === '' || line.startsWith('>') !== quote) return true;
  return fencePattern.test(line) || /^#{1,6}\s/.test(line) || listPattern.test(line);
}

const inlinePattern =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|__([^_\n]+)__|(?<![\w*])\*([^*\s][^*\n]*)\*(?![\w*])|!?\[([^\]\n]*)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>()"'`]+[^\s<>()"'`.,;:!?])/g;

function parseInlines(text: string): readonly Inline[] {
  const inlines: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(inlinePattern)) {
    if (match.index > at) inlines.push({ kind: 'text', text: text.slice(at, match.index) });
    inlines.push(toInline(match));
    at = match.index + match[0].length;
  }
  if (at < text.length) inlines.push({ kind: 'text', text: text.slice(at) });
  return inlines;
}

function toInline(match: RegExpExecArray): Inline {
  const [whole, code, strong, strong2, emphasis, label, target, address] = match;
  if (code !== undefined) return { kind: 'code', text: code };
  const bold = strong ?? strong2;
  if (bold !== undefined) return { kind: 'strong', text: bold };
  if (emphasis !== undefined) return { kind: 'emphasis', text: emphasis };
  const href = toSafeHref(target ?? address ?? '');
  if (href === undefined) return { kind: 'text', text: whole };
  return { kind: 'link', text: label === undefined || label === '' ? href : label, href };
}

/** The address if its scheme is http, https or mailto; undefined otherwise. */
export function toSafeHref(text: string): string | undefined {
  try {
    const url = new URL(text);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

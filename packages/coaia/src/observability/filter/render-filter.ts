/** A filter tree as text of the grammar; parsing the text gives the same tree again (positions aside). */
import type { Filter, Pattern, Term } from './filter.ts';

/** Renders the canonical text: one space between terms, quotes only where they are needed. */
export function renderFilter(filter: Filter): string {
  return filter.map(renderTerm).join(' ');
}

function renderTerm(term: Term): string {
  const sign = term.negated ? '-' : '';
  if (term.kind === 'text') return `${sign}${renderParts(term.parts)}`;
  const key = [term.key, ...term.path.map(renderSegment)].join('.');
  const [only] = term.patterns;
  if (term.patterns.length === 1 && term.join === 'any' && only !== undefined) {
    return `${sign}${key}:${renderPattern(only)}`;
  }
  const word = term.join === 'any' ? ' OR ' : ' AND ';
  return `${sign}${key}:(${term.patterns.map(renderPattern).join(word)})`;
}

function renderSegment(segment: string): string {
  return /^[\w-]+$/.test(segment) ? segment : quote(segment);
}

function renderPattern(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'value':
      return renderText(pattern.text);
    case 'exact':
      return `=${renderText(pattern.text)}`;
    case 'glob':
      return `${pattern.exact ? '=' : ''}${renderParts(pattern.parts)}`;
    case 'compare':
      return `${pattern.operator}${renderText(pattern.text)}`;
    case 'range':
      return `${renderText(pattern.from)}..${renderText(pattern.to)}`;
  }
}

function renderParts(parts: readonly string[]): string {
  if (parts.length === 1) return renderText(parts[0] ?? '');
  return parts.map((part) => (part === '' ? '' : renderText(part))).join('*');
}

/** Plain where no reader could take it for anything else. */
function renderText(text: string): string {
  const plain = /^[\p{L}\p{N}_@/$%+.][\p{L}\p{N}_@/$%+.-]*$/u.test(text);
  // `level://x` would be read as the start of an address.
  const special = text.includes('..') || /^(?:AND|OR|NOT)$|^\.|\.$|^\/\//.test(text);
  return plain && !special ? text : quote(text);
}

function quote(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
}

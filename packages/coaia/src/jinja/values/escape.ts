/** Escaping for HTML, as MarkupSafe does it. */
import { toText } from './show.ts';
import { Markup } from './kinds.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

/** The escaped text of a value; what is escaped already stays. */
export function escapeHtml(value: unknown): string {
  return value instanceof Markup ? value.text : forceEscapeHtml(toText(value));
}

export function forceEscapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

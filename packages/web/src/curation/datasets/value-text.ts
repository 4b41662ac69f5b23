import { parseJsonText, toJsonText } from '../../lib/json-text.ts';

/** How a value is written while it is edited: a text as it is, or JSON. */
export type ValueForm = 'text' | 'json';

/** Texts are edited as text, everything else as JSON; nothing begins as text. */
export function toValueForm(value: unknown): ValueForm {
  return value === null || value === undefined || typeof value === 'string' ? 'text' : 'json';
}

/** The value as it is edited. */
export function toEditText(value: unknown, form: ValueForm): string {
  if (value === null || value === undefined) return '';
  return form === 'text' && typeof value === 'string' ? value : toJsonText(value);
}

/** The value of an edited text, or what is wrong with it; an empty text is null. */
export function parseEdit(
  text: string,
  form: ValueForm,
):
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string } {
  if (text.trim() === '') return { ok: true, value: null };
  if (form === 'text') return { ok: true, value: text };
  return parseJsonText(text);
}

/** A value on one line, for a cell. */
export function toCellText(value: unknown, most = 300): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.slice(0, most).replaceAll(/\s+/g, ' ').trim();
}

/** A value for reading: a text as it is, a flat object as one member per line, anything else as compact JSON. */
export function toBlockText(value: unknown, most = 800): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.slice(0, most);
  const members =
    typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : undefined;
  const isFlat = members?.every(([, member]) => typeof member !== 'object' || member === null);
  if (members === undefined || members.length === 0 || isFlat !== true)
    return (JSON.stringify(value) ?? '').slice(0, most);
  return members
    .map(([key, member]) => `${key}: ${String(member)}`)
    .join('\n')
    .slice(0, most);
}

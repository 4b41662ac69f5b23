/** HTML by hand: text is escaped unless it is HTML already. */

/** Text that is HTML. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (one) => ENTITIES[one] ?? one);
}

/** Tag of template literals; lists are joined, undefined is nothing, everything but Html is escaped. */
export function markup(parts: TemplateStringsArray, ...values: readonly Part[]): Html {
  const text = parts.map((part, at) => part + (at < values.length ? toText(values[at]) : ''));
  return new Html(text.join(''));
}

type Part = Html | string | number | undefined | readonly Part[];

function toText(value: Part): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  return typeof value === 'object' ? value.map(toText).join('') : escapeHtml(String(value));
}

/**
 * Words of the page. Each room has one `messages.ts` with an English catalogue; another language is one
 * more object of the same shape. The language is fixed when the page loads, so a catalogue is a plain
 * object and costs nothing to read.
 */

type Languages<M> = { readonly en: M } & Partial<Readonly<Record<'fr', M>>>;

/** Language of this page: the first of the browser's languages that a catalogue has, else English. */
export function findLanguage(wanted: readonly string[]): 'en' | 'fr' {
  for (const tag of wanted) {
    const code = tag.slice(0, 2).toLowerCase();
    if (code === 'fr' || code === 'en') return code;
  }
  return 'en';
}

/** The catalogue in the page's language; English where a language is missing. */
export function createCatalogue<M>(languages: Languages<M>): M {
  const wanted = typeof navigator === 'undefined' ? ['en'] : navigator.languages;
  return languages[findLanguage(wanted)] ?? languages.en;
}

const plurals = new Intl.PluralRules('en');

/** `1 trace`, `12 traces`: the number grouped, the word in its plural form. */
export function toPlural(count: number, one: string, other: string): string {
  const word = plurals.select(count) === 'one' ? one : other;
  return `${count.toLocaleString('en')} ${word}`;
}

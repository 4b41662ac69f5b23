/** Parts of the settings, in the order of the menu; each has an address of its own. */
export const sections = [
  'general',
  'members',
  'keys',
  'connections',
  'models',
  'retention',
  'media',
  'exports',
  'appearance',
  'about',
] as const;

/** One of the parts. */
export type SectionName = (typeof sections)[number];

/** The part that an address names. */
export function findSection(name: string | undefined): SectionName | undefined {
  return sections.find((section) => section === name);
}

/** What the address of the settings says besides the part. */
export interface SettingsSearch {
  /** What is looked for in a list. */
  readonly q?: string;
  /** The form that is open: `create`, or the id of what is changed. */
  readonly edit?: string;
}

/** Reads the address; what is unknown is dropped. */
export function parseSettingsSearch(raw: Readonly<Record<string, unknown>>): SettingsSearch {
  const { q, edit } = raw;
  return {
    ...(typeof q === 'string' && q !== '' ? { q } : {}),
    ...(typeof edit === 'string' && edit !== '' ? { edit } : {}),
  };
}

/** How templates are named: `name`, `name@range`, or a path. */
import { templateFailures } from './errors.ts';
import type { TemplateFormat } from './template.ts';

export type Reference =
  | { readonly kind: 'name'; readonly name: string; readonly range?: string }
  | { readonly kind: 'path'; readonly path: string };

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/** Reads what a user typed, or what `extends` says. Throws COAIA-5002. */
export async function parseReference(text: string): Promise<Reference> {
  if (/^(?:\.{0,2}[/\\]|[A-Za-z]:[/\\])/.test(text)) return { kind: 'path', path: text };
  const [name = '', ...rest] = text.split('@');
  if (!isTemplateName(name))
    throw templateFailures.create('COAIA-5002', `${JSON.stringify(text)} is no template name.`, {
      hint: /[/\\]/.test(text) ? `name a file as ./${text}` : 'coaia pipeline list',
    });
  if (rest.length === 0) return { kind: 'name', name };
  const range = rest.join('@').trim();
  const { validRange } = await import('semver');
  if (range === '' || validRange(range) === null)
    throw templateFailures.create('COAIA-5002', `"${range}" is no range of versions.`, {
      hint: `coaia pipeline show ${name}@1`,
    });
  return { kind: 'name', name, range };
}

/** True for what a template may be called; never a path. */
export function isTemplateName(text: string): boolean {
  return NAME.test(text) && !text.includes('..');
}

/** The format that a file's name says; undefined for other files. */
export function toFormat(path: string): TemplateFormat | undefined {
  if (/\.json$/i.test(path)) return 'json';
  return /\.ya?ml$/i.test(path) ? 'yaml' : undefined;
}

export interface TemplateFileName {
  readonly name: string;
  /** Of `name@1.2.0.json`. */
  readonly version?: string;
  readonly format: TemplateFormat;
  /** `json` before `yaml` before `yml`. */
  readonly rank: number;
}

const ENDINGS = ['json', 'yaml', 'yml'];

/** What a file's name in a folder of templates says; undefined for files that are none, and for their tests. */
export function parseFileName(file: string): TemplateFileName | undefined {
  const match = /^([^@]+?)(?:@(.+))?\.(json|yaml|yml)$/.exec(file);
  if (match === null) return undefined;
  const [, name = '', version, ending = ''] = match;
  if (!isTemplateName(name) || (version ?? name).endsWith('.test')) return undefined;
  return {
    name,
    format: ending === 'json' ? 'json' : 'yaml',
    rank: ENDINGS.indexOf(ending),
    ...(version === undefined ? {} : { version }),
  };
}

/** A version of a template as semver has it: `1.0` is 1.0.0. Undefined for what is no version. */
export async function toSemver(version: string): Promise<string | undefined> {
  const { coerce, valid } = await import('semver');
  return valid(version) ?? coerce(version, { includePrerelease: true })?.version ?? undefined;
}

/** True when the version lies in the range; every version lies in no range. */
export async function isInRange(version: string, range: string | undefined): Promise<boolean> {
  if (range === undefined) return true;
  const { satisfies } = await import('semver');
  const full = await toSemver(version);
  return full !== undefined && satisfies(full, range, { includePrerelease: true });
}

/** Highest version first; what is no version comes last. */
export async function sortByVersion<T extends { readonly version: string }>(
  items: readonly T[],
): Promise<readonly T[]> {
  const { rcompare } = await import('semver');
  const full = new Map<T, string>();
  for (const item of items) full.set(item, (await toSemver(item.version)) ?? '0.0.0-0');
  return items.toSorted((a, b) => rcompare(full.get(a) ?? '', full.get(b) ?? ''));
}

/** Finds a template by name or path and applies what it extends. */
import { resolve } from 'node:path';
import { readSmallFile } from '#config';
import { findNearest } from '#base';
import { templateFailures } from './errors.ts';
import { inherit } from './inherit.ts';
import { findText, toDigest } from './places.ts';
import type { TemplatePlaces, TemplateText } from './places.ts';
import { brokenTemplate, locate, readFields, toTemplate } from './read-template.ts';
import { parseReference, toFormat } from './reference.ts';
import { checkRequirements } from './requirements.ts';
import type { TemplateFields } from './schema.ts';
import type { FoundTemplate } from './template.ts';

const MAX_BASES = 16;

/**
 * The template of this name (`name`, `name@range`) or file (`./x.yaml`, below `cwd`), ready for use. Throws
 * COAIA-5000 (none), 5001 (broken), 5002 (no name), 5004 (base), 5009 (requirements).
 */
export async function findTemplate(
  places: TemplatePlaces & { readonly cwd?: string },
  reference: string,
): Promise<FoundTemplate> {
  const found = await findAnyText(places, reference);
  if (found === undefined) throw await noTemplate(places, reference);
  return resolveTemplate(places, found);
}

/** What `reference` names, as it was written; undefined when there is none. */
export async function findAnyText(
  places: TemplatePlaces & { readonly cwd?: string },
  reference: string,
): Promise<TemplateText | undefined> {
  const parsed = await parseReference(reference);
  if (parsed.kind === 'name') return findText(places, parsed.name, parsed.range);
  // Without a folder of the caller's there are no files: a program that serves others must not read its own for them.
  if (places.cwd !== undefined) return readFile(parsed.path, places.cwd);
  throw templateFailures.create('COAIA-5002', `${JSON.stringify(reference)} is no template name.`, {
    hint: 'coaia pipeline list',
  });
}

/** Applies inheritance to a text and checks what it requires. Throws as `findTemplate` does. */
export async function resolveTemplate(
  places: TemplatePlaces,
  source: TemplateText,
): Promise<FoundTemplate> {
  const { fields, bases } = await resolveFields(places, source, []);
  const template = toTemplate(fields);
  await checkRequirements(places, template);
  const { path, format, text } = source;
  return {
    template,
    source: source.source,
    path,
    format,
    text,
    digest: toDigest(text),
    bases,
  };
}

interface Resolved {
  readonly fields: TemplateFields;
  readonly bases: FoundTemplate['bases'];
}

async function resolveFields(
  places: TemplatePlaces,
  source: TemplateText,
  chain: readonly TemplateText[],
): Promise<Resolved> {
  const { fields, problems } = await readFields(source.text, source.format);
  if (fields === undefined) throw brokenTemplate(toWhat(source), problems);
  if (fields.extends === undefined || fields.extends === null) return { fields, bases: [] };
  const base = await findBase(places, fields.extends, [...chain, source]);
  const above = await resolveFields(places, base, [...chain, source]);
  const { fields: merged, findings } = inherit(above.fields, fields);
  if (findings.length > 0)
    throw brokenTemplate(toWhat(source), await locate(source.text, findings));
  const { name, version } = above.fields;
  const entry = { name, version: version ?? '1.0', digest: toDigest(base.text) };
  return { fields: merged, bases: [entry, ...above.bases] };
}

async function findBase(
  places: TemplatePlaces,
  reference: string,
  chain: readonly TemplateText[],
): Promise<TemplateText> {
  const parsed = await parseReference(reference);
  const name = chain[0]?.name ?? '';
  if (parsed.kind === 'path')
    throw templateFailures.create(
      'COAIA-5004',
      `The template ${name} extends ${reference}: a template extends another by its name, not by a path.`,
    );
  const base = await findText(places, parsed.name, parsed.range);
  if (base === undefined)
    throw templateFailures.create(
      'COAIA-5004',
      `The template ${name} extends ${reference}, which does not exist.`,
      { hint: 'coaia pipeline list' },
    );
  const isCycle = chain.some((one) => one.text === base.text && one.name === base.name);
  if (isCycle || chain.length > MAX_BASES)
    throw templateFailures.create(
      'COAIA-5004',
      `The template ${name} extends itself: ${[...chain, base].map((one) => one.name).join(' -> ')}.`,
    );
  return base;
}

/** How messages name a text: by its file, else by its name. */
export function toWhat({ name, path }: Pick<TemplateText, 'name' | 'path'>): string {
  return path ?? `The template ${name}`;
}

function readFile(path: string, cwd: string): TemplateText | undefined {
  const format = toFormat(path);
  if (format === undefined)
    throw templateFailures.create('COAIA-5002', `${path} is neither a .json nor a .yaml file.`);
  const full = resolve(cwd, path);
  const text = readSmallFile(full);
  const name = /([^/\\]*?)(?:@[^/\\]*)?\.\w+$/.exec(path)?.[1] ?? path;
  return text === undefined ? undefined : { name, source: 'project', path: full, text, format };
}

async function noTemplate(places: TemplatePlaces, reference: string) {
  const { listNames } = await import('./list-templates.ts');
  const [name = ''] = reference.split('@');
  const known = await listNames(places).catch((): readonly string[] => []);
  const [nearest] = findNearest(name, known);
  const hasOthers = known.includes(name);
  return templateFailures.create(
    'COAIA-5000',
    hasOthers
      ? `No version of the template ${name} lies in ${reference.slice(name.length + 1)}.`
      : `No template is called ${reference}.`,
    {
      hint: hasOthers
        ? `coaia pipeline versions ${name}`
        : nearest === undefined
          ? 'coaia pipeline list'
          : `did you mean ${nearest}? coaia pipeline show ${nearest}`,
    },
  );
}

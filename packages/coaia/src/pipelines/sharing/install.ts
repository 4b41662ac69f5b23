/** Puts templates where they are found, after asking; nothing of them is run. */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { readSmallFile } from '#config';
import { templateFailures } from '../templates/errors.ts';
import { toDigest } from '../templates/places.ts';
import { readTemplate } from '../templates/read-template.ts';
import { listCandidates, writeNewTemplate } from '../authoring/template-files.ts';
import { sharingFailures } from './errors.ts';
import { addToLock, readLock } from './lock-file.ts';
import type { Pack, PackedTemplate } from './pack.ts';

export interface Place {
  /** Folder of the lock: `.coaia` of the project, or the home. */
  readonly folder: string;
  /** Folder of the templates. */
  readonly templates: string;
}

export interface Installed {
  readonly name: string;
  readonly version: string;
  readonly path: string;
  readonly digest: string;
  /** False: it was there already, byte for byte. */
  readonly isNew: boolean;
}

/** Steps that do something, by the name of their action, of all templates of a pack. */
export async function listActions(pack: Pack): Promise<ReadonlyMap<string, readonly string[]>> {
  const actions = new Map<string, readonly string[]>();
  for (const { name, text, format } of pack.templates) {
    const { steps } = await readTemplate(text, format);
    const found = steps.flatMap(({ action }) => action ?? []);
    if (found.length > 0) actions.set(name, [...new Set(found)]);
  }
  return actions;
}

/** Throws COAIA-5322 when a template that is installed has another publisher. */
export function checkPublisher(place: Place, { templates, publisher }: Pack): void {
  const lock = readLock(place.folder);
  const other = templates.find(({ name }) => {
    const before = lock[name]?.publisher ?? null;
    return before !== null && before !== publisher;
  });
  if (other === undefined) return;
  throw sharingFailures.create(
    'COAIA-5322',
    `${other.name} is signed by ${publisher ?? 'nobody'}; what is installed was signed by ${lock[other.name]?.publisher ?? ''}.`,
    { hint: 'ask the publisher, then add --trust-new-publisher' },
  );
}

/** Checks every file, then writes them all and the lock. Throws COAIA-5007 for a file that is not ours to replace. */
export function installPack(
  place: Place,
  pack: Pack,
  source: string,
  force: boolean,
): readonly Installed[] {
  const lock = readLock(place.folder);
  for (const template of pack.templates) {
    const before = lock[template.name];
    // What comes along must not take the place of what came from elsewhere.
    const isMeant =
      template.name === pack.main ||
      before?.source === source ||
      (pack.publisher !== null && before?.publisher === pack.publisher);
    checkFile(place, template, isMeant ? before?.digest : undefined, force);
  }
  const installed = pack.templates.map((template) => {
    const { name, version, digest } = template;
    const path = toPath(place, template);
    const isNew = findDigest(path) !== digest;
    if (isNew) writeNewTemplate(place.templates, template, true);
    return { name, version, path, digest, isNew };
  });
  const { publisher } = pack;
  const entries = pack.templates.map(
    ({ name, version, digest, format }) =>
      [name, { version, digest, source, publisher, format }] as const,
  );
  addToLock(place.folder, Object.fromEntries(entries));
  return installed;
}

/** Only what has the text already, or the digest that may be replaced, gives way; a link never. */
function checkFile(
  place: Place,
  template: PackedTemplate,
  replaceable: string | undefined,
  force: boolean,
): void {
  const path = toPath(place, template);
  const taken = listCandidates(place.templates, template.name).filter(
    (one) => lstatSync(one, { throwIfNoEntry: false }) !== undefined,
  );
  for (const one of taken) {
    const isFile = lstatSync(one).isFile();
    const digest = isFile && one === path ? findDigest(one) : undefined;
    const isOurs = digest !== undefined && [template.digest, replaceable].includes(digest);
    if (isOurs || (force && isFile && one === path)) continue;
    throw templateFailures.create(
      'COAIA-5007',
      `${one} is there and was not installed from here.`,
      {
        hint: isFile && one === path ? 'add --force to replace it' : `remove ${one} first`,
      },
    );
  }
}

export function toPath(
  { templates }: Place,
  { name, format }: Pick<PackedTemplate, 'name' | 'format'>,
): string {
  return join(templates, `${name}.${format}`);
}

/** Digest of a file's text; undefined when there is none. */
export function findDigest(path: string): string | undefined {
  const text = readSmallFile(path);
  return text === undefined ? undefined : toDigest(text);
}

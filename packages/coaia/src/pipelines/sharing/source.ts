/** From what a user typed to templates: a file, a folder, a repository, an address, or a remote. */
import { lstatSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { readSmallFile } from '#config';
import { listFiles, toDigest } from '../templates/places.ts';
import { readTemplate } from '../templates/read-template.ts';
import { isInRange, isTemplateName, sortByVersion, toFormat } from '../templates/reference.ts';
import type { TemplateFormat } from '../templates/template.ts';
import { readRepository } from './from-git.ts';
import { sharingFailures } from './errors.ts';
import {
  isPack,
  MAX_PACK_BYTES,
  PACK_ENDING,
  readPack,
  VERSION,
  type Pack,
  type PackedTemplate,
} from './pack.ts';
import type { SharingApi, Source } from './ports.ts';
import { findRemote } from './remotes.ts';

/** `SRC[@V]`: what stands after the last `@` is a version when it looks like one, or like a tag. */
export function parseSource(text: string): Source {
  const found = /^(?<source>.+?)@(?<version>[\w.^~<>=*+-]+)$/.exec(text)?.groups;
  const source = found?.['source'] ?? text;
  // `git@host:path` has its @ inside.
  return text.startsWith('git@') && source === 'git'
    ? { text, version: undefined }
    : { text: source, version: found?.['version'] };
}

/** Reads the source. Runs nothing of it. Throws COAIA-5320, 5321, 5323, 5324. */
export async function readSource(api: SharingApi, cwd: string, source: Source): Promise<Pack> {
  const { text, version } = source;
  if (/^(?:git\+|git@|ssh:\/\/|git:\/\/|file:\/\/)/.test(text) || text.endsWith('.git'))
    return readRepository(api, cwd, source, (folder) => readFolder(folder, undefined, text));
  if (/^https?:\/\//.test(text))
    return readText(await api.readUrl(text, MAX_PACK_BYTES), text, new URL(text).pathname);
  const path = resolve(cwd, text);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() === true) return readText(readFile(path), text, path);
  if (stats?.isDirectory() === true) return readFolder(path, version, text);
  return readRemote(api, text, version);
}

/** A file's text: a pack, or one template. */
async function readText(text: string, from: string, path: string): Promise<Pack> {
  if (isPack(text)) return readPack(text, from);
  const format = toFormat(path);
  if (format === undefined)
    throw sharingFailures.create(
      'COAIA-5320',
      `${from} is neither a pack nor a .json or .yaml file.`,
    );
  const template = await toPacked(text, format);
  return { main: template.name, templates: [template], publisher: null };
}

/** A template as it is packed. Throws COAIA-5001 and 5320. */
export async function toPacked(text: string, format: TemplateFormat): Promise<PackedTemplate> {
  const { name, version } = await readTemplate(text, format);
  if (!isTemplateName(name))
    throw sharingFailures.create('COAIA-5320', `${JSON.stringify(name)} is no name of a template.`);
  if (!VERSION.test(version))
    throw sharingFailures.create('COAIA-5320', `The version of ${name} is no version.`);
  return { name, version, format, text, digest: toDigest(text) };
}

function readFile(path: string): string {
  const text = readSmallFile(path);
  if (text !== undefined) return text;
  throw sharingFailures.create('COAIA-5320', `${path} cannot be read.`);
}

/** Every template of a folder, or of its folder for templates. Links are passed over. */
async function readFolder(folder: string, range: string | undefined, from: string): Promise<Pack> {
  for (const place of ['.', 'templates', join('.coaia', 'templates')]) {
    const files = listFiles(join(folder, place)).filter(({ path }) => isPlainFile(path));
    const templates: PackedTemplate[] = [];
    for (const { path, format } of files) {
      const text = readFile(path);
      if (
        text.includes('"steps"') ||
        /^(?:steps|extends)\s*:/m.test(text) ||
        text.includes('"extends"')
      )
        templates.push(await toPacked(text, format));
    }
    const chosen = await newestOfEach(templates, range);
    const main = chosen.length === 1 ? (chosen[0]?.name ?? null) : null;
    if (chosen.length > 0) return { main, templates: chosen, publisher: null };
  }
  throw sharingFailures.create(
    'COAIA-5320',
    `${from} holds no template${range === undefined ? '' : ` of version ${range}`}.`,
  );
}

function isPlainFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

async function newestOfEach(templates: readonly PackedTemplate[], range: string | undefined) {
  const newest = new Map<string, PackedTemplate>();
  for (const template of await sortByVersion(templates))
    if (!newest.has(template.name) && (await isInRange(template.version, range)))
      newest.set(template.name, template);
  return [...newest.values()];
}

/** `REMOTE/NAME`. */
async function readRemote(api: SharingApi, text: string, range: string | undefined): Promise<Pack> {
  const [remoteName = '', name = '', ...rest] = text.split('/');
  if (rest.length > 0 || !isTemplateName(name))
    throw sharingFailures.create(
      'COAIA-5320',
      `There is no file or folder ${text}, and it is no REMOTE/NAME.`,
      {
        hint: 'coaia pipeline remote list',
      },
    );
  const remote = findRemote(api.home, remoteName);
  if (remote.kind === 'folder') return readMirror(remote.address, name, range);
  const server = await api.openServer(remote.address);
  const found = await server.getPipeline(name, range);
  const template = await toPacked(found.text, found.format);
  if (template.name === name) return { main: name, templates: [template], publisher: null };
  throw sharingFailures.create(
    'COAIA-5320',
    `${remote.address} answered with ${template.name} instead of ${name}.`,
  );
}

/** The newest fitting pack of a folder of packs, which needs no network. */
async function readMirror(folder: string, name: string, range: string | undefined): Promise<Pack> {
  const packs = listPacks(folder).filter((pack) => pack.templates[0]?.name === name);
  const versioned = packs.map((pack) => ({ pack, version: pack.templates[0]?.version ?? '' }));
  for (const { pack, version } of await sortByVersion(versioned))
    if (await isInRange(version, range)) return pack;
  throw sharingFailures.create(
    'COAIA-5320',
    `${folder} holds no pack of ${name}${range === undefined ? '' : ` ${range}`}.`,
  );
}

/** The packs of a folder; broken ones are an error. */
export function listPacks(folder: string): readonly Pack[] {
  return listFolder(folder)
    .filter((path) => path.endsWith(PACK_ENDING) && isPlainFile(path))
    .map((path) => readPack(readFile(path), basename(path)));
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((file) => join(folder, file));
  } catch (error) {
    throw sharingFailures.create('COAIA-5320', `The folder ${folder} cannot be read.`, {
      cause: error,
    });
  }
}

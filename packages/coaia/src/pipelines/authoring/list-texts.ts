/** Every text that has a name, in the order in which places are looked in. */
import { readSmallFile } from '#config';
import type { PipelinesApi } from '@coaia/client';
import { findBuiltIn } from '../built-in/built-in.ts';
import { listFiles, readVersion, toDigest } from '../templates/places.ts';
import type { TemplatePlaces } from '../templates/places.ts';
import { sortByVersion } from '../templates/reference.ts';
import type { TemplateSource } from '../templates/template.ts';

export interface NamedText {
  readonly version: string;
  readonly source: TemplateSource;
  readonly path: string | null;
  readonly digest: string;
}

/** Versions in folders, in the project's store (each version once, its newest revision), and in the program. */
export async function listTexts(
  places: TemplatePlaces,
  name: string,
  open: () => Promise<PipelinesApi>,
): Promise<readonly NamedText[]> {
  const found: NamedText[] = [];
  for (const source of ['project', 'user'] as const) {
    const folder = places[source];
    if (folder !== undefined) found.push(...(await listInFolder(folder, source, name)));
  }
  if ((await places.stored?.read(name, undefined)) !== undefined) {
    const { versions } = await (await open()).getPipeline(name);
    const newest = versions.filter(
      (one, index) => versions.findIndex(({ version }) => version === one.version) === index,
    );
    found.push(
      ...newest.map(({ version, digest }) => ({
        version,
        source: 'server' as const,
        path: null,
        digest,
      })),
    );
  }
  const text = await findBuiltIn(name);
  if (text !== undefined)
    found.push({
      version: readVersion(text, 'json') ?? '1.0',
      source: 'builtin',
      path: null,
      digest: toDigest(text),
    });
  return found;
}

async function listInFolder(
  folder: string,
  source: TemplateSource,
  name: string,
): Promise<readonly NamedText[]> {
  const rows = listFiles(folder)
    .filter((file) => file.name === name)
    .flatMap(({ path, format, version }) => {
      const text = readSmallFile(path);
      return text === undefined
        ? []
        : [
            {
              version: version ?? readVersion(text, format) ?? '1.0',
              source,
              path,
              digest: toDigest(text),
            },
          ];
    });
  return sortByVersion(rows);
}

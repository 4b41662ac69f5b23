/** The bundle: a project's folder with nothing but what is served, the same bytes for the same contents. */
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { toHonestyDigest } from '../checks/draft.ts';
import { readHonesty } from '../checks/honesty.ts';
import type { Project } from '../projects/project.ts';
import type { Traffic } from '../versions/traffic.ts';
import type { VersionManifest } from '../versions/version.ts';
import type { ArchiveEntry } from './archive.ts';
import { toFileEntry } from './archive.ts';
import { buildFailures } from './errors.ts';

export interface BundleInput {
  readonly project: Pick<Project, 'folder' | 'name' | 'secrets'>;
  /** Every version that goes in, with its folder. */
  readonly versions: readonly { readonly manifest: VersionManifest; readonly folder: string }[];
  readonly traffic: Readonly<Record<string, Traffic>>;
  /** Generated documents by path below the project's folder. */
  readonly documents: ReadonlyMap<string, string>;
  /** ISO 8601: when the contents were made, not when they were packed. */
  readonly createdAt: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Everything in a bundle. Unpacked it is a project that `ao run up` serves. Paths of this machine and times of
 * building are left out, so that two machines make the same. AO507 when a secret's value is in it.
 */
export async function listBundle(input: BundleInput): Promise<readonly ArchiveEntry[]> {
  const { project, versions, traffic, documents } = input;
  const frozen = await Promise.all(
    versions.map((version) => listVersion(version, input.createdAt)),
  );
  const entries: readonly ArchiveEntry[] = [
    { path: 'ao.toml', content: await readFile(join(project.folder, 'ao.toml')) },
    toJsonEntry('.ao/traffic.json', traffic),
    ...listHonesty(input),
    ...[...documents].map(([path, text]) => ({ path, content: Buffer.from(text) })),
    ...frozen.flat(),
  ];
  await checkSecrets(entries, project, input.env);
  return entries;
}

/** Folder of a version inside a bundle. */
export function toVersionPath({ model, version }: VersionManifest): string {
  return `.ao/models/${model}/versions/${version}`;
}

/** What the gateway needs of a bundle: everything but code and fitted models. */
export function isForGateway({ path }: ArchiveEntry): boolean {
  return !path.startsWith('.ao/models/') || path.endsWith('/manifest.json');
}

async function listVersion(
  { manifest, folder }: BundleInput['versions'][number],
  createdAt: string,
): Promise<readonly ArchiveEntry[]> {
  const path = toVersionPath(manifest);
  const { interpreter } = manifest;
  const portable: VersionManifest = {
    ...manifest,
    ...(interpreter === undefined
      ? {}
      : { interpreter: { ...interpreter, path: basename(interpreter.path) } }),
    createdAt,
  };
  // What lies in the folder besides is no part of the version.
  const files = await Promise.all(
    Object.keys(manifest.files).map((name) => toFileEntry(`${path}/${name}`, join(folder, name))),
  );
  return [...files, toJsonEntry(`${path}/manifest.json`, portable)];
}

/** Which versions may predict rows together, as `ao check` proved. */
function listHonesty({ project, versions, createdAt }: BundleInput): readonly ArchiveEntry[] {
  const known = versions.flatMap(({ manifest }) => {
    const digest = toHonestyDigest(manifest.files);
    const honesty = readHonesty(project.folder, digest);
    return honesty === undefined ? [] : [[digest, { ...honesty, checkedAt: createdAt }] as const];
  });
  if (known.length === 0) return [];
  return [toJsonEntry('.ao/check.json', { honesty: Object.fromEntries(known) })];
}

function toJsonEntry(path: string, value: unknown): ArchiveEntry {
  return { path, content: Buffer.from(`${JSON.stringify(value, null, 2)}\n`) };
}

/** Shorter values would be found by chance. */
const SHORTEST_SECRET = 6;

async function checkSecrets(
  entries: readonly ArchiveEntry[],
  { folder, secrets }: Pick<Project, 'folder' | 'secrets'>,
  env: BundleInput['env'],
): Promise<void> {
  const values = await Promise.all(
    secrets.map(async ({ name, env: variable, file }) => {
      const kept =
        file === undefined
          ? undefined
          : await readFile(resolve(folder, file), 'utf8').catch(() => '');
      return { name, value: (kept ?? env[variable ?? name] ?? '').trim() };
    }),
  );
  const known = values.filter(({ value }) => value.length >= SHORTEST_SECRET);
  if (known.length === 0) return;
  for (const { path, content } of entries) {
    if (content === undefined) continue;
    const bytes = typeof content === 'string' ? await readFile(content) : content;
    const found = known.find(({ value }) => bytes.includes(value));
    if (found !== undefined)
      throw buildFailures.create(
        'AO507',
        `${path} contains the value of the secret ${found.name}, and it would go into the bundle and the images.`,
        { hint: 'ao check' },
      );
  }
}

/** What an interpreter in an image installs: the user's own lock, or the versions that the model was frozen with. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language, VersionManifest } from '../versions/version.ts';
import type { ArchiveEntry } from './archive.ts';

/** Names under which Python packages are installed, where they are imported under others. */
const INSTALLED_AS: Readonly<Record<string, string>> = {
  PIL: 'pillow',
  cv2: 'opencv-python',
  sklearn: 'scikit-learn',
  yaml: 'pyyaml',
};

interface Frozen {
  readonly manifest: VersionManifest;
  readonly folder: string;
}

/**
 * `requirements.txt`, `renv.lock` and `packages.txt`; each is there, if need be empty. Without an `renv.lock` the
 * packages are those that a version was frozen with and those that its `DESCRIPTION` depends on or imports.
 */
export async function listLocks(versions: readonly Frozen[]): Promise<readonly ArchiveEntry[]> {
  const python = await listLines(versions, 'python', 'requirements.txt');
  const own = await readFirst(versions, 'renv.lock');
  const frozen = listPackages(versions, 'r', (name, version) => `${name} ${version}`);
  const described = listDescribed(await readFirst(versions, 'DESCRIPTION'));
  const missing = described.filter((name) => frozen.every((line) => !line.startsWith(`${name} `)));
  const packages = own === '' ? [...frozen, ...missing] : [];
  return [
    { path: 'requirements.txt', content: toBytes(python) },
    { path: 'renv.lock', content: Buffer.from(own) },
    { path: 'packages.txt', content: toBytes(packages) },
  ];
}

/** Names in the fields Depends and Imports, whose lines go on where they are indented; R itself is no package. */
function listDescribed(text: string): readonly string[] {
  const fields = text.matchAll(/^(?:Depends|Imports):(.*(?:\r?\n[ \t].*)*)/gm);
  const names = [...fields].flatMap(([, list = '']) =>
    list.split(',').map((one) => /[A-Za-z][\w.]*/.exec(one)?.[0] ?? ''),
  );
  return [...new Set(names)].filter((name) => name !== '' && name !== 'R');
}

/** Lines of every own lock; pins of what a version was frozen with where there is none. */
async function listLines(
  versions: readonly Frozen[],
  language: Language,
  name: string,
): Promise<readonly string[]> {
  const lines = await Promise.all(
    versions
      .filter(({ manifest }) => manifest.language === language)
      .map(async (version) => {
        const own = await readFirst([version], name);
        return own === ''
          ? listPackages([version], language, (one, pin) => `${INSTALLED_AS[one] ?? one}==${pin}`)
          : own.split('\n').map((line) => line.trim());
      }),
  );
  return [...new Set(lines.flat())].filter((line) => line !== '' && !line.startsWith('#'));
}

function listPackages(
  versions: readonly Frozen[],
  language: Language,
  toLine: (name: string, version: string) => string,
): readonly string[] {
  const lines = versions
    .filter(({ manifest }) => manifest.language === language)
    .flatMap(({ manifest }) => Object.entries(manifest.interpreter?.packages ?? {}))
    .map(([name, version]) => toLine(name, version));
  return [...new Set(lines)].toSorted();
}

async function readFirst(versions: readonly Frozen[], name: string): Promise<string> {
  for (const { folder } of versions) {
    const text = await readFile(join(folder, 'code', name), 'utf8').catch(() => '');
    if (text !== '') return text;
  }
  return '';
}

function toBytes(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}

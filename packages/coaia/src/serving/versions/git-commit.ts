/** The commit a project stands at, read without running git. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** 40 hex of HEAD of the repository around a folder; undefined outside of one. */
export async function readGitCommit(folder: string): Promise<string | undefined> {
  const git = join(folder, '.git');
  const head = await readText(join(git, 'HEAD'));
  if (head === undefined) {
    const above = dirname(folder);
    return above === folder ? undefined : readGitCommit(above);
  }
  const ref = /^ref: (.+)$/.exec(head)?.[1];
  if (ref === undefined) return toCommit(head);
  const loose = await readText(join(git, ref));
  if (loose !== undefined) return toCommit(loose);
  const packed = (await readText(join(git, 'packed-refs'))) ?? '';
  return toCommit(packed.split('\n').find((line) => line.endsWith(` ${ref}`)) ?? '');
}

function toCommit(text: string): string | undefined {
  return /^[0-9a-f]{40}/.exec(text)?.[0];
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
}

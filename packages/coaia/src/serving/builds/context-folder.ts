/** The folder that an engine builds from. */
import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArchiveEntry } from './archive.ts';
import { toComplete } from './archive.ts';
import { PROGRAM_FOLDER } from './image-facts.ts';

export interface ContextParts {
  /** Node, and for a base of nothing its libraries. */
  readonly runtime: readonly ArchiveEntry[];
  readonly program: readonly ArchiveEntry[];
  readonly project: readonly ArchiveEntry[];
  /** Locks by name. */
  readonly lock: readonly ArchiveEntry[];
}

/** Writes `runtime/`, `program/`, `project/`, `lock/` and `state/` into an empty folder. */
export async function writeContext(folder: string, parts: ContextParts): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const programs = parts.program.map((entry) => ({
    ...entry,
    path: entry.path.slice(PROGRAM_FOLDER.length),
  }));
  await writeEntries(
    join(folder, 'runtime'),
    parts.runtime.filter(({ content }) => content !== undefined),
  );
  await writeEntries(join(folder, 'program'), programs);
  await writeEntries(join(folder, 'project'), parts.project);
  await writeEntries(join(folder, 'lock'), parts.lock);
  await writeEntries(join(folder, 'state'), [{ path: 'coaia' }]);
}

async function writeEntries(folder: string, entries: readonly ArchiveEntry[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { path, content, mode } of toComplete(entries)) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    if (content === undefined) await mkdir(target, { recursive: true });
    else if (typeof content === 'string')
      await copyFile(content, target, constants.COPYFILE_FICLONE);
    else await writeFile(target, content);
    // A readable copy, whatever the umask and the file say.
    if (content !== undefined) await chmod(target, mode ?? 0o644);
  }
}

/** All files of a new project at once, or none. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { projectFailures } from '../errors.ts';

/** Where files are put before they get their place: on the same disk, unseen. */
export interface Draft {
  readonly files: string;
  remove(): void;
}

/** Beside the new folder, or inside it when it exists already. */
export function openDraft(folder: string): Draft {
  const isNew = !existsSync(folder);
  const made = isNew ? mkdirSync(dirname(folder), { recursive: true }) : undefined;
  const root = isNew
    ? mkdtempSync(join(dirname(folder), `.${basename(folder)}-`))
    : mkdtempSync(join(folder, '.ao-init-'));
  const files = join(root, 'files');
  mkdirSync(files);
  const remove = () => {
    rmSync(root, { recursive: true, force: true });
    if (made !== undefined) removeEmpty(dirname(folder), made);
  };
  return { files, remove };
}

/** Folders that were made for a project that was not written after all, up to the topmost of them. */
function removeEmpty(folder: string, top: string): void {
  if (readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  if (folder !== top) removeEmpty(dirname(folder), top);
}

/** AO106 with the files that exist. */
export function checkClashes(folder: string, files: readonly string[]): void {
  const clashes = files.filter((file) => existsSync(join(folder, file)));
  if (clashes.length === 0) return;
  const shown = clashes.slice(0, 10).join(', ');
  const more = clashes.length > 10 ? ` and ${clashes.length - 10} more` : '';
  throw projectFailures.create(
    'AO106',
    `${basename(folder)} has these files already: ${shown}${more}. Nothing was written.`,
    { hint: 'choose another name, or add --force to replace them', details: clashes },
  );
}

/**
 * Moves the files of the draft into the folder. When one cannot be moved, those before it go back and what they
 * replaced returns.
 */
export function placeDraft(draft: Draft, folder: string, files: readonly string[]): void {
  if (!existsSync(folder)) {
    renameSync(draft.files, folder);
    return;
  }
  const saved = join(draft.files, '.replaced');
  const undo: (() => void)[] = [];
  try {
    for (const file of files) {
      const target = join(folder, file);
      makeFolders(dirname(target), undo);
      if (existsSync(target)) {
        const kept = join(saved, file);
        mkdirSync(dirname(kept), { recursive: true });
        renameSync(target, kept);
        undo.push(() => renameSync(kept, target));
      }
      renameSync(join(draft.files, file), target);
      undo.push(() => rmSync(target, { force: true }));
    }
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error;
  }
}

function makeFolders(folder: string, undo: (() => void)[]): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder), undo);
  mkdirSync(folder);
  undo.push(() => rmdirSync(folder));
}

/** Writing environments: under a lock, in one step, readable for their owner only, in the form they had. */
import {
  configErrors,
  editEnvText,
  encryptAge,
  parseEnvText,
  readEnvFile,
  renderEnvFile,
  updatePrivateFile,
} from '#config';
import type { EnvChanges, EnvFileContent } from '#config';
import { copyAside } from './backups.ts';
import { ENCRYPTED, findFile } from './environment.ts';
import type { Place } from './environment.ts';
import type { Environments } from './open-environments.ts';
import { readRecipients } from './recipients.ts';

export type Format = EnvFileContent['format'];

export interface ChangeOptions {
  /** Of a new file; an existing one is converted. */
  readonly format?: Format | undefined;
  /** Keeps a copy of what was there. */
  readonly keepBackup?: boolean;
}

export interface Changed {
  /** The file that was written. */
  readonly file: string;
  /** Path of the copy of what was there. */
  readonly backup: string | undefined;
}

/**
 * Gives `change` what the file holds (undefined when there is none) and writes the text it returns, undefined for
 * no change. An encrypted file stays encrypted. Throws COAIA-0201 and COAIA-0220 to COAIA-0223; the file is then
 * as it was.
 */
export async function changeEnvironment(
  environments: Environments,
  place: Place,
  change: (content: EnvFileContent | undefined) => string | undefined,
  keepBackup = false,
): Promise<Changed> {
  const file = findFile(place) ?? place.path;
  let backup: string | undefined;
  await updatePrivateFile(file, async () => {
    const before = readEnvFile(file, environments.keys);
    if (before !== undefined) checkReadable(file, before);
    const text = change(before);
    if (text === undefined || text === before?.text) return undefined;
    parseEnvText(file, text);
    if (before !== undefined && keepBackup) backup = copyAside(environments.home, file);
    return file.endsWith(ENCRYPTED)
      ? encryptAge(text, await readRecipients(environments, place.location))
      : text;
  });
  return { file, backup };
}

/** A file of which no line is understood is damaged, or no file of variables at all: COAIA-0201. */
function checkReadable(file: string, { values, problems }: EnvFileContent): void {
  if (problems.length === 0 || Object.keys(values).length > 0) return;
  throw configErrors.create('COAIA-0201', `${file} has no line that sets a variable.`, {
    hint: 'repair the file or move it away',
  });
}

/** Sets and removes variables; the rest of the file stays as it is. */
export function setVariables(
  environments: Environments,
  place: Place,
  changes: EnvChanges,
  { format, keepBackup }: ChangeOptions = {},
): Promise<Changed> {
  const edit = (content: EnvFileContent | undefined) => {
    const text = content?.text ?? (format === 'env' ? '' : '{}\n');
    const edited = editEnvText(place.path, text, changes);
    const isConverted = content !== undefined && format !== undefined && format !== content.format;
    return isConverted ? renderEnvFile(format, parseEnvText(place.path, edited).values) : edited;
  };
  return changeEnvironment(environments, place, edit, keepBackup === true || format !== undefined);
}

/** For whom files are encrypted: a list beside them that is no secret, else the own key. */
import { join } from 'node:path';
import { readSmallFile, toKeyPaths, toRecipient, updateFile } from '#config';
import type { Folders, Location } from './environment.ts';
import { environmentErrors } from './errors.ts';
import type { Environments } from './open-environments.ts';

export interface Recipient {
  /** `age1...`. */
  readonly key: string;
  /** What stands behind it in the list. */
  readonly note: string;
}

/** The list of a location: `.coaia/recipients.txt` of the project, `recipients.txt` of the home. */
export function toRecipientsPath({ cwd, home }: Folders, location: Location): string {
  return location === 'project'
    ? join(cwd, '.coaia', 'recipients.txt')
    : join(home, 'recipients.txt');
}

/** The keys that a file of this location is encrypted for. Throws COAIA-0220 when there is no key at all. */
export async function readRecipients(
  environments: Environments,
  location: Location,
): Promise<readonly string[]> {
  const listed = listRecipients(environments, location);
  return listed.length > 0 ? listed.map(({ key }) => key) : [await findOwnRecipient(environments)];
}

/** What the list says; empty when there is none. */
export function listRecipients(folders: Folders, location: Location): readonly Recipient[] {
  const text = readSmallFile(toRecipientsPath(folders, location)) ?? '';
  return text.split('\n').flatMap((line) => {
    const [, key, note = ''] = /^\s*([^\s#]+)\s*(?:#\s*(.*?)\s*)?$/.exec(line) ?? [];
    return key === undefined ? [] : [{ key, note }];
  });
}

/** The key to encrypt for oneself, without unlocking the identity where that can be avoided. */
export async function findOwnRecipient({ home, keys }: Environments): Promise<string> {
  const kept = keys.isHome ? readSmallFile(toKeyPaths(home).recipient)?.trim() : undefined;
  if (kept) return kept;
  const [identity = ''] = keys.identities();
  return toRecipient(identity);
}

/** Changes the list. Throws COAIA-5408 when nobody would be left. */
export function changeRecipients(
  folders: Folders,
  location: Location,
  change: (list: readonly Recipient[]) => readonly Recipient[],
): readonly Recipient[] {
  const path = toRecipientsPath(folders, location);
  let list: readonly Recipient[] = [];
  updateFile(path, () => {
    list = change(listRecipients(folders, location));
    if (list.length === 0)
      throw environmentErrors.create('COAIA-5408', 'The last key cannot be removed.', {
        hint: 'coaia env decrypt',
      });
    return list.map(({ key, note }) => `${key}${note === '' ? '' : ` # ${note}`}\n`).join('');
  });
  return list;
}

/** Adding and removing keys, and encrypting what is there for the new list. */
import { encryptAge } from '#config';
import type { Location } from './environment.ts';
import type { Environments } from './open-environments.ts';
import { changeRecipients, findOwnRecipient, listRecipients } from './recipients.ts';
import type { Recipient } from './recipients.ts';
import { listSealed, resealAll } from './reseal.ts';

export interface ListChange {
  readonly recipients: readonly Recipient[];
  /** Files that were encrypted again. */
  readonly paths: readonly string[];
}

/** A new list begins with the own key. Throws COAIA-0225 for what is no key, before anything is changed. */
export async function changeList(
  environments: Environments,
  location: Location,
  change: (list: readonly Recipient[]) => readonly Recipient[],
): Promise<ListChange> {
  const own = { key: await findOwnRecipient(environments), note: 'you' };
  const toStart = (list: readonly Recipient[]) => (list.length === 0 ? [own] : list);
  const planned = change(toStart(listRecipients(environments, location)));
  if (planned.length > 0)
    await encryptAge(
      '',
      planned.map(({ key }) => key),
    );
  // What does not open with our key must not be found out halfway.
  const places = listSealed(environments, location);
  if (places.length > 0) environments.keys.identities();
  const recipients = changeRecipients(environments, location, (list) => change(toStart(list)));
  return { recipients, paths: await resealAll(environments, places) };
}

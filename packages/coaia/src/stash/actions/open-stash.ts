/** The stash that the steps of a run use. */
import type { Scope } from '#base';
import { openEmbeddedStash } from '../entries/embedded.ts';
import type { StashStore } from '../entries/entry.ts';
import type { StashPorts } from '../ports.ts';

/** What the settings of the machine say, else the store. */
export function openFor({ db, clock, open }: StashPorts, scope: Scope): StashStore {
  return open?.(scope) ?? openEmbeddedStash(db, scope.projectId, clock);
}

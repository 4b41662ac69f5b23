/** The stash that the steps of a run use. */
import type { Scope } from '#base';
import { openEmbeddedStash } from '../entries/embedded.ts';
import type { StashStore } from '../entries/entry.ts';
import type { StashPorts } from '../ports.ts';

/** What the settings of the machine say, else the store; closed when the work is done. */
export async function withStash<T>(
  { db, clock, open }: StashPorts,
  { projectId }: Scope,
  work: (store: StashStore) => Promise<T>,
): Promise<T> {
  const outside = await open?.();
  try {
    return await work(outside?.store ?? openEmbeddedStash(db, projectId, clock));
  } finally {
    outside?.close();
  }
}

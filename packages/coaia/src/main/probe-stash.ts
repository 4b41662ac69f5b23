/** Whether the stash that settings name works, for `coaia doctor` and `coaia init`. */
import { checkStash } from '#stash';
import type { StashCheck, StashStore } from '#stash';
import type { ResolvedSettings } from '#config';
import { openStashAlone } from './open-stash.ts';

export interface ProbeOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly settings: ResolvedSettings;
  readonly signal?: AbortSignal;
}

/** Settings that name a stash outside the store. Connects once and reads. */
export async function probeStash({ env, settings, signal }: ProbeOptions): Promise<StashCheck> {
  const { offline, durability } = settings.values;
  const opened = await openStashAlone({
    target: { kind: 'local' },
    store: { kind: 'sqlite', path: settings.paths.database },
    durability,
    env,
    offline,
    ledgerPath: settings.paths.egressLedger,
    settings,
    ...(signal === undefined ? {} : { signal }),
  });
  if (opened === undefined) return { isGood: true, place: 'the store', milliseconds: 0 };
  try {
    return await checkStash(opened.api as StashStore);
  } finally {
    await opened.close();
  }
}

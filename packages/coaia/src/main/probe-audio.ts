/** What would transcribe and speak with these settings, for `coaia doctor`. */
import { checkAudio } from '#audio';
import type { AudioCheck } from '#audio';
import type { ProbeOptions } from './probe-stash.ts';

/** Looks at settings and programs; nothing is sent. */
export function probeAudio({ env, settings, signal }: ProbeOptions): Promise<AudioCheck> {
  const refuse = () => Promise.reject(new TypeError('a check sends nothing'));
  return checkAudio(
    { env, settings: settings.values, fetch: refuse, record: refuse },
    signal ?? new AbortController().signal,
  );
}

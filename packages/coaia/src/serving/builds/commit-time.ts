/** When the contents of a build were made, as far as git knows. */
import { execFile } from 'node:child_process';

/** For projects outside of git: the beginning of the epoch, because the hour of building is no part of the contents. */
const UNKNOWN = '1970-01-01T00:00:00Z';

/** Time of a commit in UTC, ISO 8601 without milliseconds. */
export function readCommitTime(folder: string, commit: string | undefined): Promise<string> {
  if (commit === undefined) return Promise.resolve(UNKNOWN);
  return new Promise((resolve) => {
    const args = ['-C', folder, 'show', '--no-patch', '--format=%ct', commit];
    execFile('git', args, { timeout: 10_000 }, (error, text) => {
      const seconds = Number.parseInt(text, 10);
      const isKnown = error === null && Number.isFinite(seconds);
      resolve(isKnown ? new Date(seconds * 1000).toISOString().replace('.000', '') : UNKNOWN);
    });
  });
}

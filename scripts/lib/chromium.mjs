/** The browser of the page's tests. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackage } from './debian.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function findOnPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

/** Returns `{ path }` of a Chromium, installing it where that is possible, or `{ reason }`. */
export function findChromium() {
  const given = process.env.COAIA_TEST_CHROMIUM ?? findOnPath();
  if (given !== undefined) return { path: given };
  const problem = installPackage('chromium');
  const path = findOnPath();
  return path === undefined ? { reason: problem ?? 'no Chromium found' } : { path };
}

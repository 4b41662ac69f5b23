/** Shells that completion and environments are tested in, and the age that encrypted environments are tested with. */
import { existsSync } from 'node:fs';
import { installPackage } from './debian.mjs';

const isThere = (name) =>
  ['/bin', '/usr/bin', '/usr/local/bin'].some((folder) => existsSync(`${folder}/${name}`));

/** Installs them where that is possible. Returns one line per program that is not to be had. */
export function ensureShells() {
  return ['zsh', 'fish', 'age'].flatMap((name) => {
    const reason = isThere(name) ? undefined : installPackage(name);
    return reason === undefined ? [] : [`not run: suites that need ${name}: ${reason}`];
  });
}

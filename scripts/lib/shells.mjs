/** Shells that completion and environments are tested in. */
import { existsSync } from 'node:fs';
import { installPackage } from './debian.mjs';

const isThere = (name) =>
  ['/bin', '/usr/bin', '/usr/local/bin'].some((folder) => existsSync(`${folder}/${name}`));

/** Installs zsh and fish where that is possible. Returns one line per shell that is not to be had. */
export function ensureShells() {
  return ['zsh', 'fish'].flatMap((name) => {
    const reason = isThere(name) ? undefined : installPackage(name);
    return reason === undefined ? [] : [`not run: suites in ${name}: ${reason}`];
  });
}

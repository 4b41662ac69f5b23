/**
 * Programs that tests speak to: shells for completion and environments, age for encrypted ones, a voice, a listener
 * and ffmpeg for audio.
 */
import { existsSync } from 'node:fs';
import { installPackage } from './debian.mjs';

const isThere = (name) =>
  ['/bin', '/usr/bin', '/usr/local/bin'].some((folder) => existsSync(`${folder}/${name}`));

/** Programs with the Debian packages that they take. */
const PROGRAMS = [
  { name: 'zsh', packages: ['zsh'] },
  { name: 'fish', packages: ['fish'] },
  { name: 'age', packages: ['age'] },
  { name: 'espeak-ng', packages: ['espeak-ng'] },
  { name: 'ffmpeg', packages: ['ffmpeg'] },
  { name: 'pocketsphinx_continuous', packages: ['pocketsphinx', 'pocketsphinx-en-us'] },
];

/** Installs them where that is possible. Returns one line per program that is not to be had. */
export function ensurePrograms() {
  return PROGRAMS.filter(({ name }) => !isThere(name)).flatMap(({ name, packages }) => {
    const reason = packages.map((one) => installPackage(one)).find((one) => one !== undefined);
    return reason === undefined ? [] : [`not run: suites that need ${name}: ${reason}`];
  });
}

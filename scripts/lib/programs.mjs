/**
 * Programs that tests speak to: shells for completion and environments, age for encrypted ones, a voice, a listener
 * and ffmpeg for audio.
 */
import { existsSync } from 'node:fs';
import { installPackage } from './debian.mjs';

const isThere = (name) =>
  ['/bin', '/usr/bin', '/usr/local/bin'].some((folder) => existsSync(`${folder}/${name}`));

/** Program, and the Debian packages that it takes. */
const PROGRAMS = [
  ['zsh', ['zsh']],
  ['fish', ['fish']],
  ['age', ['age']],
  ['espeak-ng', ['espeak-ng']],
  ['ffmpeg', ['ffmpeg']],
  ['pocketsphinx_continuous', ['pocketsphinx', 'pocketsphinx-en-us']],
];

/** Installs them where that is possible. Returns one line per program that is not to be had. */
export function ensurePrograms() {
  return PROGRAMS.filter(([name]) => !isThere(name)).flatMap(([name, packages]) => {
    const reason = packages.map((one) => installPackage(one)).find((one) => one !== undefined);
    return reason === undefined ? [] : [`not run: suites that need ${name}: ${reason}`];
  });
}

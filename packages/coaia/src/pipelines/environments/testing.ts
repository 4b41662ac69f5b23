/** Real shells for the tests of this folder. */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { openSpawnHome } from '../../observability/testing/spawn-coaia.ts';

export type Shell = 'sh' | 'bash' | 'zsh' | 'fish';

/** Start-up files of the machine must not decide. */
const QUIET: Readonly<Record<Shell, readonly string[]>> = {
  sh: [],
  bash: ['--norc', '--noprofile'],
  zsh: ['-f'],
  fish: ['--no-config'],
};

/** What a suite needs when a shell is not there: `skip`, and words for its title. */
export function findShell(shell: Shell): { readonly skip: boolean; readonly note: string } {
  const skip = spawnSync(shell, ['-c', 'true']).status !== 0;
  return { skip, note: skip ? ` not run: ${shell} is not installed` : '' };
}

/** Runs a script; `coaia` is on the path. */
export async function runShell(
  shell: Shell,
  script: string,
  home = openSpawnHome(),
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const words = [...QUIET[shell], '-c', script];
  const options = { env: { ...home.env, LC_ALL: 'C.UTF-8' }, cwd: home.home, timeout: 20_000 };
  return promisify(execFile)(shell, words, options);
}

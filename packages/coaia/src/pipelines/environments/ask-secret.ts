/** Asks for a secret on the terminal without showing it. */
import { spawnSync } from 'node:child_process';
import type { Env } from '#config';

/**
 * A shell reads the line: it can switch the echo off, restores it whatever happens, and Ctrl-C ends it. The
 * question and the answer pass the terminal only.
 */
const SCRIPT = `
exec < /dev/tty || exit 1
trap 'stty echo < /dev/tty' EXIT
trap 'exit 130' INT
printf %s "$1" > /dev/tty
stty -echo
IFS= read -r answer
printf '\\n' > /dev/tty
printf %s "$answer"
`;

/** The line that was typed; undefined when there is no terminal or nothing was typed. */
export function askSecret(env: Env, question: string): string | undefined {
  const { status, stdout } = spawnSync('sh', ['-c', SCRIPT, 'sh', question], {
    env: { ...env },
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'ignore'],
  });
  return status === 0 && stdout !== '' ? stdout : undefined;
}

/** A process of somebody else's code that stays: in the box, but it sees what it was shown and lives until it ends. */
import type { ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { FIXED, findProgram, requireBubblewrap, toSystemBinds } from './bubblewrap.ts';

export interface BoxedProcess {
  /** Program and arguments as they are inside. */
  readonly command: readonly string[];
  /** The whole environment beside PATH, HOME (/tmp) and LANG. */
  readonly env: Readonly<Record<string, string>>;
  /** Files and folders that are seen, read only, at their own place. Those that do not exist are left out. */
  readonly readOnly: readonly string[];
  readonly cwd: string;
  /** Bytes of the private /tmp. */
  readonly tmpBytes: number;
}

/** Where bubblewrap reads the rest of its arguments. */
const ARGS_FD = 3;

/**
 * Starts it: no network, no other processes, nothing to write but a private /tmp; it ends when this process ends.
 * Where we are root, root outside stands for nobody inside: files of root stay readable, rights there are none.
 * Fails with COAIA-0760 and 0761 as `requireBubblewrap` does.
 */
export async function spawnBoxed(
  boxed: BoxedProcess,
  program = 'bwrap',
): Promise<ChildProcessByStdio<null, Readable, Readable>> {
  await requireBubblewrap('Models', program);
  const { command, env, readOnly, cwd, tmpBytes } = boxed;
  const args = [
    ...FIXED,
    '--args',
    String(ARGS_FD),
    ...toSystemBinds(),
    ...`--dev /dev --size ${tmpBytes} --tmpfs /tmp`.split(' '),
    ...readOnly.flatMap((path) => (existsSync(path) ? ['--ro-bind', path, path] : [])),
    '--chdir',
    cwd,
    ...'--remount-ro / --'.split(' '),
    ...command,
  ];
  const child = process.getBuiltinModule('node:child_process').spawn(findProgram(program), args, {
    env: {},
    cwd: '/',
    // Ctrl-C in a terminal is for us, not for the box.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  // Everybody on the machine can read command lines, and values of the environment may be secrets.
  const rest = child.stdio[ARGS_FD] as Writable;
  rest.on('error', () => undefined);
  rest.end(
    Object.entries(env)
      .flatMap(([name, value]) => ['--setenv', name, value])
      .map((part) => `${part}\0`)
      .join(''),
  );
  return child as ChildProcessByStdio<null, Readable, Readable>;
}

/** The command line of bubblewrap, and whether this machine can run it. */
import { existsSync } from 'node:fs';
import { PYTHON_DISK } from './limits.ts';
import { sandboxErrors } from './errors.ts';
import { runGroup } from './run-group.ts';
import type { GroupResult } from './run-group.ts';

export const PYTHON = '/usr/bin/python3';

/** Nobody: a process that escaped its namespaces would still own nothing. */
export const NOBODY = 65_534;

/** What every box has: its own namespaces, nobody inside, an empty environment, the system's programs. */
export const FIXED: readonly string[] = [
  '--unshare-user --unshare-ipc --unshare-pid --unshare-net --unshare-uts --unshare-cgroup-try',
  `--uid ${NOBODY} --gid ${NOBODY} --hostname sandbox`,
  '--die-with-parent --new-session --cap-drop ALL',
  '--clearenv --setenv PATH /usr/bin:/bin --setenv HOME /tmp --setenv LANG C.UTF-8',
  '--ro-bind /usr /usr',
]
  .join(' ')
  .split(' ');

/** Directories that are links into /usr on merged systems and directories on others. */
const SYSTEM = ['/bin', '/lib', '/lib64', '/sbin'];

export function toSystemBinds(): readonly string[] {
  return SYSTEM.flatMap((path) => (existsSync(path) ? ['--ro-bind', path, path] : []));
}

/** No /proc, no /etc, no /home: what a pure function has no use for is not there. */
function toArguments(work: string | undefined): readonly string[] {
  const tmp = `--dev /dev --size ${PYTHON_DISK} --tmpfs /tmp`.split(' ');
  const place = work === undefined ? ['--chdir', '/tmp'] : ['--bind', work, WORK, '--chdir', WORK];
  return [...FIXED, ...toSystemBinds(), ...tmp, ...place, '--remount-ro', '/', '--'];
}

/** Where a folder that may be written lies inside the box. */
const WORK = '/work';

export interface BoxedRun {
  readonly command: readonly string[];
  readonly input: string;
  readonly timeoutMs: number;
  /** Bytes on stdout after which everything is killed. */
  readonly maxOutput: number;
  /** A folder of the user nobody, or of ours when we are not root; the only one that can be written beside /tmp. */
  readonly work?: string;
  readonly signal?: AbortSignal;
}

/**
 * Runs a command in the box. Root gives its rights up first: limits on processes do not hold for root. The
 * environment is empty outside as well, so that nothing of it shows in the launcher's own process.
 */
export function runBoxed(run: BoxedRun, program = 'bwrap'): Promise<GroupResult> {
  const isRoot = process.getuid?.() === 0;
  return runGroup({
    ...run,
    program: findProgram(program),
    args: [...toArguments(run.work), ...run.command],
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
}

/** With an empty environment nothing is looked up on PATH, so that is done here. */
export function findProgram(name: string): string {
  if (name.startsWith('/')) return name;
  const folders = ['/usr/bin', '/bin', '/usr/local/bin'];
  return folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? name;
}

/** True once a run in the box succeeded in this process. */
const known = { isReady: false };

/**
 * Tries the box on something harmless, once per process. Fails with COAIA-0760 (no bwrap) and 0761 (namespaces are
 * forbidden). `what` is what needs it, as the sentence begins.
 */
export async function requireBubblewrap(what: string, program = 'bwrap'): Promise<void> {
  if (known.isReady && program === 'bwrap') return;
  if (!existsSync(findProgram(program)))
    throw sandboxErrors.create(
      'COAIA-0760',
      `${what} run only inside bubblewrap, and bwrap is not installed.`,
      { hint: 'apt-get install bubblewrap' },
    );
  const probe: BoxedRun = {
    command: ['/usr/bin/env', 'true'],
    input: '',
    timeoutMs: 10_000,
    maxOutput: 1000,
  };
  const result = await runBoxed(probe, program);
  if (result.kind !== 'ended' || result.code !== 0)
    throw sandboxErrors.create(
      'COAIA-0761',
      `bubblewrap cannot make its namespaces here: ${result.errors.trim().slice(0, 200) || 'no reason given'}`,
      { hint: 'sysctl kernel.unprivileged_userns_clone' },
    );
  if (program === 'bwrap') known.isReady = true;
}

/** The same for Python, which must be there as well: COAIA-0762. */
export async function requireBox(program = 'bwrap'): Promise<void> {
  if (!existsSync(PYTHON))
    throw sandboxErrors.create('COAIA-0762', `There is no ${PYTHON} to run Python evaluators.`, {
      hint: 'apt-get install python3',
    });
  await requireBubblewrap('Python evaluators', program);
}

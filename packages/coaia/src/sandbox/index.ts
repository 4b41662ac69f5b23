/** Floor 1: code that nobody trusts, run where it can reach nothing. Nothing loads before the first run. */
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Json } from '#base';
import type { BoxedProcess } from './boxed-process.ts';
import type { PythonRequest } from './run-python.ts';
import type { ScriptRequest } from './run-script.ts';
import type { ShellRequest, ShellResult } from './run-shell.ts';

export type { BoxedProcess } from './boxed-process.ts';
export type { PythonRequest } from './run-python.ts';
export type { ScriptRequest } from './run-script.ts';
export type { ShellRequest, ShellResult } from './run-shell.ts';
export { sandboxErrors } from './errors.ts';

/** See run-script.ts. */
export async function runScript(request: ScriptRequest): Promise<Json> {
  const { runScript: run } = await import('./run-script.ts');
  return run(request);
}

/** See run-python.ts. */
export async function runPython(request: PythonRequest): Promise<Json> {
  const { runPython: run } = await import('./run-python.ts');
  return run(request);
}

/** See run-shell.ts. */
export async function runShell(request: ShellRequest): Promise<ShellResult> {
  const { runShell: run } = await import('./run-shell.ts');
  return run(request);
}

/** See boxed-process.ts. */
export async function spawnBoxed(
  boxed: BoxedProcess,
  program?: string,
): Promise<ChildProcessByStdio<null, Readable, Readable>> {
  const { spawnBoxed: spawn } = await import('./boxed-process.ts');
  return spawn(boxed, program);
}

/** Fails with COAIA-0760 to 0762, in words for the user, where Python cannot be run safely. */
export async function requirePython(): Promise<void> {
  const { requireBox } = await import('./bubblewrap.ts');
  await requireBox();
}

/** Ends the threads that wait for more scripts; the next run starts new ones. */
export async function closeSandbox(): Promise<void> {
  const { closeThreads } = await import('./script-threads.ts');
  await closeThreads();
}

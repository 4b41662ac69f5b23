/** Is a process still at work? One that has ended and waits to be reaped by its parent is not. */
import { readFileSync } from 'node:fs';

/** True while the process runs; false for a zombie and for none. */
export function isAtWork(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    // proc(5): the state follows the name, which stands in parentheses and may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return process.platform !== 'linux';
  }
}

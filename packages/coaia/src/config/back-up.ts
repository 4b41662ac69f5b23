/** A copy beside a file before it is changed. */
import { copyFileSync, existsSync } from 'node:fs';

/** Copies to `FILE.bak`, `FILE.bak.2` and so on, as private as the file; returns where. */
export function backUp(path: string): string {
  let target = `${path}.bak`;
  for (let number = 2; existsSync(target); number++) target = `${path}.bak.${number}`;
  copyFileSync(path, target);
  return target;
}

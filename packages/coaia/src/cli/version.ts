/** The version line, the same for `coaia --version` and `coaia version`. */
import { EXIT, version } from '#base';
import type { CliIo } from './io.ts';

/** `coaia 1.2.3 (node 24.21.0, linux-x64)`. */
export function toVersionLine(): string {
  return `coaia ${version} (node ${process.versions.node}, ${process.platform}-${process.arch})`;
}

/** Prints the version; exit 0. */
export function printVersion(io: CliIo): number {
  io.stdout(`${toVersionLine()}\n`);
  return EXIT.done;
}

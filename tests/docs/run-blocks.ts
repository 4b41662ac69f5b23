/** Shell blocks of the documents that say they run: fences opened with `sh run`. */
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../architecture/scan.ts';
import { RUN_ENV } from '../../packages/coaia/src/base/testing.ts';

/** One runnable block. `line` is where its fence opens. */
export interface Block {
  readonly path: string;
  readonly line: number;
  readonly script: string;
}

/** The runnable blocks of a page, in order. */
export function listBlocks(path: string, text: string): readonly Block[] {
  return [...text.matchAll(/^```sh run\n([^]*?)^```$/gm)].map((found) => ({
    path,
    line: text.slice(0, found.index).split('\n').length,
    script: found[1] ?? '',
  }));
}

/** A folder with an empty home in which `coaia`, also as `npx coaia`, is the built program. */
export function createPlace(folder: string): Readonly<Record<string, string>> {
  const bin = join(folder, 'bin');
  const home = join(folder, 'home');
  mkdirSync(bin);
  mkdirSync(home);
  const program = join(root, 'packages/coaia/dist/coaia.js');
  const scripts = {
    coaia: `exec "${process.execPath}" "${program}" "$@"`,
    npx: 'exec "$@"',
  };
  for (const [name, line] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return {
    ...RUN_ENV,
    HOME: home,
    PATH: [bin, '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    NO_COLOR: '1',
  };
}

/** Runs a block as a reader would paste it; any command that fails ends it. */
export function runBlock(
  { script }: Block,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(
      'sh',
      ['-eu', '-c', script],
      { env, cwd: join(folder, 'home'), timeout: 60_000 },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : 1;
        resolve({ code: error === null ? 0 : code, output: stdout + stderr });
      },
    );
  });
}

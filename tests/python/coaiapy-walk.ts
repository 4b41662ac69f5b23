/** CoAiAPy itself, from PyPI, pointed at a server of ours. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '../../packages/coaia/src/cli/testing.ts';
import type { ApiServer } from '../contract/api-server.ts';
import { openServerOn } from './databases.ts';
import { run } from './python-env.ts';
import type { Finished } from './python-env.ts';
import { RUN_ENV } from '../../packages/coaia/src/base/testing.ts';

export interface CoaiapyWalk {
  readonly server: ApiServer;
  /** Working folder and home of both programs. */
  readonly home: string;
  /** Runs CoAiAPy with these words; throws when it ends with anything but 0. */
  readonly python: (words: readonly string[], stdin?: string) => Promise<string>;
  /** The same without the check. */
  readonly tryPython: (words: readonly string[]) => Promise<Finished>;
  /** Runs our program with the same words, folder and variables. */
  readonly coaia: (words: readonly string[], stdin?: string) => Promise<string>;
  /** A python program that imports the library. */
  readonly library: (code: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Starts a server for the programs in `bin`. */
export async function openCoaiapyWalk(bin: string, database = 'sqlite'): Promise<CoaiapyWalk> {
  const server = await openServerOn(database);
  const home = mkdtempSync(join(tmpdir(), 'coaia-coaiapy-'));
  const keys = {
    LANGFUSE_HOST: server.url,
    LANGFUSE_PUBLIC_KEY: server.publicKey,
    LANGFUSE_SECRET_KEY: server.secretKey,
  };
  const env = {
    ...RUN_ENV,
    ...keys,
    HOME: home,
    PATH: process.env['PATH'],
    PYTHONIOENCODING: 'utf8',
  };
  const must = ({ code, stdout, stderr }: Finished, what: readonly string[]) => {
    if (code !== 0) throw new Error(`${what.join(' ')}: ${code}\n${stdout}\n${stderr}`);
    return stdout;
  };
  const options = { env, cwd: home };
  return {
    server,
    home,
    python: async (words, stdin) =>
      must(await run(join(bin, 'coaia'), words, { ...options, ...given(stdin) }), words),
    tryPython: (words) => run(join(bin, 'coaia'), words, options),
    coaia: async (words, stdin) =>
      must(await runCoaia(words, { env: keys, home, ...given(stdin) }), words),
    library: async (code) =>
      must(await run(join(bin, 'python'), ['-c', code], options), ['python', code]),
    async close() {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function given(stdin: string | undefined) {
  return stdin === undefined ? {} : { stdin };
}

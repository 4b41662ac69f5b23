/** The environment of one command: the process's own, overlaid by --env files in the order given. */
import { cliErrors } from './errors.ts';
import type { CliIo } from './io.ts';

export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What each --env file holds, for `coaia config explain`. */
  readonly files: readonly EnvFile[];
}

export interface EnvFile {
  readonly path: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Reads the files; nothing of the process is changed. A missing file is COAIA-0502 (exit 1). */
export async function readEnvironment(io: CliIo, paths: readonly string[]): Promise<Environment> {
  if (paths.length === 0) return { env: io.env, files: [] };
  const { openEnvKeys, readEnvFile, toAbsolutePath } = await import('#config');
  const keys = openEnvKeys({ env: io.env, cwd: io.cwd });
  const files = paths.map((given) => {
    const path = toAbsolutePath(given, { cwd: io.cwd, env: io.env });
    const file = readEnvFile(path, keys);
    if (file === undefined) {
      throw cliErrors.create('COAIA-0502', `The file ${given} given with --env does not exist.`, {
        hint: 'check the path, or leave --env out',
      });
    }
    for (const problem of file.problems) io.stderr(`Note: ${problem}\n`);
    return { path, values: file.values };
  });
  const env = Object.assign({}, io.env, ...files.map(({ values }) => values)) as Environment['env'];
  // CoAiAPy tells configuration through this variable which file to use instead of ./.env.
  return { env: { ...env, COAIAPY_ENV_PATH: files.at(-1)?.path }, files };
}

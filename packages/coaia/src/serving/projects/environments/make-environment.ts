/** Environments of a project: `.venv` for Python, `.rlib` for R. Both see what is installed outside of them. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { R_ENVIRONMENT } from '../../interpreters/candidates.ts';
import { toScriptPath } from '../../interpreters/run-probe.ts';
import type { Interpreter } from '../../versions/version.ts';
import { projectFailures } from '../errors.ts';

export interface MakeRequest {
  /** Of the project. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Those that run the models, by language. */
  readonly python: Interpreter | undefined;
  readonly r: Interpreter | undefined;
}

/** What was done, as sentences. AO114 when there is nothing to make one for, or it cannot be made. */
export async function makeEnvironments(request: MakeRequest): Promise<readonly string[]> {
  const { python, r } = request;
  if (python === undefined && r === undefined)
    throw projectFailures.create(
      'AO114',
      'Environments are made for Python and R, and no model of this project is in either.',
      { hint: 'ao env' },
    );
  return [
    ...(python === undefined ? [] : await makeVenv(request, python)),
    ...(r === undefined ? [] : await makeLibrary(request, r)),
  ];
}

/** The packages of the chosen Python stay visible, so nothing has to be loaded from anywhere. */
async function makeVenv({ folder, env }: MakeRequest, { path }: Interpreter) {
  if (existsSync(join(folder, '.venv'))) return ['.venv is there already.'];
  await run(path, ['-m', 'venv', '--system-site-packages', join(folder, '.venv')], {
    env,
    what: '.venv',
    hint: 'apt-get install python3-venv',
  });
  return ['Made .venv.'];
}

/** Finds its own folder, so that the project can be moved. */
const wrapper = (rscript: string) => `#!/bin/sh
# Rscript with the library of this project before all others.
here=$(cd "$(dirname "$0")/.." && pwd)
R_LIBS="$here/library\${R_LIBS:+:$R_LIBS}" exec "${rscript}" "$@"
`;

/** The packages that the models need, copied from where this R has them; no network. */
async function makeLibrary({ folder, env }: MakeRequest, { path, packages }: Interpreter) {
  const target = join(folder, R_ENVIRONMENT);
  if (existsSync(target)) return [`${R_ENVIRONMENT} is there already.`];
  const library = join(target, 'library');
  mkdirSync(library, { recursive: true });
  mkdirSync(join(target, 'bin'));
  try {
    const script = toScriptPath('./make-library.R', import.meta.url);
    const output = await run(path, ['--vanilla', script, library, ...Object.keys(packages)], {
      env,
      what: R_ENVIRONMENT,
      hint: 'ao env',
    });
    writeFileSync(join(target, 'bin', 'Rscript'), wrapper(path), { mode: 0o755 });
    const names = (word: string) =>
      [...output.matchAll(new RegExp(`^${word} (\\S+)`, 'gm'))].map(([, name = '']) => name);
    const [copied, missing] = [names('copied'), names('missing')];
    const rest =
      missing.length === 0
        ? []
        : [
            `Not installed here: ${missing.join(', ')}. Run ${R_ENVIRONMENT}/bin/Rscript -e 'install.packages(c(${missing.map((name) => `"${name}"`).join(', ')}))'.`,
          ];
    return [`Made ${R_ENVIRONMENT} with ${copied.length} packages.`, ...rest];
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    throw error;
  }
}

interface RunOptions {
  readonly env: MakeRequest['env'];
  readonly what: string;
  readonly hint: string;
}

function run(
  program: string,
  args: readonly string[],
  { env, what, hint }: RunOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else {
        const said = stderr.trim().split('\n').at(-1) ?? '';
        const text = `${program} could not make ${what}: ${said}`;
        reject(projectFailures.create('AO114', text, { hint, cause: error }));
      }
    });
  });
}

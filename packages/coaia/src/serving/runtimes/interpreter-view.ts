/** What a worker must see of the machine to run its interpreter: asked once of the interpreter itself. */
import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { runtimeFailures } from './errors.ts';

export interface InterpreterView {
  readonly program: string;
  /** Files and folders outside /usr that it reads: its own and its libraries. */
  readonly readOnly: readonly string[];
  /** What it would otherwise find through the user's home. */
  readonly env: Readonly<Record<string, string>>;
}

/** Loader, alternatives of BLAS, time zone, settings of R. */
const SETTINGS = ['/etc/alternatives', '/etc/ld.so.cache', '/etc/localtime', '/etc/R'];
const SYSTEM = ['/usr/', '/bin/', '/lib/', '/lib64/'];

const PYTHON_PROBE =
  'import json, sys; print("@@" + json.dumps([sys.executable, sys.prefix, sys.base_prefix] + sys.path))';
const R_PROBE = 'cat("\\n@@", jsonlite::toJSON(c(R.home(), .libPaths())), "\\n", sep = "")';

const known = new Map<string, Promise<InterpreterView>>();

/** Fails with AO640 when the path is no such interpreter. */
export function viewInterpreter(language: 'python' | 'r', path: string): Promise<InterpreterView> {
  const key = `${language} ${path}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const view = language === 'python' ? viewPython(path) : viewR(path);
  known.set(key, view);
  view.catch(() => known.delete(key));
  return view;
}

async function viewPython(path: string): Promise<InterpreterView> {
  const found = await probe('Python', path, ['-c', PYTHON_PROBE]);
  const [program = path, prefix = '', base = '', ...folders] = found.filter((one) => one !== '');
  // Packages in the user's home are found by name there; the worker has another home.
  const outside = folders.filter((one) => [prefix, base].every((own) => !isUnder(one, own)));
  const readOnly = [program, realpathSync(program), prefix, base, ...folders];
  return {
    program,
    readOnly: toReadOnly(readOnly),
    env: outside.length === 0 ? {} : { PYTHONPATH: outside.join(':') },
  };
}

async function viewR(path: string): Promise<InterpreterView> {
  const program = basename(path) === 'R' ? join(dirname(path), 'Rscript') : path;
  const [home = '', ...libraries] = await probe('R', program, ['--no-save', '-e', R_PROBE]);
  const readOnly = [program, realpathSync(program), home, ...libraries];
  const links = libraries.filter((one) => !isSystem(one)).flatMap(readLinks);
  return {
    program,
    readOnly: toReadOnly([...readOnly, ...links]),
    env: { R_LIBS: libraries.join(':') },
  };
}

/** renv keeps its packages in a cache and links to them. */
function readLinks(library: string): readonly string[] {
  const entries = readdirSync(library).map((name) => join(library, name));
  return entries
    .filter((path) => lstatSync(path).isSymbolicLink())
    .map((path) => realpathSync(path));
}

const isUnder = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
const isSystem = (path: string) => SYSTEM.some((folder) => `${path}/`.startsWith(folder));

function toReadOnly(paths: readonly string[]): readonly string[] {
  const wanted = [...new Set(paths)].filter((path) => path.startsWith('/') && !isSystem(path));
  const outermost = wanted.filter((path) =>
    wanted.every((other) => other === path || !isUnder(path, other)),
  );
  return [...SETTINGS, ...outermost];
}

function probe(what: string, path: string, args: readonly string[]): Promise<readonly string[]> {
  const { execFile } = process.getBuiltinModule('node:child_process');
  const env = { PATH: '/usr/bin:/bin', HOME: homedir(), LANG: 'C.UTF-8' };
  return new Promise((resolve, reject) => {
    execFile(path, args, { env, cwd: '/', timeout: 30_000 }, (error, stdout, stderr) => {
      const line = stdout.split('\n').find((text) => text.startsWith('@@'));
      if (line !== undefined) resolve(JSON.parse(line.slice(2)) as string[]);
      else reject(toFailure(what, path, error, stderr));
    });
  });
}

function toFailure(what: string, path: string, cause: Error | null, stderr: string): Error {
  const lines = stderr.trim().split('\n');
  if (stderr.includes('jsonlite'))
    return runtimeFailures.create('AO641', `${path} has no package jsonlite, which workers need.`, {
      hint: `Rscript -e 'install.packages("jsonlite")'`,
      cause,
    });
  const isAbsent = cause !== null && 'code' in cause && cause.code === 'ENOENT';
  const reason = isAbsent ? 'there is no such file' : (lines.at(-1) ?? '') || 'it did not answer';
  return runtimeFailures.create('AO640', `${path} cannot be used as ${what}: ${reason}.`, {
    hint: 'ao config',
    cause,
  });
}

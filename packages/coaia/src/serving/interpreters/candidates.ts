/** Where an interpreter may be, in the order in which it is looked for. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export interface Search {
  readonly language: 'python' | 'r';
  /** As set in ao.toml: a program, or the folder of a virtual environment. Nothing else is tried then. */
  readonly wanted?: string;
  /** Modules of Python or packages of R. */
  readonly needs: readonly string[];
  /** The project's folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Which file needs them, for the sentence: `model.joblib needs (saved with 1.2.1)`. */
  readonly reason?: string;
}

export interface Candidate {
  readonly path: string;
  /** As sentences name it: `the first python3 on PATH`. */
  readonly label: string;
}

const SYSTEM = { python: '/usr/bin/python3', r: '/usr/bin/Rscript' } as const;
const NAMES = { python: 'python3', r: 'Rscript' } as const;
const IS_WINDOWS = process.platform === 'win32';

/** Those that exist, each once. */
export function listCandidates(search: Search): readonly Candidate[] {
  const { language, wanted, cwd } = search;
  if (wanted !== undefined)
    return [{ path: toProgram(resolve(cwd, wanted), language), label: `${wanted} of ao.toml` }];
  const own = language === 'python' ? listVenvs(search) : listLibraries(search);
  const found = [...own, ...listOnPath(search)];
  const system = { path: SYSTEM[language], label: `the system ${NAMES[language]}` };
  return withoutRepeats([...found, system]);
}

/** The interpreter inside a folder, or the path itself. */
function toProgram(path: string, language: Search['language']): string {
  if (!existsSync(path) || !statSync(path).isDirectory()) return path;
  if (language === 'r') return join(path, 'bin', 'Rscript');
  return IS_WINDOWS ? join(path, 'Scripts', 'python.exe') : join(path, 'bin', 'python');
}

function listVenvs({ cwd, env }: Search): readonly Candidate[] {
  const active = env['VIRTUAL_ENV'];
  const folders = [
    ...(active === undefined || active === '' ? [] : [{ folder: active, label: '$VIRTUAL_ENV' }]),
    { folder: join(cwd, '.venv'), label: './.venv' },
    { folder: join(cwd, 'venv'), label: './venv' },
  ];
  return folders.map(({ folder, label }) => ({ path: toProgram(folder, 'python'), label }));
}

/** Folder of a project that holds packages of R and the Rscript that finds them first. */
export const R_ENVIRONMENT = '.rlib';

const listLibraries = ({ cwd }: Search): readonly Candidate[] => [
  { path: toProgram(join(cwd, R_ENVIRONMENT), 'r'), label: `./${R_ENVIRONMENT}` },
];

function listOnPath({ language, env }: Search): readonly Candidate[] {
  const name = IS_WINDOWS ? { python: 'python.exe', r: 'Rscript.exe' }[language] : NAMES[language];
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const paths = folders.map((folder) => join(folder, name)).filter((path) => existsSync(path));
  return paths.map((path, index) => ({
    path,
    label: index === 0 ? `the first ${NAMES[language]} on PATH` : path,
  }));
}

/** `/bin` may be a link to `/usr/bin`; an environment links to the interpreter it was made with, and is another. */
function withoutRepeats(candidates: readonly Candidate[]): readonly Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ path }) => {
    if (!existsSync(path) || statSync(path).isDirectory()) return false;
    const key = toKey(path);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function toKey(path: string): string {
  const folder = join(path, '..');
  return join(realpathSync(folder), path.slice(folder.length + 1));
}

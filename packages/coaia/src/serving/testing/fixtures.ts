/**
 * Real models for tests, fitted at test time by the Python and R that are there: one process a language and machine,
 * kept in the system's temporary folder under the hash of the script, so that many test files share them.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The interpreters that have scikit-learn, pandas and onnx, and jsonlite: Debian's own. */
export const PYTHON = '/usr/bin/python3';
export const RSCRIPT = '/usr/bin/Rscript';

/**
 * `classifier`: pipeline with one-hot encoding on customers (age, income, plan, region), classes 0 and 1; `words`:
 * the same with classes "leaves" and "stays"; `packed`: the same, compressed by joblib; `regressor`: two columns
 * without names; `forest`: on cars (wt, hp); `scaled`: the same behind three steps that replace the values; `transformer`: a scaler of cars; `skewed`: says it was saved by 0.24.2;
 * `texts`: a pipeline that begins with TfidfVectorizer, "praise" or "blame".
 */
export type SklearnKind =
  | 'classifier'
  | 'open'
  | 'words'
  | 'packed'
  | 'regressor'
  | 'forest'
  | 'transformer'
  | 'scaled'
  | 'skewed'
  | 'texts';

/**
 * `lm`: mpg ~ wt + hp + cyl (factor 4, 6, 8); `glm`: binomial; `poisson`; `log`: terms with log() and poly() and a
 * logical; `rate`: log(wt, 2), and `offset = log(hp)` beside the formula; `dates`: a Date and a logical; `nls`: an
 * object without terms; `power`: poly(wt, k) with a k of its own; `dollar`: mtcars$wt in the formula. The last two have no expected answers.
 */
export type RKind =
  | 'lm'
  | 'glm'
  | 'poisson'
  | 'log'
  | 'rate'
  | 'dates'
  | 'nls'
  | 'power'
  | 'dollar';

/** `linear`: X [n,2] (wt, hp) to prediction; `named`: wt and hp apart; `onnx-classifier`: features [n,4] to label and probability; `half`: a and b of 16 bits to sum and product. */
export type OnnxKind = 'linear' | 'named' | 'onnx-classifier' | 'half';

/** Rows and the answers that the language itself gave for them. */
export interface Expected {
  readonly rows?: readonly Readonly<Record<string, unknown>>[];
  readonly prediction: readonly number[] | readonly string[];
  readonly probability?: readonly (readonly number[])[];
}

/** Copies the model into the folder and returns its path there. */
export function makeSklearnModel(folder: string, kind: SklearnKind): string {
  return copyModel('python', folder, `${kind}.joblib`);
}

export function makeRModel(folder: string, kind: RKind): string {
  return copyModel('r', folder, `${kind}.rds`);
}

/** Needs Debian's python3-onnx, as `hasOnnx` says. */
export function makeOnnxModel(folder: string, kind: OnnxKind): string {
  return copyModel('python', folder, `${kind}.onnx`);
}

/** `cars` (wt, hp) or `customers` (age, income, plan, region): eight rows as examples.csv. */
export function makeExamples(folder: string, kind: 'cars' | 'customers'): string {
  return copyModel('python', folder, `${kind}.csv`, 'examples.csv');
}

/** What the language answered itself; R's numbers come as text of 17 digits. */
export function readExpected(kind: SklearnKind | OnnxKind | RKind): Expected {
  const isR = R_KINDS.has(kind);
  const text = readFileSync(join(makeAll(isR ? 'r' : 'python'), 'expected.json'), 'utf8');
  const all = JSON.parse(text) as Record<string, Expected>;
  const found = all[kind];
  if (found === undefined) throw new Error(`no expected answers for ${kind}`);
  return found;
}

/** The rows behind the Python models: `customers` or `cars`. */
export function readRows(
  kind: 'cars' | 'customers',
): readonly Readonly<Record<string, string | number>>[] {
  const text = readFileSync(join(makeAll('python'), 'expected.json'), 'utf8');
  const all = JSON.parse(text) as { rows: Record<string, Record<string, string | number>[]> };
  return all.rows[kind] ?? [];
}

/** For `describe.skipIf(python.skip)` and the end of the suite's title. */
export interface Presence {
  readonly skip: boolean;
  readonly note: string;
}

export function hasPython(): Presence {
  return toPresence('python3-sklearn with python3-pandas', PYTHON, [
    '-c',
    'import importlib.util as u, sys; sys.exit(not (u.find_spec("sklearn") and u.find_spec("pandas")))',
  ]);
}

export function hasOnnx(): Presence {
  return toPresence('python3-onnx', PYTHON, [
    '-c',
    'import importlib.util as u, sys; sys.exit(not (u.find_spec("onnx") and u.find_spec("sklearn")))',
  ]);
}

export function hasR(): Presence {
  return toPresence('R with jsonlite', RSCRIPT, [
    '-e',
    'quit(status = !requireNamespace("jsonlite", quietly = TRUE))',
  ]);
}

/** Debian's r-cran-survival, which is recommended beside r-base-core and not always there. */
export function hasSurvival(): Presence {
  return toPresence('R with survival and jsonlite', RSCRIPT, [
    '-e',
    'quit(status = !all(vapply(c("jsonlite", "survival"), requireNamespace, TRUE, quietly = TRUE)))',
  ]);
}

const R_KINDS: ReadonlySet<string> = new Set([
  'lm',
  'glm',
  'poisson',
  'log',
  'rate',
  'dates',
  'nls',
]);

const known = new Map<string, Presence>();

function toPresence(what: string, program: string, args: readonly string[]): Presence {
  const before = known.get(what);
  if (before !== undefined) return before;
  const presence = isDone(program, args)
    ? { skip: false, note: '' }
    : { skip: true, note: ` not run: ${what} is not installed` };
  known.set(what, presence);
  return presence;
}

function isDone(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore', timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

const SCRIPTS = {
  python: { program: PYTHON, file: 'fixture-models.py' },
  r: { program: RSCRIPT, file: 'fixture-models.R' },
} as const;

/** The folder with every model of the language; made by the first who asks. */
function makeAll(language: keyof typeof SCRIPTS): string {
  const { program, file } = SCRIPTS[language];
  const script = fileURLToPath(new URL(file, import.meta.url));
  const hash = createHash('sha256').update(readFileSync(script)).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `coaia-models-${language}-${hash}`);
  if (existsSync(folder)) return folder;
  const work = mkdtempSync(`${folder}-`);
  execFileSync(program, [script, work], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 });
  // Whoever is first wins; the models of all are the same.
  try {
    renameSync(work, folder);
  } catch {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

function copyModel(
  language: keyof typeof SCRIPTS,
  folder: string,
  file: string,
  name = file,
): string {
  mkdirSync(folder, { recursive: true });
  const to = join(folder, name);
  cpSync(join(makeAll(language), file), to);
  return to;
}

/** What a fitted Python or R object says of its inputs; opened in the box. */
import { basename, dirname } from 'node:path';
import { isObject } from '#base';
import { runBoxedProbe } from '../interpreters/run-boxed.ts';
import { toScriptPath } from '../interpreters/run-probe.ts';
import { toClue } from './clue.ts';
import type { Clue } from './clue.ts';
import type { Finding } from './finding.ts';
import { parse } from './read-hints.ts';
import type { Task } from './signature.ts';

export interface ObjectFacts {
  /** `python_sklearn`, `r_glm`. */
  readonly platform: string;
  readonly clues: readonly Clue[];
  readonly task: Task;
  /** Versions of the packages that predict it, as far as only the opened object tells. */
  readonly packages?: Readonly<Record<string, string>>;
  readonly classes?: readonly (string | number | boolean)[];
  readonly findings: readonly Finding[];
}

export interface ObjectRequest {
  readonly language: 'python' | 'r';
  /** Path of the interpreter. */
  readonly interpreter: string;
  /** Absolute path of the artifact, and how findings name it. */
  readonly path: string;
  readonly file: string;
  /** No code stands before it: the object itself must predict. */
  readonly isAlone: boolean;
  readonly timeoutMs?: number;
}

/** AO207 when it cannot be opened, AO301 when a package for it is missing. */
export async function readObject(request: ObjectRequest): Promise<ObjectFacts> {
  const { language, interpreter, path, timeoutMs = 60_000 } = request;
  const name = language === 'r' ? './signature-object.R' : './signature-object.py';
  const { output, errors, isLate } = await runBoxedProbe({
    language,
    interpreter,
    script: toScriptPath(name, import.meta.url),
    args: [path, ...(request.isAlone ? ['alone'] : [])],
    readable: [dirname(path)],
    timeoutMs,
  });
  if (isLate) return failed(request, `opening it took longer than ${timeoutMs / 1000} seconds`);
  const answer = parse(output);
  if (answer === undefined) return failed(request, lastLine(errors) || 'its process ended');
  const unfit = findUnfit(request, answer);
  if (unfit !== undefined) return unfit;
  return language === 'r' ? fromR(answer) : fromPython(answer);
}

function findUnfit(
  request: ObjectRequest,
  answer: Readonly<Record<string, unknown>>,
): ObjectFacts | undefined {
  const { error, package: missing } = answer;
  if (typeof error === 'string' && typeof missing === 'string')
    return toNothing(toAbsent(request, missing, error));
  if (typeof error === 'string') return failed(request, error, answer['fix']);
  if (request.isAlone && answer['isModel'] === false)
    return failed(request, `it holds a ${String(answer['class'])}, which has no predict()`, UNFIT);
  return undefined;
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';

const toNothing = (finding: Finding): ObjectFacts => ({
  platform: 'unknown',
  clues: [],
  task: 'other',
  findings: [finding],
});

const UNFIT =
  'Write model-service/model.py with `def predict(model, df)`, which says how it answers new rows, or save an object that has predict().';

/** `fix` of the probe says more than what is said of every file. */
function failed({ file, language }: ObjectRequest, cause: string, fix?: unknown): ObjectFacts {
  const own = /Can't get attribute '(\w+)' on <module '__main__'/.exec(cause)?.[1];
  const format = language === 'r' ? 'saveRDS()' : 'joblib.dump()';
  return toNothing({
    code: 'AO207',
    severity: 'error',
    message:
      own === undefined
        ? `${basename(file)} cannot be used: ${cause}.`
        : `${basename(file)} needs \`${own}\`, which was defined in the script or notebook that trained it.`,
    file,
    cause,
    fix: typeof fix === 'string' ? fix : toFix(own, format),
  });
}

function toFix(own: string | undefined, format: string): string {
  return own === undefined
    ? `Save the model again with ${format}, in the environment that serves it.`
    : `Define \`${own}\` in a file of its own beside model.py, import it where you train, and save again.`;
}

function toAbsent(
  { file, interpreter, language }: ObjectRequest,
  name: string,
  cause: string,
): Finding {
  const [root = name] = name.split('.');
  if (language === 'python' && root !== name)
    return {
      code: 'AO301',
      severity: 'error',
      message: `${basename(file)} was saved with another version of \`${root}\` than ${interpreter} has.`,
      file,
      cause,
      fix: `${interpreter} -m pip install --upgrade ${name === 'numpy._core' ? "'numpy>=2'" : root}, or set another interpreter under [model] in ao.toml.`,
    };
  const install =
    language === 'r' ? `install.packages("${name}")` : `${interpreter} -m pip install ${name}`;
  return {
    code: 'AO301',
    severity: 'error',
    message: `${interpreter} has no \`${name}\`, which ${basename(file)} needs.`,
    file,
    cause,
    fix: `${install}, or set another interpreter under [model] in ao.toml.`,
  };
}

function fromR(answer: Readonly<Record<string, unknown>>): ObjectFacts {
  const classes = toLevels(answer['classes']);
  return {
    platform: String(answer['platform']),
    clues: Array.isArray(answer['fields']) ? answer['fields'].filter(isObject).map(toClue) : [],
    task: toTask(answer['kind']),
    ...(isObject(answer['packages'])
      ? { packages: answer['packages'] as Readonly<Record<string, string>> }
      : {}),
    ...(classes.length === 0 ? {} : { classes }),
    findings: [],
  };
}

const toTask = (kind: unknown): Task =>
  kind === 'regression' || kind === 'classification' || kind === 'probability' ? kind : 'other';

const toLevels = (value: unknown) =>
  Array.isArray(value)
    ? value.filter(
        (one): one is string | number | boolean => one !== null && typeof one !== 'object',
      )
    : [];

const TASKS = { classifier: 'classification', regressor: 'regression' } as const;
/** From here on inputs without names are one list instead of columns x1, x2 and so on. */
const MANY = 1000;

function fromPython(answer: Readonly<Record<string, unknown>>): ObjectFacts {
  const { platform, kind, names, count, takesText } = answer;
  const known = isObject(answer['fields']) ? answer['fields'] : {};
  const classes = toLevels(answer['classes']);
  const toFacts = (name: string) => (isObject(known[name]) ? known[name] : {});
  const clues =
    takesText === true
      ? [{ name: 'text', type: 'string' } as const]
      : toNames(names, count).map((name) => toClue({ ...toFacts(name), name }));
  return {
    platform: String(platform),
    clues: names === null && clues.length > MANY ? [toListClue(clues.length)] : clues,
    task: kind === 'classifier' || kind === 'regressor' ? TASKS[kind] : 'other',
    ...(classes.length === 0 ? {} : { classes }),
    findings: [],
  };
}

const toListClue = (length: number): Clue => ({
  name: 'features',
  type: 'number',
  shape: [length],
});

/** Columns without names are counted from 1. */
function toNames(names: unknown, count: unknown): readonly string[] {
  if (Array.isArray(names)) return names.map(String);
  return typeof count === 'number'
    ? Array.from({ length: count }, (_, index) => `x${index + 1}`)
    : [];
}

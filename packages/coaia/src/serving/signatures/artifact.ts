/** The file of a fitted model: what it is, what it needs, and whether opening it may be left to chance. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { listActions, readPickle } from '../interpreters/pickle.ts';
import type { PickleFacts } from '../interpreters/pickle.ts';
import type { Interpreter, Language } from '../versions/version.ts';
import type { Finding } from './finding.ts';

export interface ArtifactFacts {
  /** Modules of Python that opening it imports. */
  readonly needs: readonly string[];
  /** Ends the sentence of AO301: `model.joblib needs (saved with 1.2.1)`. */
  readonly reason: string;
  /** Version of scikit-learn that saved it. */
  readonly sklearn?: string;
  readonly findings: readonly Finding[];
}

/**
 * Whether opening the file can run code that it carries. The name alone makes it harmless to nobody: Python opens
 * everything but `.skops` as a pickle, and R everything as an `.rds`.
 */
export function runsCode(path: string, language: Language): boolean {
  if (language === 'onnx') return false;
  return language === 'r' || !path.endsWith('.skops');
}

/** `file` is how findings name it. Nothing is opened: a pickle's names are read from its bytes. */
export function readArtifact(
  path: string,
  file: string,
  language: Language,
  isTrusted: (sha256: string) => boolean = () => true,
): ArtifactFacts {
  const name = basename(file);
  const reason = `${name} needs`;
  if (!existsSync(path) || !statSync(path).isFile())
    return { needs: [], reason, findings: [toMissing(file)] };
  if (!runsCode(path, language))
    return { needs: language === 'onnx' ? [] : ['skops', 'sklearn'], reason, findings: [] };
  const bytes = readFileSync(path);
  if (language === 'r') {
    const findings = isTrusted(toSha256(bytes))
      ? []
      : [toUntrusted('.rds files can run', file, '')];
    return { needs: [], reason, findings };
  }
  const facts = readPickle(bytes);
  const trusted = isTrusted(toSha256(bytes));
  return {
    needs: toNeeds(facts, path),
    reason: `${name} needs${facts.sklearn === undefined ? '' : ` (saved with ${facts.sklearn})`}`,
    ...(facts.sklearn === undefined ? {} : { sklearn: facts.sklearn }),
    findings: toFindings(facts, file, trusted),
  };
}

function toNeeds(facts: PickleFacts, path: string): readonly string[] {
  const isJoblib = extname(path) === '.joblib';
  const named = facts.modules.filter((name) => KNOWN.has(name));
  const table = facts.globals.some((name) => name.endsWith('.ColumnTransformer')) ? ['pandas'] : [];
  return [...new Set([...named, ...(isJoblib ? ['joblib'] : []), ...table])].toSorted();
}

/** Packages by which an interpreter is chosen; a user's own modules lie beside model.py. */
const KNOWN: ReadonlySet<string> = new Set([
  'catboost',
  'cloudpickle',
  'dill',
  'imblearn',
  'joblib',
  'lightgbm',
  'numpy',
  'pandas',
  'polars',
  'pygam',
  'scipy',
  'sklearn',
  'statsmodels',
  'torch',
  'vetiver',
  'xgboost',
]);

function toMissing(file: string): Finding {
  return {
    code: 'AO209',
    severity: 'error',
    message: `There is no ${file}.`,
    file,
    fix: 'Save the model there, or correct `artifact` under [model] in ao.toml.',
  };
}

function toFindings(facts: PickleFacts, file: string, isKnown: boolean): readonly Finding[] {
  const actions = listActions(facts);
  const name = basename(file);
  const convert = ', or convert it: `ao convert --to skops`';
  if (actions.length > 0)
    return [
      {
        code: 'AO303',
        severity: 'error',
        message: `${name} would call ${actions.slice(0, 3).join(', ')} when it is opened, which no fitted model does. It was not opened.`,
        file,
        fix: 'Ask whoever gave you the file for a skops or ONNX file instead.',
      },
    ];
  return isKnown ? [] : [toUntrusted('pickle files run', file, convert)];
}

/** AO302: saved by another version of scikit-learn than the one that opens it. */
export function findSkew(
  { sklearn }: ArtifactFacts,
  file: string,
  interpreter: Interpreter,
): readonly Finding[] {
  const here = interpreter.packages['sklearn'];
  if (sklearn === undefined || here === undefined || here === sklearn) return [];
  return [
    {
      code: 'AO302',
      severity: 'warning',
      message: `${basename(file)} was saved by scikit-learn ${sklearn}; this environment has ${here}. Predictions may differ.`,
      file,
      cause: `${interpreter.path} has scikit-learn ${here}`,
      fix: `Install scikit-learn==${sklearn}, retrain with ${here}, or \`ao convert --to onnx\`.`,
    },
  ];
}

function toUntrusted(what: string, file: string, otherwise: string): Finding {
  return {
    code: 'AO303',
    severity: 'error',
    message: `${what} code when opened. ${basename(file)} is not trusted on this computer yet, or has changed since, so it was not opened.`,
    file,
    fix: `Trust it once with \`ao trust ${file}\`${otherwise}.`,
  };
}

function toSha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What `ao init --from` was given: a fitted model, an MLmodel folder that holds one, or code that predicts. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { isObject, parseCsv } from '#base';
import type { Language } from '../../versions/version.ts';
import { projectFailures } from '../errors.ts';
import { ARTIFACT_LANGUAGES, findFunction, toLanguage } from '../infer-model.ts';
import type { InputOverride } from '../project.ts';

export interface ModelSource {
  /** Absolute path of the file that holds the fitted model or the code. */
  readonly path: string;
  readonly language: Language;
  /** The function that predicts, where the file is code. */
  readonly entry?: string;
  /** Types of inputs that the folder declares. */
  readonly inputs: Readonly<Record<string, InputOverride>>;
  /** Rows that the folder has as an example. */
  readonly examples?: readonly Readonly<Record<string, unknown>>[];
}

const KNOWN =
  'a .joblib, .pkl, .skops, .rds or .onnx file, a .py or .R file with a function that predicts, or a folder with a file MLmodel';

/** AO108 when there is nothing, or nothing that is a model. `path` is absolute. */
export async function findModelSource(path: string): Promise<ModelSource> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw refuse(`${path} does not exist`);
  if (found.isDirectory()) return readModelFolder(path);
  if (basename(path) === 'MLmodel') return readModelFolder(join(path, '..'));
  const language = toLanguage(path);
  if (/\.(?:py|r)$/i.test(path)) return readCode(path);
  if (language === undefined) throw refuse(`${path} is not ${KNOWN}`);
  return { path, language, inputs: {} };
}

function refuse(reason: string) {
  return projectFailures.create('AO108', `${reason}.`, { hint: 'ao init NAME --from FILE' });
}

/** Code, with the examples.csv beside it when there is one. */
function readCode(path: string): ModelSource {
  const language = /py$/i.test(path) ? 'python' : 'r';
  const entry = findFunction(readFileSync(path, 'utf8'), language);
  if (entry === undefined) {
    const wanted = language === 'python' ? 'predict' : 'predict_one';
    throw projectFailures.create('AO108', `${path} has no function \`${wanted}\`.`, {
      hint: `name the function that predicts one row \`${wanted}\`, and repeat the command`,
    });
  }
  const examples = readRows(join(dirname(path), 'examples.csv'));
  return { path, language, entry, inputs: {}, ...(examples.length === 0 ? {} : { examples }) };
}

function readRows(path: string): NonNullable<ModelSource['examples']> {
  if (!existsSync(path)) return [];
  try {
    return parseCsv(readFileSync(path, 'utf8'));
  } catch (error) {
    throw refuse(`${path} cannot be read: ${error instanceof Error ? error.message : ''}`);
  }
}

/** Files of flavours that hold one fitted object, in the order in which they are preferred. */
const FLAVOURS: readonly {
  readonly name: string;
  readonly key: string;
  readonly fallback: string;
}[] = [
  { name: 'sklearn', key: 'pickled_model', fallback: 'model.pkl' },
  { name: 'onnx', key: 'data', fallback: 'model.onnx' },
];

async function readModelFolder(folder: string): Promise<ModelSource> {
  const file = join(folder, 'MLmodel');
  if (!existsSync(file)) throw refuse(`${folder} has no file MLmodel; wanted is ${KNOWN}`);
  const { parse } = await import('yaml');
  const content: unknown = parse(readFileSync(file, 'utf8'));
  const top = isObject(content) ? content : {};
  const flavours = isObject(top['flavors']) ? top['flavors'] : {};
  for (const { name, key, fallback } of FLAVOURS) {
    const flavour = flavours[name];
    if (!isObject(flavour)) continue;
    const named = flavour[key];
    const path = join(folder, typeof named === 'string' ? named : fallback);
    const language = ARTIFACT_LANGUAGES[extname(path).toLowerCase()];
    if (language === undefined || !existsSync(path)) continue;
    const examples = readExamples(folder, top['saved_input_example_info']);
    return {
      path,
      language,
      inputs: readInputs(top['signature']),
      ...(examples === undefined ? {} : { examples }),
    };
  }
  const names = Object.keys(flavours).join(', ') || 'none';
  throw refuse(`${file} has no flavour that can be served (sklearn or onnx); it has: ${names}`);
}

const TYPES: Readonly<Record<string, InputOverride['type']>> = {
  double: 'number',
  float: 'number',
  integer: 'integer',
  long: 'integer',
  boolean: 'boolean',
  string: 'string',
  datetime: 'datetime',
};

/** The signature block: JSON text of `[{"name": "wt", "type": "double"}]`. */
function readInputs(signature: unknown): ModelSource['inputs'] {
  const text = isObject(signature) ? signature['inputs'] : undefined;
  if (typeof text !== 'string') return {};
  const columns: unknown = JSON.parse(text);
  if (!Array.isArray(columns)) return {};
  const typed = columns.filter(isObject).flatMap((column) => {
    const type = TYPES[String(column['type'])];
    const { name } = column;
    const isOptional = column['required'] === false;
    if (typeof name !== 'string' || type === undefined) return [];
    return [[name, { type, ...(isOptional ? { nullable: true } : {}) }] as const];
  });
  return Object.fromEntries(typed);
}

/** Rows of an example in the form of a data frame that was split. */
function readExamples(folder: string, info: unknown): ModelSource['examples'] {
  const name = isObject(info) ? info['artifact_path'] : undefined;
  if (typeof name !== 'string' || !existsSync(join(folder, name))) return undefined;
  const content: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  if (!isObject(content)) return undefined;
  const { columns, data } = content;
  if (!Array.isArray(columns) || !Array.isArray(data)) return undefined;
  return data
    .filter((row) => Array.isArray(row))
    .map((row: readonly unknown[]) =>
      Object.fromEntries(columns.map((column, index) => [String(column), row[index]])),
    );
}

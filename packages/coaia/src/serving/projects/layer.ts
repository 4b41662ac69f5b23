/** One place where settings are written: a file or the environment, as checked values by their full key. */
import { findNearest } from '#base';
import { checkValue } from './setting-check.ts';
import { findSetting, listKeys, projectSettings, TOP_TABLES } from './settings.ts';
import type { Setting } from './settings.ts';
import { checkTask } from './task.ts';
import { findKeyLines, toKeyPath } from './toml-lines.ts';

/** What is wrong with a line of a file; the same members as a finding of `ao check`. */
export interface SettingProblem {
  readonly code: 'AO101' | 'AO102' | 'AO104' | 'AO105';
  readonly severity: 'error';
  readonly message: string;
  readonly file: string;
  readonly line?: number;
  readonly fix: string;
}

/** A value and where it was written: `ao.toml:7`, `AO_API_PORT`, `--port`. */
export interface SettingValue {
  readonly value: unknown;
  readonly origin: string;
}

export interface Layer {
  /** By full key: `api.port`, `models.churn.workers`, `tasks.train`. */
  readonly values: ReadonlyMap<string, SettingValue>;
  readonly problems: readonly SettingProblem[];
}

interface Reading {
  readonly file: string;
  readonly lines: ReadonlyMap<string, number>;
  readonly values: Map<string, SettingValue>;
  readonly problems: SettingProblem[];
}

type Table = Readonly<Record<string, unknown>>;

function isTable(value: unknown): value is Table {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}

/** Reads TOML text of a file named `file`. Never throws: what is wrong stands in `problems`, all of it. */
export async function readTomlLayer(text: string, file: string): Promise<Layer> {
  const { parse, TomlError } = await import('smol-toml');
  let content: Table;
  try {
    content = parse(text, { unsafeKeyBehaviour: 'throw' });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { values: new Map(), problems: [toSyntaxProblem(error, file)] };
  }
  const reading: Reading = { file, lines: findKeyLines(text), values: new Map(), problems: [] };
  for (const [name, value] of Object.entries(content)) readTop(reading, name, value);
  return reading;
}

function toSyntaxProblem(
  error: Error & { readonly line: number; readonly column: number },
  file: string,
): SettingProblem {
  const reason = (error.message.split('\n')[0] ?? '')
    .replace(/^Invalid TOML document: /, '')
    .replace(/\.?$/, '');
  return {
    code: 'AO104',
    severity: 'error',
    message: `${file} line ${error.line}, column ${error.column}: ${reason}.`,
    file,
    line: error.line,
    fix: `correct line ${error.line} of ${file}`,
  };
}

function readTop(reading: Reading, name: string, value: unknown): void {
  if (name === 'secrets' && Array.isArray(value)) readTable(reading, ['secrets'], { names: value });
  else if (!TOP_TABLES.includes(name)) addUnknown(reading, [name], TOP_TABLES);
  else if (!isTable(value))
    addProblem(reading, [name], 'AO102', `\`${name}\` is a table`, `write [${name}]`);
  else if (name === 'tasks') readTasks(reading, value);
  else if (name === 'models') readModels(reading, value);
  else readTable(reading, [name], value);
}

function readModels(reading: Reading, models: Table): void {
  for (const [name, value] of Object.entries(models)) {
    const path = ['models', name];
    if (!/^[\w.-]+$/.test(name))
      addProblem(
        reading,
        path,
        'AO102',
        `A model cannot be called "${name}"`,
        'use letters, digits, - and _',
      );
    else if (isTable(value)) readTable(reading, path, value);
    else
      addProblem(
        reading,
        path,
        'AO102',
        `\`models.${name}\` is a table`,
        `write [models.${name}] above its settings`,
      );
  }
}

function readTasks(reading: Reading, tasks: Table): void {
  for (const [name, value] of Object.entries(tasks)) {
    const path = ['tasks', name];
    const problem = checkTask(value);
    if (problem === undefined) addValue(reading, path, value);
    else
      addProblem(reading, path, problem.code, `[tasks] \`${name}\` ${problem.what}`, problem.fix);
  }
}

/** `models.a.inputs.x` -> `model.inputs.*`, the name of the table in the table of settings. */
export function toTableName(path: readonly string[]): string {
  const [first = '', ...rest] = path[0] === 'models' ? ['model', ...path.slice(2)] : path;
  const isNamed = (first === 'model' && rest[0] === 'inputs') || first === 'secrets';
  const named = first === 'secrets' ? 0 : 1;
  return [first, ...rest.map((part, index) => (isNamed && index === named ? '*' : part))].join('.');
}

function readTable(reading: Reading, path: readonly string[], content: Table): void {
  const table = toTableName(path);
  // A table that the user named counts also when nothing stands in it.
  if (path.length > 1 && ['models', 'secrets'].includes(path[0] ?? '')) addValue(reading, path, {});
  for (const [key, value] of Object.entries(content)) {
    const inner = [...path, key];
    const setting = findSetting(table, key);
    if (setting !== undefined) readValue(reading, inner, setting, value);
    else if (!hasTable(toTableName(inner))) addUnknown(reading, inner, listKeys(table));
    else if (isTable(value)) readTable(reading, inner, value);
    else
      addProblem(
        reading,
        inner,
        'AO102',
        `\`${toKeyPath(inner)}\` is a table`,
        `write [${toKeyPath(inner)}] above its settings`,
      );
  }
}

function hasTable(table: string): boolean {
  return projectSettings.some(
    (setting) => setting.table === table || setting.table.startsWith(`${table}.`),
  );
}

function readValue(
  reading: Reading,
  path: readonly string[],
  setting: Setting,
  value: unknown,
): void {
  const wanted = checkValue(setting, value);
  if (wanted === undefined) addValue(reading, path, value);
  else {
    const table = toKeyPath(path.slice(0, -1));
    addProblem(
      reading,
      path,
      'AO102',
      `\`[${table}] ${setting.key}\` is ${wanted}, not ${toShort(value)}`,
      `write ${wanted}`,
    );
  }
}

function toShort(value: unknown): string {
  const text = value instanceof Date ? value.toISOString() : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function addValue({ values, file, lines }: Reading, path: readonly string[], value: unknown): void {
  const key = toKeyPath(path);
  const line = lines.get(key);
  values.set(key, { value, origin: line === undefined ? file : `${file}:${line}` });
}

function addProblem(
  { problems, file, lines }: Reading,
  path: readonly string[],
  code: SettingProblem['code'],
  what: string,
  fix: string,
): void {
  const line = lines.get(toKeyPath(path));
  const place = line === undefined ? file : `${file} line ${line}`;
  problems.push({
    code,
    severity: 'error',
    message: `${place}: ${what}.`,
    file,
    ...(line === undefined ? {} : { line }),
    fix,
  });
}

function addUnknown(reading: Reading, path: readonly string[], known: readonly string[]): void {
  const key = path.at(-1) ?? '';
  const [nearest] = findNearest(key, known);
  const name = path.length === 1 ? `[${key}]` : `[${toKeyPath(path.slice(0, -1))}] ${key}`;
  const { problems, file, lines } = reading;
  const line = lines.get(toKeyPath(path));
  const place = line === undefined ? file : `${file} line ${line}`;
  const question = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
  problems.push({
    code: 'AO101',
    severity: 'error',
    message: `${place}: \`${name}\` is not a setting.${question}`,
    file,
    ...(line === undefined ? {} : { line }),
    fix: nearest === undefined ? `remove the line` : `write ${nearest} instead of ${key}`,
  });
}

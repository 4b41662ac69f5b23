/** The `MLmodel` file that MLflow lays beside a model: its signature, and which file the model is. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { isObject } from '#base';
import type { Datatype } from '../tensors/tensor.ts';
import type { Clue } from './clue.ts';
import type { FieldType } from './signature.ts';

/** The inputs that an `MLmodel` beside the artifact names; empty without one. */
export function readMlflowClues(artifact: string): readonly Clue[] {
  const found = readFile(dirname(artifact));
  return found === undefined ? [] : toClues(found['signature']);
}

function readFile(folder: string): Readonly<Record<string, unknown>> | undefined {
  const path = join(folder, 'MLmodel');
  if (!existsSync(path)) return undefined;
  try {
    const content: unknown = parse(readFileSync(path, 'utf8'));
    return isObject(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

/** `signature.inputs` is JSON inside of YAML: columns, or tensors. */
function toClues(signature: unknown): readonly Clue[] {
  const text = isObject(signature) ? signature['inputs'] : undefined;
  if (typeof text !== 'string') return [];
  try {
    const inputs: unknown = JSON.parse(text);
    return Array.isArray(inputs) ? inputs.filter(isObject).flatMap(toClue) : [];
  } catch {
    return [];
  }
}

const COLUMNS: Readonly<Record<string, readonly [FieldType, Datatype]>> = {
  boolean: ['boolean', 'BOOL'],
  integer: ['integer', 'INT32'],
  long: ['integer', 'INT64'],
  float: ['number', 'FP32'],
  double: ['number', 'FP64'],
  string: ['string', 'BYTES'],
  datetime: ['datetime', 'BYTES'],
};

const ELEMENTS: Readonly<Record<string, readonly [FieldType, Datatype]>> = {
  bool: ['boolean', 'BOOL'],
  int32: ['integer', 'INT32'],
  int64: ['integer', 'INT64'],
  float32: ['number', 'FP32'],
  float64: ['number', 'FP64'],
  str: ['string', 'BYTES'],
};

function toClue(input: Readonly<Record<string, unknown>>, index: number): readonly Clue[] {
  const name = typeof input['name'] === 'string' ? input['name'] : `x${index + 1}`;
  const tensor = input['tensor-spec'];
  if (isObject(tensor)) {
    const found = ELEMENTS[String(tensor['dtype'])];
    const [, ...shape] = Array.isArray(tensor['shape']) ? tensor['shape'].map(Number) : [];
    return found === undefined ? [] : [{ name, type: found[0], datatype: found[1], shape }];
  }
  const found = COLUMNS[String(input['type'])];
  if (found === undefined) return [];
  const isOptional = input['required'] === false || input['optional'] === true;
  const open = isOptional ? { isOptional, nullable: true } : {};
  return [{ name, type: found[0], datatype: found[1], ...open }];
}

/** What a model takes and gives, found in the order: ao.toml, hints in the code, the fitted object, examples.csv. */
import { basename } from 'node:path';
import { findNearest } from '#base';
import type { ModelSettings } from '../projects/project.ts';
import { readSecrets } from '../projects/read-secrets.ts';
import type { Interpreter, VersionManifest } from '../versions/version.ts';
import type { Clue } from './clue.ts';
import { explainRow, findExample, makeExample } from './example-row.ts';
import { toExampleClues } from './examples.ts';
import type { ExampleRow } from './examples.ts';
import type { Finding } from './finding.ts';
import { gatherEvidence, toEnv } from './gather-evidence.ts';
import type { GatheredEvidence, SignatureRequest } from './gather-evidence.ts';
import { mergeClues } from './merge-clues.ts';
import type { Hints } from './read-hints.ts';
import type { ObjectFacts } from './read-object.ts';
import { seeOutputs } from './see-outputs.ts';
import type { Field, Signature, Task } from './signature.ts';

export type { SignatureRequest } from './gather-evidence.ts';

export interface SignatureReport {
  /** As far as it is known; with an error among the findings it is not fit for serving. */
  readonly signature: Signature;
  /** `python_sklearn`, `r_glm`, `onnx_onnxruntime`. */
  readonly platform: string;
  /** Absent for ONNX, and when none was found. */
  readonly interpreter?: Interpreter;
  readonly style: 'object' | 'row' | 'table';
  readonly findings: readonly Finding[];
}

/** Never fails for what the user wrote: that is in the findings. */
export async function readSignature(request: SignatureRequest): Promise<SignatureReport> {
  const { model } = request;
  const evidence = await gatherEvidence(request);
  const style = toStyle(model, evidence);
  const inputs = toInputs(request, evidence, style);
  const isFit = inputs.findings.every(({ severity }) => severity !== 'error');
  const signature = toSignature(model, evidence, inputs.fields);
  const platform = toPlatform(model, evidence);
  const known = { platform, style, ...pickInterpreter(evidence) };
  if (!isFit) return { ...known, signature, findings: inputs.findings };
  const secrets = readSecrets(request.project, toEnv(request.env));
  const seen = await seeOutputs(toProvisional(request, known, signature), {
    folder: request.project.folder,
    env: secrets.values,
  });
  return {
    ...known,
    signature: {
      ...signature,
      outputs: seen.outputs,
      task: toTask(signature.task, seen.outputs),
      ...(seen.explanation === undefined ? {} : { explanation: seen.explanation }),
    },
    findings: [...inputs.findings, ...seen.findings],
  };
}

const pickInterpreter = ({ interpreter }: GatheredEvidence) =>
  interpreter === undefined ? {} : { interpreter };

/**
 * One parameter that is a data frame, or one without a type that rows of examples describe, takes a table. Examples
 * with one column describe no table: the parameter is that column, perhaps renamed. `predict_one` says it itself.
 */
function toStyle(
  { entry, examples: file }: ModelSettings,
  { hints, examples }: Pick<GatheredEvidence, 'hints' | 'examples'>,
): SignatureReport['style'] {
  if (entry === undefined) return 'object';
  const [only, ...others] = hints?.params ?? [];
  if (only === undefined || others.length > 0) return 'row';
  if (only.isTable) return 'table';
  const columns = toExampleClues(examples).map(({ name }) => name);
  if (entry.name === 'predict_one' || isValue(only, columns)) return 'row';
  if (TABLES.has(only.name.toLowerCase())) return 'table';
  return file !== undefined && columns.length !== 1 ? 'table' : 'row';
}

function isValue({ name, type, isOptional }: Hints['params'][number], columns: readonly string[]) {
  return type !== undefined || isOptional === true || columns.join(',') === name;
}

const TABLES: ReadonlySet<string> = new Set([
  'df',
  'data',
  'frame',
  'table',
  'rows',
  'x',
  'newdata',
  'new_data',
]);

interface Inputs {
  readonly fields: readonly Field[];
  readonly findings: readonly Finding[];
}

function toInputs(
  { model, project }: SignatureRequest,
  evidence: GatheredEvidence,
  style: SignatureReport['style'],
): Inputs {
  const { hints, object, examples } = evidence;
  const params = style === 'row' ? (hints?.params ?? []) : [];
  const exampleClues = toExampleClues(examples);
  const sources = [
    { evidence: 'hints', clues: params },
    { evidence: 'object', clues: object?.clues ?? [] },
    { evidence: 'examples', clues: exampleClues },
  ] as const;
  const fields = mergeClues(sources, model.inputs);
  const findings = [
    ...evidence.findings,
    ...[hints, object].flatMap((source) => source?.findings ?? []),
    ...findUntyped(model, params, exampleClues),
    ...findUnsure(model, object),
    ...findStrangeOverrides(model, fields),
    ...findUnfit(model, fields, examples),
  ];
  const isEmpty = fields.length === 0 && findings.every(({ severity }) => severity !== 'error');
  return { fields, findings: isEmpty ? [...findings, toEmpty(model, project.name)] : findings };
}

/** AO201: nothing says what this parameter is. R has no types, so a bare parameter is a number there. */
function findUntyped(
  { language, entry, inputs }: ModelSettings,
  params: Hints['params'],
  examples: readonly Clue[],
): readonly Finding[] {
  if (language !== 'python' || entry === undefined) return [];
  const typed = new Set(examples.filter(({ type }) => type !== undefined).map(({ name }) => name));
  const unknown = params.filter(
    ({ name, type }) => type === undefined && !typed.has(name) && inputs[name]?.type === undefined,
  );
  const call = `${entry.name}(${params.map(({ name }) => name).join(', ')})`;
  return unknown.map(({ name, line }) => ({
    code: 'AO201',
    severity: 'error',
    message: `${basename(entry.file)} line ${line}: \`${call}\` — I do not know the type of \`${name}\`.`,
    file: entry.file,
    line,
    fix: `Write \`${name}: float\` (or int, str, bool, Literal[...]), or add rows to examples.csv.`,
  }));
}

/** AO212, for artifacts without code: the object kept neither type nor levels of these columns. */
export function findUnsure(
  { artifact = '', inputs, entry }: Pick<ModelSettings, 'artifact' | 'inputs' | 'entry'>,
  object: Pick<ObjectFacts, 'clues'> | undefined,
): readonly Finding[] {
  if (entry !== undefined) return [];
  const { clues = [] } = object ?? {};
  const unsure = clues.filter(
    ({ name, isUnsure }) => isUnsure === true && inputs[name] === undefined,
  );
  const [first] = unsure;
  if (first === undefined) return [];
  const names = unsure.map(({ name }) => `\`${name}\``).join(', ');
  return [
    {
      code: 'AO212',
      severity: 'error',
      message: `${basename(artifact)} does not say whether ${names} ${unsure.length === 1 ? 'is a number' : 'are numbers'} or a factor, and a wrong guess would answer wrongly without an error.`,
      file: artifact,
      fix: `Write in ao.toml [model.inputs] ${first.name} = { type = "number" } or { levels = ["a", "b"] } with the levels in their order. For ranger: or train with respect.unordered.factors = "order", which keeps them.`,
    },
  ];
}

/** AO205: ao.toml describes what is no input. */
function findStrangeOverrides(model: ModelSettings, fields: readonly Field[]): readonly Finding[] {
  const names = fields.map(({ name }) => name);
  if (names.length === 0) return [];
  const strange = Object.keys(model.inputs).filter((name) => !names.includes(name));
  return strange.map((name) => {
    const [near] = findNearest(name, names);
    const guess = near === undefined ? '' : ` Did you mean \`${near}\`?`;
    return {
      code: 'AO205',
      severity: 'error',
      message: `ao.toml describes the input \`${name}\`, and the model takes ${names.join(', ')}.${guess}`,
      file: 'ao.toml',
      fix: `Correct or remove [model.inputs.${name}].`,
    };
  });
}

/** AO206: no row of examples.csv fits, or a column has another name than the input; why is said of the first. */
function findUnfit(
  { rules, examples: file = 'examples.csv' }: ModelSettings,
  fields: readonly Field[],
  rows: readonly ExampleRow[],
): readonly Finding[] {
  const [first] = rows;
  if (first === undefined || fields.length === 0) return [];
  const columns = toExampleClues(rows).map(({ name }) => name);
  const old = columns.find((name) => fields.every((field) => field.name !== name));
  const fresh = fields.find(({ name }) => !columns.includes(name))?.name;
  const isRenamed = old !== undefined && fresh !== undefined;
  const isFit = findExample(fields, rows, rules) !== undefined;
  if (isFit && !isRenamed) return [];
  const cause = isFit
    ? `The column \`${old}\` is no input, and \`${fresh}\` has no column.`
    : explainRow(fields, first, rules);
  return [
    {
      code: 'AO206',
      severity: 'warning',
      message: isFit
        ? `${file} has other columns than the model has inputs. ${cause}`
        : `No row of ${file} fits the model. The first: ${cause}`,
      file,
      line: isRenamed ? 1 : 2,
      cause,
      fix: isRenamed
        ? `Rename the column \`${old}\` to \`${fresh}\` in line 1 of ${file} if that is what it holds; otherwise write rows with the columns ${fields.map(({ name }) => name).join(',')}.`
        : 'Correct the columns and values, or describe the inputs under [model.inputs] in ao.toml.',
    },
  ];
}

function toEmpty({ artifact, entry }: ModelSettings, name: string): Finding {
  const file = entry?.file ?? artifact;
  return {
    code: 'AO204',
    severity: 'error',
    message: `Nothing tells what ${file ?? name} takes: no typed parameters, no names in the fitted object, no examples.csv.`,
    ...(file === undefined ? {} : { file }),
    fix: 'Fit it on a data frame, give the function typed parameters, or write examples.csv with a few real rows.',
  };
}

function toSignature(
  { rules }: ModelSettings,
  { hints, object, examples }: GatheredEvidence,
  inputs: readonly Field[],
): Signature {
  const { clues = [], classes, task = 'other' } = object ?? {};
  const { params = [], description } = hints ?? {};
  return {
    inputs,
    outputs: [],
    task: hints === undefined ? task : 'other',
    ...(classes === undefined ? {} : { classes }),
    ...(description === undefined ? {} : { description }),
    example: findExample(inputs, examples, rules) ?? makeExample(inputs, [...params, ...clues]),
  };
}

function toPlatform({ language, entry }: ModelSettings, { object }: GatheredEvidence): string {
  if (language === 'onnx') return 'onnx_onnxruntime';
  return entry === undefined ? (object?.platform ?? `${language}_object`) : `${language}_function`;
}

/** A function's answers tell what it is for; a number is a regression until something else is known. */
function toTask(task: Task, outputs: readonly Field[]): Task {
  if (task !== 'other') return task;
  const names = new Set(outputs.map(({ name }) => name));
  if (names.has('label')) return 'classification';
  return outputs.length === 1 && outputs[0]?.name === 'prediction' && outputs[0].type === 'number'
    ? 'regression'
    : 'other';
}

type Known = Pick<SignatureReport, 'platform' | 'style' | 'interpreter'>;

/** A version that was never frozen: the project's own files, asked once. */
function toProvisional(
  { project, model }: SignatureRequest,
  known: Known,
  signature: Signature,
): VersionManifest {
  const { name, language, entry, artifact, rules } = model;
  return {
    format: 1,
    project: project.name,
    model: name,
    version: 0,
    digest: '',
    sourceDigest: '',
    language,
    ...known,
    ...(entry === undefined ? {} : { entry }),
    ...(artifact === undefined ? {} : { artifact }),
    signature,
    rules,
    workers: 1,
    preload: false,
    timeoutMs: 60_000,
    maxQueue: 1,
    batch: { enabled: false, maxRows: 1, maxWaitMs: 0 },
    files: {},
    createdAt: new Date().toISOString(),
  };
}

/** Every source that can say something of a model's inputs, asked in the order of their strength. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isCoaiaError } from '#base';
import { searchInterpreter } from '../interpreters/find-interpreter.ts';
import type { SearchResult } from '../interpreters/find-interpreter.ts';
import type { ModelSettings, Project } from '../projects/project.ts';
import type { Interpreter } from '../versions/version.ts';
import { findSkew, readArtifact } from './artifact.ts';
import type { ArtifactFacts } from './artifact.ts';
import type { Clue } from './clue.ts';
import { listImports } from './code-imports.ts';
import { readExamples } from './examples.ts';
import type { ExampleRow } from './examples.ts';
import type { Finding } from './finding.ts';
import { readMlflowClues } from './mlmodel.ts';
import { readOnnxGraph } from './onnx-graph.ts';
import { readHints } from './read-hints.ts';
import type { Hints } from './read-hints.ts';
import { readObject } from './read-object.ts';
import type { ObjectFacts } from './read-object.ts';

export interface SignatureRequest {
  readonly project: Pick<Project, 'folder' | 'name'> & Partial<Pick<Project, 'secrets'>>;
  readonly model: ModelSettings;
  /** Path of the interpreter; default: the one of ao.toml, else found. */
  readonly interpreter?: string;
  /** Whether contents with this SHA-256 (hex) may be opened; default: all, inside the box. */
  readonly isTrusted?: (sha256: string) => boolean;
  /** Default: the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface GatheredEvidence {
  readonly interpreter: Interpreter | undefined;
  readonly hints: Hints | undefined;
  readonly object: ObjectFacts | undefined;
  readonly examples: readonly ExampleRow[];
  readonly findings: readonly Finding[];
}

/** Each process is started once; what fails is a finding, and the rest goes on. */
export async function gatherEvidence(request: SignatureRequest): Promise<GatheredEvidence> {
  const files = readFiles(request);
  const nothing = { interpreter: undefined, hints: undefined, object: undefined };
  if (request.model.language === 'onnx')
    return { ...nothing, ...files, object: files.isOpen ? readOnnx(request) : undefined };
  const { interpreter, findings } = await findFor(request, files.facts);
  const known = [...files.findings, ...findings];
  if (interpreter === undefined) return { ...nothing, ...files, findings: known };
  const { artifact } = request.model;
  const skew = files.facts === undefined ? [] : findSkew(files.facts, artifact ?? '', interpreter);
  const hints = await readCode(request, interpreter);
  const object =
    files.isOpen && artifact !== undefined ? await openArtifact(request, interpreter) : undefined;
  return {
    interpreter: {
      ...interpreter,
      packages: { ...interpreter.packages, ...object?.packages },
    },
    examples: files.examples,
    findings: [...known, ...skew],
    hints,
    object,
  };
}

interface Files {
  readonly examples: readonly ExampleRow[];
  readonly facts: ArtifactFacts | undefined;
  readonly findings: readonly Finding[];
  /** Nothing speaks against opening the artifact. */
  readonly isOpen: boolean;
}

function readFiles(request: SignatureRequest): Files {
  const { project, model, isTrusted } = request;
  const { artifact } = model;
  const { examples, findings } = readRows(request);
  const facts =
    artifact === undefined
      ? undefined
      : readArtifact(join(project.folder, artifact), artifact, model.language, isTrusted);
  const all = [...findings, ...toAbsent(request), ...(facts?.findings ?? [])];
  return {
    examples,
    facts,
    findings: all,
    isOpen: all.every(({ severity }) => severity !== 'error'),
  };
}

function readRows({ project, model }: SignatureRequest): {
  readonly examples: readonly ExampleRow[];
  readonly findings: readonly Finding[];
} {
  const { examples: file } = model;
  if (file === undefined || !existsSync(join(project.folder, file)))
    return { examples: [], findings: [] };
  try {
    const examples = readExamples(readFileSync(join(project.folder, file), 'utf8'));
    return { examples, findings: [] };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    const message = `${file} cannot be read: ${cause}.`;
    const fix = 'Write a header line and one row of values a line.';
    return {
      examples: [],
      findings: [{ code: 'AO206', severity: 'warning', message, file, cause, fix }],
    };
  }
}

/** AO209: neither code nor artifact, or code that is not there. */
function toAbsent({ project, model }: SignatureRequest): readonly Finding[] {
  const { entry, artifact, name } = model;
  const file = entry?.file;
  const isThere =
    file === undefined ? artifact !== undefined : existsSync(join(project.folder, file));
  if (isThere) return [];
  return [
    {
      code: 'AO209',
      severity: 'error',
      message:
        file === undefined ? `${name} has neither code nor artifact.` : `There is no ${file}.`,
      ...(file === undefined ? {} : { file }),
      fix: 'Write model-service/model.py or model.R, or name a fitted object as `artifact` under [model] in ao.toml.',
    },
  ];
}

/** The environment that was given, or the one of this process. */
export function toEnv(env: SignatureRequest['env']): NonNullable<SignatureRequest['env']> {
  // oxlint-disable-next-line node/no-process-env -- where interpreters are is a matter of the process unless a caller says otherwise
  return env ?? process.env;
}

const NEEDS = { python: [], r: ['jsonlite'] } as const;

/** One with what the code loads as well is better; without such a one, the code says itself what it lacks. */
async function findFor(
  request: SignatureRequest,
  facts: ArtifactFacts | undefined,
): Promise<Partial<SearchResult> & Pick<SearchResult, 'findings'>> {
  const { needs, loaded, ...search } = toSearch(request, facts);
  try {
    const complete =
      loaded.length === 0
        ? undefined
        : await searchInterpreter({ ...search, needs: [...needs, ...loaded] }).catch(passMissing);
    return complete ?? (await searchInterpreter({ ...search, needs }));
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    const fix = error.hint ?? 'Install it.';
    return { findings: [{ code: error.code, severity: 'error', message: error.message, fix }] };
  }
}

function toSearch(
  { project, model, interpreter, env }: SignatureRequest,
  facts: ArtifactFacts | undefined,
) {
  const language = model.language === 'r' ? 'r' : 'python';
  const wanted = interpreter ?? (language === 'r' ? model.rscript : model.python);
  const needs: readonly string[] = [...NEEDS[language], ...(facts?.needs ?? [])];
  const imports = listLoaded(project.folder, model.entry, language);
  return {
    language,
    needs,
    loaded: imports.filter((name) => !needs.includes(name)),
    cwd: project.folder,
    env: toEnv(env),
    ...(wanted === undefined ? {} : { wanted }),
    ...toReason(facts, imports.length === 0 ? undefined : model.entry?.file),
  } as const;
}

function toReason(facts: ArtifactFacts | undefined, code: string | undefined) {
  if (facts !== undefined) return { reason: facts.reason };
  return code === undefined ? {} : { reason: `${basename(code)} loads` };
}

function listLoaded(
  folder: string,
  entry: ModelSettings['entry'],
  language: 'python' | 'r',
): readonly string[] {
  const path = join(folder, entry?.file ?? '');
  return entry !== undefined && existsSync(path) ? listImports(path, language) : [];
}

function passMissing(error: unknown): undefined {
  if (!isCoaiaError(error)) throw error;
}

async function readCode(
  { project, model, env }: SignatureRequest,
  interpreter: Interpreter,
): Promise<Hints | undefined> {
  const { entry } = model;
  if (entry === undefined || !existsSync(join(project.folder, entry.file))) return undefined;
  return readHints({
    language: model.language === 'r' ? 'r' : 'python',
    interpreter: interpreter.path,
    folder: project.folder,
    entry,
    env: toEnv(env),
  });
}

async function openArtifact(
  { project, model }: SignatureRequest,
  interpreter: Interpreter,
): Promise<ObjectFacts> {
  const file = model.artifact ?? '';
  const path = join(project.folder, file);
  const found = await readObject({
    language: model.language === 'r' ? 'r' : 'python',
    interpreter: interpreter.path,
    path,
    file,
    isAlone: model.entry === undefined,
  });
  return { ...found, clues: addClues(readMlflowClues(path), found.clues) };
}

/** What MLflow wrote down of a column is stronger than what the object knows of it. */
function addClues(stronger: readonly Clue[], clues: readonly Clue[]): readonly Clue[] {
  if (clues.length === 0) return stronger;
  const written = new Map(stronger.map((clue) => [clue.name, clue]));
  return clues.map((clue) => {
    const other = written.get(clue.name);
    // Levels make a category, whatever the column was stored as.
    return other === undefined || clue.levels !== undefined ? clue : { ...clue, ...other };
  });
}

function readOnnx({ project, model }: SignatureRequest): ObjectFacts {
  const file = model.artifact ?? '';
  const facts = { platform: 'onnx_onnxruntime', clues: [], task: 'other', findings: [] } as const;
  try {
    const { inputs, outputs } = readOnnxGraph(readFileSync(join(project.folder, file)));
    const strange = [...inputs, ...outputs].find(({ datatype }) => datatype === undefined);
    if (strange !== undefined) return { ...facts, findings: [toStrange(file, strange.name)] };
    return { ...facts, clues: inputs.map(toOnnxClue) };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    const message = `${file} is no ONNX file: ${cause}.`;
    const fix = 'Export the model again.';
    return {
      ...facts,
      findings: [{ code: 'AO207', severity: 'error', message, file, cause, fix }],
    };
  }
}

function toOnnxClue({
  name,
  datatype = 'FP64',
  shape,
  description,
}: ReturnType<typeof readOnnxGraph>['inputs'][number]): Clue {
  const numbers = datatype.startsWith('FP') ? 'number' : 'integer';
  const words = datatype === 'BYTES' ? 'string' : numbers;
  const type = datatype === 'BOOL' ? 'boolean' : words;
  return { name, type, datatype, shape, ...(description === undefined ? {} : { description }) };
}

function toStrange(file: string, name: string): Finding {
  return {
    code: 'AO207',
    severity: 'error',
    message: `\`${name}\` of ${file} is no tensor but a list of maps, which cannot be served.`,
    file,
    fix: 'Export a classifier with `options={"zipmap": False}`, so that its probabilities are a tensor.',
  };
}

/** A fitted model in another form that gives the same answers. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openDraft } from '../../checks/draft.ts';
import { readExamples } from '../../checks/examples.ts';
import { openRuntime } from '../../runtimes/open-runtime.ts';
import { compileReader } from '../../signatures/reader.ts';
import { readSignature } from '../../signatures/read-signature.ts';
import type { SignatureReport } from '../../signatures/read-signature.ts';
import type { Tensor } from '../../tensors/tensor.ts';
import { projectFailures } from '../errors.ts';
import { readTrustedSignature } from '../trusted-signature.ts';
import type { ModelSettings, Project } from '../project.ts';
import { compareOutputs } from './compare-outputs.ts';
import type { Comparison } from './compare-outputs.ts';

const SCRIPT = fileURLToPath(new URL('./convert-model.py', import.meta.url));

export interface ConvertRequest {
  readonly project: Project;
  readonly model: ModelSettings;
  readonly to: 'onnx' | 'skops';
  readonly isForced: boolean;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Converted extends Comparison {
  /** Relative to the project. */
  readonly from: string;
  readonly file: string;
  readonly rows: number;
}

/** Writes the file when both forms predict the examples alike. AO106, AO113; the old file stays as it is. */
export async function convertModel(request: ConvertRequest): Promise<Converted> {
  const { project, model, to, isForced } = request;
  const from = checkSource(model, to);
  const target = join(dirname(from), `${basename(from, extname(from))}.${to}`);
  if (existsSync(join(project.folder, target)) && !isForced)
    throw projectFailures.create('AO106', `${target} exists already. Nothing was written.`, {
      hint: `ao convert --to ${to} --force`,
    });
  const report = await readTrustedSignature(request, project, model);
  mkdirSync(join(project.folder, '.ao'), { recursive: true });
  const work = mkdtempSync(join(project.folder, '.ao', 'convert-'));
  try {
    const made = join(work, basename(target));
    await convert(request, { from: join(project.folder, from), into: made, report });
    const other: ModelSettings = {
      ...model,
      language: to === 'onnx' ? 'onnx' : 'python',
      artifact: relative(project.folder, made),
    };
    const before = await predict(project, model, report);
    const after = await predict(project, other, await readConverted(project, other, report)).catch(
      (error: unknown) => {
        const [said = ''] = error instanceof Error ? error.message.split('\n') : [];
        throw fail(`The converted model does not work: ${said.replace(/\.$/, '')}`);
      },
    );
    const comparison = compareOutputs(before, after);
    if (comparison.problem !== undefined)
      throw fail(
        `The converted model answers differently: ${comparison.problem}. Nothing was written`,
      );
    renameSync(made, join(project.folder, target));
    return { from, file: target, rows: before[0]?.shape[0] ?? 0, ...comparison };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function fail(reason: string, hint?: string) {
  return projectFailures.create('AO113', `${reason}.`, hint === undefined ? {} : { hint });
}

function checkSource({ name, artifact, entry, language }: ModelSettings, to: string): string {
  if (artifact === undefined || language !== 'python' || entry !== undefined)
    throw fail(
      `${name} is not a fitted model of scikit-learn in a file, and only those are converted`,
    );
  if (extname(artifact) === `.${to}`) throw fail(`${artifact} is ${to} already`);
  return artifact;
}

interface Paths {
  readonly from: string;
  readonly into: string;
  readonly report: SignatureReport;
}

async function convert(
  { to, project, env }: ConvertRequest,
  { from, into, report }: Paths,
): Promise<void> {
  const { interpreter, signature } = report;
  if (interpreter === undefined)
    throw fail(
      report.findings[0]?.message.replace(/\.$/, '') ?? 'There is no Python for this model',
      'ao env',
    );
  const inputs = signature.inputs.map(({ name, type, datatype }) => ({
    name,
    type: type === 'category' && datatype !== 'BYTES' ? 'integer' : type,
  }));
  const named = inputs.some(({ name }, index) => name !== `x${index + 1}`);
  const text = await runScript(
    interpreter.path,
    JSON.stringify({ from, into, to, inputs, named }),
    {
      cwd: project.folder,
      env,
    },
  );
  const answer = parseAnswer(text);
  if (answer.missing !== undefined)
    throw fail(
      `${interpreter.path} has no package ${answer.missing}, which converts to ${to}`,
      `${interpreter.path} -m pip install ${answer.missing}`,
    );
  if (answer.error !== undefined)
    throw fail(`The model cannot be converted to ${to}: ${answer.error}`);
}

interface Answer {
  readonly missing?: string;
  readonly error?: string;
}

function parseAnswer(text: string): Answer {
  try {
    return JSON.parse(text.trim().split('\n').at(-1) ?? '') as Answer;
  } catch {
    return { error: text.trim().split('\n').slice(-5).join('\n') };
  }
}

function runScript(
  python: string,
  input: string,
  options: { readonly cwd: string; readonly env: ConvertRequest['env'] },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, ['-W', 'ignore', SCRIPT], {
      ...options,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let out = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdin.on('error', () => undefined);
    child.once('error', reject);
    child.once('close', () => resolve(out.trim() === '' ? errors : out));
    child.stdin.end(input);
  });
}

/** The new file is read for what it gives; what goes in is known better from the old one. */
async function readConverted(
  project: Project,
  model: ModelSettings,
  report: SignatureReport,
): Promise<SignatureReport> {
  const own = await readSignature({ project, model });
  const names = new Set(own.signature.inputs.map(({ name }) => name));
  const isSame = report.signature.inputs.every(({ name }) => names.has(name));
  return isSame
    ? { ...own, signature: { ...own.signature, inputs: report.signature.inputs } }
    : own;
}

async function predict(
  project: Project,
  model: ModelSettings,
  report: SignatureReport,
): Promise<readonly Tensor[]> {
  const draft = await openDraft(project, model, report);
  const runtime = openRuntime(draft.manifest, draft.folder, {
    onLine: () => undefined,
    isSandboxed: 'auto',
    ...(report.interpreter === undefined ? {} : { interpreter: report.interpreter.path }),
  });
  try {
    await runtime.ready();
    const { rows, from } = readExamples(project.folder, model, report.signature);
    const reader = compileReader(report.signature, { onNa: 'pass', outOfRange: 'ignore' });
    const given = rows.map(({ row }) => row);
    const { batch } = reader.readRows(given, '', { from, extra: 'drop' });
    return (await runtime.predict(batch, { requestId: 'convert' })).outputs;
  } finally {
    await runtime.close();
    await draft.remove();
  }
}

/** The model itself: interpreter, packages, trust, signature; then it is loaded and asked. */
import { isCoaiaError } from '#base';
import type { ModelSettings } from '../../projects/project.ts';
import { readSecrets } from '../../projects/read-secrets.ts';
import { openRuntime } from '../../runtimes/open-runtime.ts';
import type { Finding } from '../../signatures/finding.ts';
import type { SignatureReport } from '../../signatures/read-signature.ts';
import type { CheckContext } from '../context.ts';
import { openDraft } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { readExamples } from '../examples.ts';
import { writeHonesty } from '../honesty.ts';
import { proveHonesty } from '../prove-honesty.ts';
import type { Proof } from '../prove-honesty.ts';
import { mergeResults, none, ok } from '../report.ts';
import type { Note, StageResult } from '../report.ts';
import { openService, toReason } from '../ask-model.ts';
import type { Service } from '../ask-model.ts';
import { runSmoke } from '../smoke.ts';
import { findOrigin } from './structure.ts';

/** AO201 to AO319 of the readers; AO401 to AO405, AO490 to AO495. */
export async function checkModel(context: CheckContext): Promise<StageResult> {
  const results: StageResult[] = [];
  const { models } = context.project;
  for (const model of models) {
    const result = await checkOne(context, model);
    results.push(models.length === 1 ? result : withName(model.name, result));
  }
  if (results.length === 0) results.push({ notes: [none('no model to load')], findings: [] });
  return mergeResults(results);
}

/** With several models every sentence says which one it is about. */
function withName(name: string, { notes, findings }: StageResult): StageResult {
  return {
    notes: notes.map((note) => ({ ...note, text: `${name}: ${note.text}` })),
    findings: findings.map((one) => ({ ...one, message: `${name}: ${one.message}` })),
  };
}

async function checkOne(context: CheckContext, model: ModelSettings): Promise<StageResult> {
  const report = await context.readModel(model);
  const { findings } = report;
  if (findings.some(({ severity }) => severity === 'error')) return { notes: [], findings };
  const draft = await openDraft(context.project, model, report);
  try {
    const asked = await askModel(context, model, { report, draft });
    // Rows of examples are told about once, by the requests that are made of them.
    const others = findings.filter(({ code }) => code !== 'AO206');
    const first = { notes: [describeInterpreter(report, model)], findings: others };
    return mergeResults([first, asked]);
  } finally {
    await draft.remove();
  }
}

/** Every model has these, or the worker needs them: they say nothing about the model. */
const PLAIN = new Set(['joblib', 'numpy', 'jsonlite', 'scipy', 'base', 'stats']);

/** `Python 3.11.2, scikit-learn 1.2.1`. */
function describeInterpreter({ interpreter }: SignatureReport, model: ModelSettings): Note {
  if (interpreter === undefined) return ok('ONNX, without an interpreter');
  const packages = Object.entries(interpreter.packages)
    .filter(([name]) => !PLAIN.has(name))
    .toSorted(([a], [b]) => Number(b === 'sklearn') - Number(a === 'sklearn'))
    .map(([name, version]) => `${name === 'sklearn' ? 'scikit-learn' : name} ${version}`);
  const language = model.language === 'r' ? 'R' : 'Python';
  return ok([`${language} ${interpreter.version}`, ...packages.slice(0, 3)].join(', '));
}

interface Parts {
  readonly report: SignatureReport;
  readonly draft: Draft;
}

async function askModel(
  context: CheckContext,
  model: ModelSettings,
  { report, draft }: Parts,
): Promise<StageResult> {
  const runtime = openRuntime(draft.manifest, draft.folder, {
    onLine: () => undefined,
    isSandboxed: 'auto',
    env: readSecrets(context.project, context.env).values,
    ...(report.interpreter === undefined ? {} : { interpreter: report.interpreter.path }),
  });
  try {
    const failure = await runtime.ready().then(
      () => undefined,
      (error: unknown) => notLoaded(model, error),
    );
    if (failure !== undefined) return { notes: [], findings: [failure] };
    const service = openService(runtime, report.signature, model.rules, context.signal);
    return await askService(context, model, { service, digest: draft.digest });
  } finally {
    await runtime.close();
  }
}

function notLoaded(model: ModelSettings, error: unknown): Finding {
  const code = isCoaiaError(error) ? ` (${error.code})` : '';
  const hint = isCoaiaError(error) ? error.hint : undefined;
  return {
    code: 'AO492',
    severity: 'error',
    message: `The model \`${model.name}\` could not be loaded${code}: ${error instanceof Error ? error.message : String(error)}`,
    file: model.entry?.file ?? model.artifact ?? 'ao.toml',
    cause: toReason(error),
    fix: hint ?? 'correct what the sentence names, then run ao check again',
  };
}

interface Asked {
  readonly service: Service;
  readonly digest: string;
}

/** Smoke test, then whether rows may be predicted together. */
export async function askService(
  context: CheckContext,
  model: ModelSettings,
  { service, digest }: Asked,
): Promise<StageResult> {
  const examples = readExamples(context.project.folder, model, service.signature);
  const { findings, requests, sound } = await runSmoke(service, examples);
  const all = [...examples.findings, ...findings.map((one) => withRule(context, model, one))];
  const isSound = all.every(({ severity }) => severity !== 'error');
  const smoke: StageResult = {
    notes: isSound ? [ok(`smoke test (${requests} requests)`)] : [],
    findings: all,
  };
  if (model.batch.enabled === false)
    return mergeResults([smoke, { notes: [none('batching is off in ao.toml')], findings: [] }]);
  const proof = await proveHonesty(service, sound);
  if (proof.kind !== 'unknown')
    writeHonesty(context.project.folder, digest, {
      isHonest: proof.kind === 'honest',
      rows: proof.rows,
      checkedAt: new Date().toISOString(),
    });
  return mergeResults([smoke, describeProof(context, model, proof)]);
}

/** The line of the rule that let a missing value through. */
function withRule(context: CheckContext, model: ModelSettings, finding: Finding): Finding {
  if (finding.code !== 'AO403' || finding.line !== undefined) return finding;
  return { ...finding, ...findOrigin(context, model, 'on_na') };
}

function describeProof(context: CheckContext, model: ModelSettings, proof: Proof): StageResult {
  if (proof.kind === 'honest')
    return {
      notes: [ok(`rows together as one by one (${proof.rows} rows)`)],
      findings: [],
    };
  if (proof.kind === 'unknown')
    return { notes: [none(`batching stays off: ${proof.reason}`)], findings: [] };
  const isForced = model.batch.enabled === true;
  const place = isForced
    ? findOrigin(context, model, 'batch.enabled')
    : { file: model.entry?.file ?? model.artifact ?? 'ao.toml' };
  return { notes: [], findings: [{ ...toFinding(proof, isForced), ...place }] };
}

function toFinding(
  proof: Extract<Proof, { readonly kind: 'dishonest' | 'random' }>,
  isForced: boolean,
): Finding {
  const severity = isForced ? 'error' : 'warning';
  const off = isForced ? 'set enabled = false in [model.batch]' : undefined;
  if (proof.kind === 'random')
    return {
      code: 'AO493',
      severity,
      message: `Row ${proof.row} asked twice got two answers: the model draws random numbers, so batching is off for it.`,
      cause: 'Whether rows together change the answers cannot be decided.',
      fix: off ?? 'set a seed inside the function that predicts, if answers should be repeatable',
    };
  const size =
    proof.difference === undefined
      ? 'another answer'
      : `max diff ${Number(proof.difference.toPrecision(2))}`;
  return {
    code: 'AO405',
    severity,
    message: `Predicting ${proof.rows} rows together differs from one by one (${size} in row ${proof.row}): batching off for this model.`,
    cause:
      'The model looks at all rows of a request, for example at their mean or at the row before.',
    fix:
      off ??
      'use numbers from training (a saved mean) instead of those of the request; the model is served without batching meanwhile',
  };
}

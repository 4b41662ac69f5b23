/** What a worker's frames mean to callers. */
import { isObject } from '#base';
import type { Frame } from '../tensors/frame.ts';
import type { VersionManifest } from '../versions/version.ts';
import { runtimeFailures } from './errors.ts';
import type { RuntimeInfo } from './runtime.ts';

/** What Python or R said; the cause of AO450, for the trace and the log, never for callers. */
export class ModelFailureError extends Error {
  override readonly name = 'ModelFailureError';
  /** The lines of the model's code. */
  readonly trace: string;
  /** Index of the row in the batch, where it is known. */
  readonly row: number | undefined;
  constructor(message: string, trace: string, row: number | undefined) {
    super(message);
    this.trace = trace;
    this.row = row;
  }
}

/** `churn (version 3)`. */
export function nameOf({ model, version }: Pick<VersionManifest, 'model' | 'version'>): string {
  return `${model} (version ${version})`;
}

interface Failed {
  readonly kind: string;
  readonly message: string;
  readonly trace: string;
  readonly row: number | undefined;
  readonly package: string | undefined;
}

function readFailed({ head }: Frame): Failed {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    kind: text(head['kind']) ?? 'model',
    message: text(head['message']) ?? 'no reason given',
    trace: text(head['trace']) ?? '',
    row: typeof head['row'] === 'number' ? head['row'] : undefined,
    package: text(head['package']),
  };
}

export const isFailed = (frame: Frame) =>
  frame.head['op'] !== 'done' && frame.head['op'] !== 'ready';
export const ranOutOfMemory = (frame: Frame) => frame.head['kind'] === 'memory';

/** A call that failed: AO450, or AO422 where the worker itself missed a column or could not make one. */
export function toCallFailure(frame: Frame, manifest: VersionManifest, memoryBytes: number): Error {
  const { kind, message, trace, row } = readFailed(frame);
  const name = nameOf(manifest);
  if (kind === 'explain') return toUnexplained(manifest);
  const cause = new ModelFailureError(message, trace, row);
  if (kind === 'input') return runtimeFailures.create('AO422', `${name}: ${message}.`, { cause });
  const text =
    kind === 'memory'
      ? `${name} needed more than ${toMegabytes(memoryBytes)} of memory for these rows; its worker was replaced.`
      : `${name} failed on these rows. What it said is in the trace and in its log.`;
  return runtimeFailures.create('AO450', text, { hint: 'ao logs', cause });
}

/** AO456: nothing says how its predictions come about, and how to add what does. */
export function toUnexplained({ model, version, language }: VersionManifest): Error {
  const file = language === 'r' ? 'model.R' : 'model.py';
  const how =
    language === 'onnx'
      ? 'an ONNX file cannot say; serve the model as .joblib or .rds, or ask an explainer of your own'
      : `it is not linear, so no exact terms are known. Write predict and explain in model-service/${file}: explain takes what predict takes and gives one value for each name`;
  return runtimeFailures.create(
    'AO456',
    `Predictions of ${nameOf({ model, version })} cannot be explained: ${how}.`,
    { hint: 'ao explain AO456' },
  );
}

/** A model that could not be loaded: AO641, AO642 or AO645. */
export function toLoadFailure(frame: Frame, manifest: VersionManifest, interpreter: string): Error {
  const { kind, message, trace, row, package: wanted = 'it names' } = readFailed(frame);
  const name = nameOf(manifest);
  const cause = new ModelFailureError(message, trace, row);
  switch (kind) {
    case 'package':
      return runtimeFailures.create(
        'AO641',
        `${name} needs the package ${wanted}, which ${interpreter} does not have.`,
        { hint: toInstall(manifest.language, interpreter, wanted), cause },
      );
    case 'code':
      return runtimeFailures.create('AO645', `${name}: ${message}`, { hint: 'ao check', cause });
    case 'memory':
      return runtimeFailures.create('AO642', `${name} needs more memory than it is given.`, {
        cause,
      });
    default:
      return runtimeFailures.create(
        'AO642',
        `${manifest.artifact ?? name} of ${name} cannot be opened by ${interpreter}: ${message}`,
        { hint: 'ao check', cause },
      );
  }
}

/** Names of packages differ from the names they are imported by. */
const INSTALLED_AS: Readonly<Record<string, string>> = { sklearn: 'scikit-learn' };

function toInstall(language: string, interpreter: string, wanted: string): string {
  return language === 'r'
    ? `Rscript -e 'install.packages("${wanted}")'`
    : `${interpreter} -m pip install ${INSTALLED_AS[wanted] ?? wanted}`;
}

const toMegabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

/** The worker is gone or there is none: AO452. */
export function toUnavailable(manifest: VersionManifest, reason: string, cause?: unknown): Error {
  return runtimeFailures.create('AO452', `${nameOf(manifest)} cannot answer: ${reason}.`, {
    headers: { 'Retry-After': '1' },
    hint: 'ao logs',
    cause,
  });
}

export function readWarnings({ head }: Frame): readonly string[] {
  const { warnings } = head;
  return Array.isArray(warnings) ? warnings.map(String) : [];
}

export function readMs({ head }: Frame): number {
  const { ms } = head;
  return typeof ms === 'number' ? ms : 0;
}

/** What a worker says of explanations when it is ready. */
export function readExplains({ head }: Frame): RuntimeInfo['explains'] {
  const { explains } = head;
  return isObject(explains) && (explains['kind'] === 'terms' || explains['kind'] === 'code')
    ? (explains as unknown as RuntimeInfo['explains'])
    : undefined;
}

export function readPlatform({ head }: Frame): string | undefined {
  return isObject(head) && typeof head['platform'] === 'string' ? head['platform'] : undefined;
}

/** Versions for tests of runtimes: a folder with a model, its manifest, and rows to send. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Field, FieldType } from '../../signatures/signature.ts';
import { PYTHON, RSCRIPT } from '../../testing/fixtures.ts';
import type { Batch, Datatype, Value } from '../../tensors/tensor.ts';
import type { Language, VersionManifest } from '../../versions/version.ts';
import { openRuntime } from '../open-runtime.ts';
import type { RuntimeOptions } from '../open-runtime.ts';
import type { Runtime, WorkerLine } from '../runtime.ts';

const DATATYPES: Readonly<Record<FieldType, Datatype>> = {
  number: 'FP64',
  integer: 'INT64',
  boolean: 'BOOL',
  string: 'BYTES',
  category: 'BYTES',
  date: 'BYTES',
  datetime: 'BYTES',
};

export function field(name: string, type: FieldType = 'number', more: Partial<Field> = {}): Field {
  const datatype = DATATYPES[type];
  const fixed = { shape: [], required: true, nullable: true, evidence: 'object' } as const;
  return { name, type, datatype, ...fixed, ...more };
}

/** Rows as columns, every value as it is written. */
export function toBatch(
  inputs: readonly Field[],
  rows: readonly Readonly<Record<string, unknown>>[],
): Batch {
  const columns = inputs.map(({ name, datatype, shape }) => ({
    name,
    datatype,
    shape: [rows.length, ...shape],
    data: rows.flatMap((row) => row[name] as Value | readonly Value[]),
  }));
  return { rows: rows.length, columns };
}

const folders: string[] = [];
const runtimes: Runtime[] = [];

/** Closes every version of this file's tests and removes its folders. */
export async function closeVersions(): Promise<void> {
  await Promise.all(runtimes.splice(0).map((runtime) => runtime.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A temporary folder that goes with the versions. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-version-'));
  folders.push(folder);
  return folder;
}

export interface Made {
  readonly runtime: Runtime;
  readonly lines: WorkerLine[];
  readonly folder: string;
  readonly inputs: readonly Field[];
  /** Values of the first output, one call a row at the same time. */
  predictEach(rows: readonly Readonly<Record<string, unknown>>[]): Promise<readonly unknown[]>;
}

export interface MakeOptions extends Partial<RuntimeOptions> {
  readonly folder?: string;
  readonly inputs: readonly Field[];
  readonly language: Language;
  readonly manifest?: Partial<VersionManifest>;
  /** Source of model.py or model.R, for styles `row` and `table`. */
  readonly code?: string;
}

/** Opens the version until `closeVersions`. Plain processes unless the options say otherwise: they start sooner. */
export function openVersion(options: MakeOptions): Made {
  const { folder = makeFolder(), inputs, language, manifest = {}, code, ...rest } = options;
  const lines: WorkerLine[] = [];
  const file = language === 'r' ? 'code/model.R' : 'code/model.py';
  if (code !== undefined) {
    mkdirSync(join(folder, 'code'), { recursive: true });
    writeFileSync(join(folder, file), code);
  }
  const runtime = openRuntime(
    {
      ...toManifest(language, inputs),
      ...(code === undefined ? {} : { entry: { file, name: 'predict' }, style: 'row' }),
      ...manifest,
    },
    folder,
    {
      isSandboxed: false,
      onLine: (line) => lines.push(line),
      interpreter: language === 'r' ? RSCRIPT : PYTHON,
      ...rest,
    },
  );
  runtimes.push(runtime);
  const predictEach = (rows: readonly Readonly<Record<string, unknown>>[]) =>
    Promise.all(
      rows.map(async (row, index) => {
        const call = runtime.predict(toBatch(inputs, [row]), { requestId: `r${index}` });
        const { outputs } = await call;
        return outputs[0]?.data[0];
      }),
    );
  return { runtime, lines, folder, inputs, predictEach };
}

function toManifest(language: Language, inputs: readonly Field[]): VersionManifest {
  return {
    format: 1,
    project: 'tests',
    model: 'cars',
    version: 3,
    digest: '0'.repeat(64),
    sourceDigest: '0'.repeat(64),
    platform: language,
    language,
    style: 'object',
    signature: { inputs, outputs: [], task: 'other', example: {} },
    rules: { onNa: 'pass', outOfRange: 'flag' },
    workers: 1,
    preload: false,
    timeoutMs: 20_000,
    maxQueue: 1000,
    batch: { enabled: true, maxRows: 64, maxWaitMs: 0 },
    files: {},
    createdAt: '2026-11-21T00:00:00Z',
  };
}

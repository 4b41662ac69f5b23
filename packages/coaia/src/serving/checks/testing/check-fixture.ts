/** Small projects for tests of `ao check`: files on disk, a signature that is given instead of read. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SignatureReport } from '../../signatures/read-signature.ts';
import type { Field, Signature } from '../../signatures/signature.ts';
import { PYTHON, RSCRIPT } from '../../testing/fixtures.ts';
import { checkProject } from '../check.ts';
import type { CheckReport, Stage } from '../report.ts';

type Files = Readonly<Record<string, string>>;

const folders: string[] = [];

/** A project of these files; `ao.toml` names it `cars` when it is not given. */
export function writeProject(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'ao-check-test-'));
  folders.push(folder);
  for (const [name, text] of Object.entries({
    'ao.toml': '[project]\nname = "cars"\n',
    ...files,
  })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** For `afterAll`. */
export function removeProjects(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A number that is needed. */
export function numberField(name: string, more: Partial<Field> = {}): Field {
  return {
    name,
    type: 'number',
    datatype: 'FP64',
    shape: [],
    required: true,
    nullable: false,
    evidence: 'hints',
    ...more,
  };
}

/** Two numbers in, one out. */
export const CARS: Signature = {
  inputs: [
    numberField('wt', { trained: { min: 1.5, max: 5.4 } }),
    numberField('hp', { trained: { min: 52, max: 335 } }),
  ],
  outputs: [numberField('prediction', { evidence: 'object' })],
  task: 'regression',
  example: { wt: 2.5, hp: 110 },
};

export interface FakeCheck {
  readonly only: readonly Stage[];
  readonly isFixing?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What is known of the model instead of what would be read. */
  readonly report?: Partial<SignatureReport>;
}

/** Runs stages with Debian's interpreters and a signature that is given. */
export function runCheck(folder: string, options: FakeCheck): Promise<CheckReport> {
  return checkProject({
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: folder, ...options.env },
    home: join(folder, '.coaia'),
    isFixing: options.isFixing === true,
    only: options.only,
    signal: new AbortController().signal,
    readSignature: async ({ model }) => ({
      signature: CARS,
      platform: `${model.language}_function`,
      style: 'row',
      findings: [],
      ...(model.language === 'onnx' ? {} : { interpreter: toInterpreter(model.language) }),
      ...options.report,
    }),
  });
}

function toInterpreter(language: 'python' | 'r') {
  return { path: language === 'r' ? RSCRIPT : PYTHON, version: '0', packages: {} };
}

/** `AO601 error model-service/model.py:3` for each finding. */
export function toLines({ stages }: Pick<CheckReport, 'stages'>): readonly string[] {
  return stages
    .flatMap(({ findings }) => findings)
    .map(({ code, severity, file = '', line }) =>
      [code, severity, line === undefined ? file : `${file}:${line}`].join(' '),
    );
}

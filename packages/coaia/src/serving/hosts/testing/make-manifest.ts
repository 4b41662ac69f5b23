/** Manifests for tests: a model of numbers `a`, `b`, `c`, `d` whose answer is their sum. */
import type { Field, Signature } from '../../signatures/signature.ts';
import type { VersionManifest } from '../../versions/version.ts';

export function makeField(name: string, overrides: Partial<Field> = {}): Field {
  return {
    name,
    type: 'number',
    datatype: 'FP64',
    shape: [],
    required: true,
    nullable: false,
    evidence: 'hints',
    ...overrides,
  };
}

export const SUM: Signature = {
  inputs: ['a', 'b', 'c', 'd'].map((name) => makeField(name, { trained: { min: -1e6, max: 1e6 } })),
  outputs: [makeField('prediction')],
  task: 'regression',
  example: { a: 1, b: 2, c: 3, d: 4 },
};

export function makeManifest(overrides: Partial<VersionManifest> = {}): VersionManifest {
  return {
    format: 1,
    project: 'test',
    model: 'sum',
    version: 1,
    digest: 'a'.repeat(64),
    sourceDigest: 'b'.repeat(64),
    language: 'python',
    platform: 'python_function',
    entry: { file: 'code/model.py', name: 'predict' },
    style: 'table',
    signature: SUM,
    rules: { onNa: 'reject', outOfRange: 'flag' },
    workers: 1,
    preload: false,
    timeoutMs: 10_000,
    maxQueue: 100,
    batch: { enabled: true, maxRows: 64, maxWaitMs: 0 },
    files: {},
    createdAt: '2026-01-01T00:00:00.000Z',
    ...overrides,
  };
}

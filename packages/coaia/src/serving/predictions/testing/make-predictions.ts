/** Predictions for tests: a model of two inputs, a number and a region. */
import { randomBytes } from 'node:crypto';
import type { Scope } from '#base';
import { createRecorder } from '#observability';
import type { Database } from '#store';
import type { Field, Signature } from '../../signatures/signature.ts';
import type { PredictionRecord } from '../observer.ts';
import type { PredictionPorts } from '../ports.ts';

export const SCOPE: Scope = { projectId: 'default', level: 'project', via: 'local' };

const rules = { shape: [], required: true, nullable: false, evidence: 'object' } as const;
const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  type: 'number',
  datatype: 'FP64',
  ...rules,
  ...more,
});

export const SIGNATURE: Signature = {
  inputs: [
    field('wt', { trained: { min: 1, max: 6 } }),
    field('region', { type: 'category', datatype: 'BYTES', levels: ['north', 'south'] }),
    field('income', { sensitive: true }),
  ],
  outputs: [field('prediction')],
  task: 'regression',
  example: { wt: 2.5, region: 'north', income: 1 },
};

export const CLASSIFIER: Signature = {
  ...SIGNATURE,
  outputs: [
    field('label', { type: 'category', datatype: 'BYTES', levels: ['no', 'yes'] }),
    field('probability', { shape: [2] }),
  ],
  task: 'classification',
  classes: ['no', 'yes'],
};

/** UUID version 7 of this time. */
export function toUuid7(time: number): string {
  const hex = Math.floor(time).toString(16).padStart(12, '0');
  const random = randomBytes(10).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`;
}

export interface Given extends Partial<PredictionRecord> {
  readonly wt?: number;
  readonly region?: string;
  readonly value?: number;
}

export function makePrediction({
  wt = 2.5,
  region = 'north',
  value = 20,
  ...more
}: Given = {}): PredictionRecord {
  const startedAt = more.startedAt ?? Date.now();
  return {
    requestId: toUuid7(startedAt),
    traceId: randomBytes(16).toString('hex'),
    model: 'cars',
    version: 1,
    route: 'champion',
    startedAt,
    durationMs: 2,
    timings: { queueMs: 0.5, workerMs: 1, batchRows: 1 },
    inputs: {
      rows: 1,
      columns: [
        { name: 'wt', datatype: 'FP64', shape: [1], data: new Float64Array([wt]) },
        { name: 'region', datatype: 'BYTES', shape: [1], data: [region] },
        { name: 'income', datatype: 'FP64', shape: [1], data: new Float64Array([77_777]) },
      ],
    },
    outputs: [
      { name: 'prediction', datatype: 'FP64', shape: [1], data: new Float64Array([value]) },
    ],
    flags: [],
    warnings: [],
    status: 200,
    ...more,
  };
}

export const toPorts = (db: Database): PredictionPorts => {
  const clock = () => Date.now();
  return { db, clock, recorder: createRecorder({ db, clock }) };
};

/** Makes versions of the model known, the first one champion. */
export async function registerModel(
  db: Database,
  signature = SIGNATURE,
  versions = [1, 2],
): Promise<void> {
  const shared = { project_id: 'default', model: 'cars', created_at: 0 };
  await db.write(async (tx) => {
    await tx.upsert(
      'serving_versions',
      versions.map((version) => ({
        ...shared,
        version,
        digest: `d${version}`,
        language: 'r',
        folder: '/none',
        manifest: JSON.stringify({ format: 1, model: 'cars', version, signature }),
        created_by: null,
        notes: null,
      })),
    );
    await tx.upsert('serving_traffic', [
      {
        project_id: 'default',
        model: 'cars',
        revision: 1,
        traffic: JSON.stringify({ champion: 1, shadow: 2, revision: 1 }),
        action: 'first',
        reason: null,
        changed_at: 0,
        changed_by: null,
      },
    ]);
  });
}

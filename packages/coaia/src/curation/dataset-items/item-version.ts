/** The next version of an item, and whether it satisfies the schemas of its dataset. */
import { fromStored, toStored } from '#base';
import type { DatasetItemRow, DatasetRow } from '#store';
import type { DatasetItemInput } from '@coaia/client';
import type { ZodType } from 'zod';
import { datasetFailures } from '../datasets/errors.ts';
import { findValueProblems, parseValueSchema } from './value-schema.ts';

/** Where a version goes. */
export interface VersionPlace {
  readonly projectId: string;
  readonly id: string;
  readonly validFrom: number;
  readonly dataset: DatasetRow;
}

/** The version that the input makes of the last one: absent members stay, null clears. */
export function toVersion(
  place: VersionPlace,
  input: DatasetItemInput,
  old: DatasetItemRow | undefined,
): DatasetItemRow {
  const keep = <T>(given: T | undefined, stored: T | undefined, absent: T): T => {
    if (given === undefined) return stored ?? absent;
    return given;
  };
  const toJson = (given: unknown) => (given === undefined ? undefined : toStored(given));
  return {
    project_id: place.projectId,
    id: place.id,
    valid_from: place.validFrom,
    valid_to: null,
    dataset_id: place.dataset.id,
    status: input.status ?? old?.status ?? 'ACTIVE',
    source_trace_id: keep(input.sourceTraceId, old?.source_trace_id, null),
    source_observation_id: keep(input.sourceObservationId, old?.source_observation_id, null),
    created_at: old?.created_at ?? place.validFrom,
    metadata: keep(toJson(input.metadata), old?.metadata, null),
    input: keep(toJson(input.input), old?.input, null),
    expected_output: keep(toJson(input.expectedOutput), old?.expected_output, null),
  };
}

const CONTENT = [
  'status',
  'source_trace_id',
  'source_observation_id',
  'metadata',
  'input',
  'expected_output',
] as const;

/** True when nothing that counts differs. */
export function isSameVersion(old: DatasetItemRow, row: DatasetItemRow): boolean {
  return CONTENT.every((column) => old[column] === row[column]);
}

/** The schemas of a dataset, compiled. */
export interface CheckedSchemas {
  readonly input: ZodType | undefined;
  readonly expectedOutput: ZodType | undefined;
}

/** Compiles once what many items are held against. */
export function toCheckedSchemas(dataset: DatasetRow): CheckedSchemas {
  return {
    input: parseValueSchema(fromStored(dataset.input_schema), 'input'),
    expectedOutput: parseValueSchema(fromStored(dataset.expected_output_schema), 'expectedOutput'),
  };
}

/** What is wrong with an item, one sentence per place; empty when nothing is. */
export function listItemProblems(
  { input, expectedOutput }: CheckedSchemas,
  row: Pick<DatasetItemRow, 'input' | 'expected_output'>,
): readonly string[] {
  return [
    ...findValueProblems(input, 'input', fromStored(row.input)),
    ...findValueProblems(expectedOutput, 'expectedOutput', fromStored(row.expected_output)),
  ];
}

/** The refusal COAIA-2100. */
export function toMisfit(dataset: DatasetRow, problems: readonly string[]) {
  return datasetFailures.create(
    'COAIA-2100',
    `The item does not satisfy the schema of the dataset ${dataset.name}: ${problems[0]}.`,
    { details: problems },
  );
}

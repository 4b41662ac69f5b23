/** Rows of evaluators and their versions, made and written together. */
import { createId } from '#base';
import type { EvaluatorRow, EvaluatorVersionRow, Transaction } from '#store';
import type { EvaluatorDefinition } from '@coaia/client';

/** An evaluator as it is first written. */
export interface EvaluatorRows {
  readonly evaluator: EvaluatorRow;
  readonly version: EvaluatorVersionRow;
}

/** Rows of a new evaluator, version 1. */
export function toRows(
  projectId: string,
  name: string,
  { definition, now }: { readonly definition: EvaluatorDefinition; readonly now: number },
): EvaluatorRows {
  const evaluator: EvaluatorRow = {
    project_id: projectId,
    id: createId(),
    name,
    type: definition.type,
    description: null,
    version: 1,
    paused_reason: null,
    paused_message: null,
    paused_at: null,
    created_at: now,
    updated_at: now,
  };
  return { evaluator, version: toVersionRow(evaluator, definition, now) };
}

function toVersionRow(
  evaluator: EvaluatorRow,
  definition: EvaluatorDefinition,
  now: number,
): EvaluatorVersionRow {
  return {
    project_id: evaluator.project_id,
    evaluator_id: evaluator.id,
    version: evaluator.version,
    id: createId(),
    created_at: now,
    definition: JSON.stringify(definition),
  };
}

/** What reads join to an evaluator from its newest version. */
export function toVersionParts({ id, created_at, definition }: EvaluatorVersionRow) {
  return { version_id: id, version_created_at: created_at, definition };
}

/** Writes an evaluator and one version. */
export async function addEvaluator(
  tx: Transaction,
  { evaluator, version }: EvaluatorRows,
): Promise<void> {
  await tx.upsert('evaluators', [evaluator]);
  await tx.upsert('evaluator_versions', [version]);
}

/** Only the columns of the table, with a new time of change. */
export function toEvaluatorRow(row: EvaluatorRow, now: number): EvaluatorRow {
  return {
    project_id: row.project_id,
    id: row.id,
    name: row.name,
    type: row.type,
    description: row.description,
    version: row.version,
    paused_reason: row.paused_reason,
    paused_message: row.paused_message,
    paused_at: row.paused_at,
    created_at: row.created_at,
    updated_at: now,
  };
}

/** A new definition also ends a pause: what was wrong with the old one may be right now. */
export async function addVersion(
  tx: Transaction,
  known: EvaluatorRow,
  definition: EvaluatorDefinition,
  now: number,
): Promise<void> {
  const row = {
    ...toEvaluatorRow(known, now),
    version: known.version + 1,
    paused_reason: null,
    paused_message: null,
    paused_at: null,
  };
  await addEvaluator(tx, { evaluator: row, version: toVersionRow(row, definition, now) });
}

/** Scores that steps write: under an id of the step, so that a step which is done again writes none twice. */
import type { Scope } from '#base';
import { matchConfig, openLocalScores } from '#observability';
import type { ActionContext } from '#surface';
import type { ScoreConfig, ScoreInput } from '@coaia/client';
import { z } from 'zod';
import { toObservationId } from '../runs/ids.ts';
import { runFailures } from '../runs/errors.ts';
import type { ActionPorts } from './ports.ts';

/** What a score is about; the run's own trace when nothing is given. */
export const scoreTarget = {
  trace_id: z.string().min(1).optional(),
  observation_id: z.string().min(1).optional(),
  /** Id of a step of this run. */
  step: z.string().min(1).optional(),
} as const;

interface Target {
  readonly trace_id?: string | undefined;
  readonly observation_id?: string | undefined;
  readonly step?: string | undefined;
}

export function toTarget(
  { runId, traceId }: Pick<ActionContext, 'runId' | 'traceId'>,
  { trace_id: other, observation_id: given, step }: Target,
): Pick<ScoreInput, 'traceId' | 'observationId'> {
  const observationId = given ?? (step === undefined ? undefined : toObservationId(runId, step));
  return {
    traceId: other ?? traceId,
    ...(observationId === undefined ? {} : { observationId }),
  };
}

/** A score id that is the same for every attempt. */
export function toScoreId(...parts: readonly string[]): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

/** The config of that name or id; undefined when none is named. Fails with COAIA-5101. */
export async function findScoreConfig(
  { db, clock }: Pick<ActionPorts, 'db' | 'clock'>,
  scope: Scope,
  nameOrId: string | undefined,
): Promise<ScoreConfig | undefined> {
  if (nameOrId === undefined) return undefined;
  const scores = await openLocalScores({ db, clock }, scope);
  const all: ScoreConfig[] = [];
  for (let page = 1; ; page++) {
    const { data, meta } = await scores.listScoreConfigs({ page, limit: 100 });
    all.push(...data);
    if (data.length === 0 || all.length >= (meta.totalItems ?? 0)) break;
  }
  const found = matchConfig(all, nameOrId);
  if (found !== undefined) return found;
  throw runFailures.create(
    'COAIA-5101',
    `There is no score config "${nameOrId}" in this project.`,
    {
      hint: 'coaia fuse score-configs list',
    },
  );
}

/** Writes it; the same id again changes nothing. Answers what was written. */
export async function writeScore(
  { db, clock }: Pick<ActionPorts, 'db' | 'clock'>,
  scope: Scope,
  { value, ...input }: Omit<ScoreInput, 'value'> & { readonly value: number | string | boolean },
): Promise<Record<string, unknown>> {
  const scores = await openLocalScores({ db, clock }, scope);
  const isBoolean = typeof value === 'boolean';
  const stored = isBoolean ? Number(value) : value;
  const { id } = await scores.createScore({
    ...input,
    ...(isBoolean && input.dataType === undefined ? { dataType: 'BOOLEAN' as const } : {}),
    value: stored,
  });
  const { traceId: _trace, ...told } = input;
  return { ...told, id, value };
}

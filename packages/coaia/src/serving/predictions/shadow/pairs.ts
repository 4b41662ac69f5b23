/** Answers of a shadow beside those that callers got. */
import type { Row, Signature } from '../../signatures/signature.ts';
import { toRows } from '../../signatures/tensor-rows.ts';
import { toOccasion } from '../log/prediction-id.ts';
import type { LoggedPrediction } from '../log/segment.ts';
import { openLogReader, readSegments } from '../log/storage.ts';
import { readAnswer, type Answer } from '../outcomes/judge.ts';
import type { PredictionPorts } from '../ports.ts';

export interface Pair {
  readonly requestId: string;
  readonly champion: Answer;
  readonly shadow: Answer;
  /** Missing where the inputs were not kept. */
  readonly input: Row | undefined;
}

export interface Pairs {
  readonly pairs: readonly Pair[];
  readonly championFailed: number;
  readonly shadowFailed: number;
  readonly isPartial: boolean;
}

/** Rows that one report reads. */
const MOST_PAIRS = 50_000;
const SEGMENTS_AT_ONCE = 50;

interface Request {
  readonly projectId: string;
  readonly model: string;
  readonly shadow: number;
  readonly since: number;
  readonly signature: Signature | undefined;
}

/** Newest first, rows of one request one by one. */
export async function readPairs(
  ports: Pick<PredictionPorts, 'db'>,
  request: Request,
): Promise<Pairs> {
  const shadows = new Map<string, LoggedPrediction>();
  await eachPrediction(ports, request, 'shadow', (one) => {
    if (one.route === 'shadow' && one.version === request.shadow) shadows.set(toOccasion(one), one);
    return shadows.size < MOST_PAIRS;
  });
  const earliest = [...shadows.values()].reduce(
    (least, { startedAt }) => Math.min(least, startedAt),
    Number.POSITIVE_INFINITY,
  );
  const pairs: Pair[] = [];
  const failed = { champion: 0, shadow: 0 };
  await eachPrediction(
    ports,
    { ...request, since: Math.max(request.since, earliest - 600_000) },
    undefined,
    (one) => {
      const shadow = one.route === 'shadow' ? undefined : shadows.get(toOccasion(one));
      if (shadow === undefined) return true;
      if (one.status >= 400) failed.champion++;
      if (shadow.status >= 400) failed.shadow++;
      pairs.push(...toPairs(one, shadow, request.signature));
      return pairs.length < MOST_PAIRS;
    },
  );
  return {
    pairs,
    championFailed: failed.champion,
    shadowFailed: failed.shadow,
    isPartial: shadows.size >= MOST_PAIRS || pairs.length >= MOST_PAIRS,
  };
}

/** Calls for each prediction, newest segments first, while `visit` wants more. */
async function eachPrediction(
  { db }: Pick<PredictionPorts, 'db'>,
  { projectId, model, since }: Request,
  only: 'shadow' | undefined,
  visit: (prediction: LoggedPrediction) => boolean,
): Promise<void> {
  const reader = openLogReader(db, projectId);
  let place: { readonly before: number; readonly beforeId: string } | undefined;
  for (;;) {
    const rows = await readSegments(db, projectId, {
      model,
      only,
      since,
      ...place,
      limit: SEGMENTS_AT_ONCE,
    });
    const seen = place?.beforeId;
    const fresh = rows.filter(({ id }) => id !== seen);
    for (const row of fresh)
      for (const prediction of await reader.decode(row)) if (!visit(prediction)) return;
    const last = rows.at(-1);
    if (last === undefined || fresh.length === 0 || rows.length < SEGMENTS_AT_ONCE) return;
    place = { before: last.last_at, beforeId: last.id };
  }
}

function toPairs(
  champion: LoggedPrediction,
  shadow: LoggedPrediction,
  signature: Signature | undefined,
): readonly Pair[] {
  if (champion.outputs === undefined || shadow.outputs === undefined) return [];
  const answers = toRows(champion.outputs, signature);
  const others = toRows(shadow.outputs, signature);
  const inputs = champion.inputs === undefined ? [] : toRows(champion.inputs.columns);
  return answers.flatMap((answer, index) => {
    const other = others[index];
    if (other === undefined) return [];
    return [
      {
        requestId: champion.requestId,
        champion: readAnswer(answer, signature),
        shadow: readAnswer(other, signature),
        input: inputs[index],
      },
    ];
  });
}

/** How often a shadow disagrees with what callers got, where, and how much. */
import { toIso } from '#base';
import type { Scope } from '#base';
import { toMean, toStudentInterval, toWilsonInterval } from '#curation';
import type { Estimate, ShadowPart, ShadowReport } from '@coaia/client';
import { predictionFailures } from '../errors.ts';
import { findSubject } from '../find-model.ts';
import type { PredictionPorts } from '../ports.ts';
import { readSince } from '../since.ts';
import { readPairs, type Pair } from './pairs.ts';
import { toPartition } from './parts.ts';

/** Numbers that differ by more than this part of the champion's standard deviation disagree. */
export const TOLERANCE = 0.01;
/** Parts with fewer pairs say nothing. */
const LEAST_PAIRS = 10;
const MOST_PARTS = 10;

/** AO684 when there is no shadow, or no pair in this time. */
export async function getShadowReport(
  ports: Pick<PredictionPorts, 'db' | 'clock'>,
  scope: Scope,
  model: string,
  query: { readonly since?: string | undefined; readonly version?: number | undefined },
): Promise<ShadowReport> {
  const now = ports.clock();
  const since = readSince(query.since ?? '24h', now);
  const subject = await findSubject(ports, scope, model);
  const shadow = query.version ?? subject.shadow ?? (await readLastShadow(ports, scope, model));
  if (shadow === undefined) throw toNothing(`No version has run as a shadow of ${model}.`);
  const { signature } = subject;
  const read = await readPairs(ports, {
    projectId: scope.projectId,
    model,
    shadow,
    since,
    signature,
  });
  const { pairs } = read;
  if (pairs.length === 0)
    throw toNothing(
      read.shadowFailed === 0
        ? `Version ${shadow} has answered nothing beside the champion of ${model} since ${toIso(since)}.`
        : `Version ${shadow} failed on all ${read.shadowFailed} requests of ${model} since ${toIso(since)}; \`ao predictions --only shadow\` shows why.`,
    );
  const isClass = pairs.every(({ champion }) => champion.label !== undefined);
  const tolerance = isClass ? null : TOLERANCE * toDeviation(pairs);
  const sizes = pairs.map((pair) => toSize(pair, isClass));
  const isApart = (index: number) => (sizes[index] ?? 0) > (tolerance ?? 0);
  const parts = toParts(pairs, isApart);
  const disagreement = toShare(pairs.filter((_, index) => isApart(index)).length, pairs.length);
  return {
    model,
    shadow,
    champion: subject.version,
    from: toIso(since),
    to: toIso(now),
    pairs: pairs.length,
    isPartial: read.isPartial,
    kind: isClass ? 'category' : 'number',
    tolerance,
    disagreement,
    difference: isClass ? null : toDifference(pairs),
    largest: toLargest(pairs, sizes),
    parts,
    championFailed: read.championFailed,
    shadowFailed: read.shadowFailed,
    verdict: toVerdict(shadow, disagreement, parts[0]),
  };
}

const toNothing = (message: string) =>
  predictionFailures.create('AO684', message, { hint: 'ao deploy --shadow VERSION' });

async function readLastShadow(
  { db }: Pick<PredictionPorts, 'db'>,
  { projectId }: Scope,
  model: string,
) {
  const [row] = await db.read<{ version: number }>(
    `SELECT version FROM prediction_stats WHERE project_id = ? AND model = ? AND route = 'shadow' ORDER BY at DESC LIMIT 1`,
    [projectId, model],
  );
  return row?.version;
}

/** 0 or 1 for classes, the distance for numbers. Answers of which one is missing disagree. */
function toSize({ champion, shadow }: Pair, isClass: boolean): number {
  if (isClass) return champion.label === shadow.label ? 0 : 1;
  if (champion.number === undefined || shadow.number === undefined)
    return champion.number === shadow.number ? 0 : Number.POSITIVE_INFINITY;
  return Math.abs(champion.number - shadow.number);
}

function toDeviation(pairs: readonly Pair[]): number {
  const numbers = pairs.flatMap(({ champion }) =>
    champion.number === undefined ? [] : [champion.number],
  );
  if (numbers.length < 2) return 0;
  const mean = toMean(numbers);
  return Math.sqrt(numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (numbers.length - 1));
}

function toDifference(pairs: readonly Pair[]): Estimate | null {
  const numbers = pairs.flatMap(({ champion, shadow }) =>
    champion.number === undefined || shadow.number === undefined
      ? []
      : [shadow.number - champion.number],
  );
  if (numbers.length === 0) return null;
  const interval = toStudentInterval(numbers);
  return {
    value: toMean(numbers),
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    count: numbers.length,
  };
}

export function toShare(hits: number, count: number): Estimate {
  const interval = toWilsonInterval(hits, count);
  return {
    value: count === 0 ? 0 : hits / count,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    count,
  };
}

function toLargest(pairs: readonly Pair[], sizes: readonly number[]): ShadowReport['largest'] {
  return pairs
    .map(({ requestId, champion, shadow }, index) => ({
      requestId,
      champion: champion.label ?? champion.number ?? null,
      shadow: shadow.label ?? shadow.number ?? null,
      size: Math.min(Number.MAX_VALUE, sizes[index] ?? 0),
    }))
    .filter(({ size }) => size > 0)
    .toSorted((left, right) => right.size - left.size)
    .slice(0, MOST_PARTS);
}

/** Parts of the inputs by how sure it is that they disagree: the low end of the interval, largest first. */
function toParts(
  pairs: readonly Pair[],
  isApart: (index: number) => boolean,
): readonly ShadowPart[] {
  const known = pairs
    .map(({ input }, index) => ({ input, index }))
    .filter(({ input }) => input !== undefined);
  const rows = known.map(({ input }) => input ?? {});
  return Object.keys(rows[0] ?? {})
    .flatMap((field) => {
      const toPart = toPartition(field, rows);
      if (toPart === undefined) return [];
      const groups = Map.groupBy(known, ({ input }) => toPart(input ?? {}));
      return [...groups].flatMap(([part, group]) => {
        if (part === undefined || group.length < LEAST_PAIRS || groups.size < 2) return [];
        const hits = group.filter(({ index }) => isApart(index)).length;
        return [{ field, part, disagreement: toShare(hits, group.length) }];
      });
    })
    .toSorted((left, right) => (right.disagreement.low ?? 0) - (left.disagreement.low ?? 0))
    .slice(0, MOST_PARTS);
}

const percent = (share: number | null) => `${Number(((share ?? 0) * 100).toPrecision(2))} %`;

function toVerdict(shadow: number, all: Estimate, part: ShadowPart | undefined): string {
  const range =
    all.low === null ? 'too few for an interval' : `${percent(all.low)} to ${percent(all.high)}`;
  const start = `Version ${shadow} disagrees in ${percent(all.value)} of ${all.count} answers (${range})`;
  const isConcentrated = part !== undefined && (part.disagreement.low ?? 0) > (all.high ?? 1);
  return isConcentrated
    ? `${start}, most where ${part.field} is ${part.part}: ${percent(part.disagreement.value)} of ${part.disagreement.count}.`
    : `${start}.`;
}

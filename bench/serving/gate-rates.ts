/**
 * What the gate of `ao eval` really does: `node bench/serving/gate-rates.ts [TIMES]`. A champion that is wrong on a
 * fifth; versions differ on a tenth of the examples when they are equally good. Margin 2 points.
 */
import { createSeeded } from '../../packages/coaia/src/curation/index.ts';
import {
  toDifference,
  toNeeded,
} from '../../packages/coaia/src/serving/predictions/evaluation/difference.ts';
import { checkGate } from '../../packages/coaia/src/serving/predictions/evaluation/gate.ts';
import { toSignFlipChance } from '../../packages/coaia/src/serving/predictions/evaluation/sign-flips.ts';

const TIMES = Number(process.argv[2] ?? 1000);
const random = createSeeded(5);

/** An error of the candidate alone, of the champion alone, or neither. */
const drawError = (worse: number) => {
  const at = random();
  if (at < 0.05 + worse) return 1;
  return at < 0.1 + worse ? -1 : 0;
};
/** Absolute errors: the champion's is exponential with mean 1, the candidate's partly the same. */
const drawLoss = (worse: number) => {
  const exponential = () => -Math.log(1 - random());
  const shared = exponential();
  return (1 + worse) * (0.8 * shared + 0.2 * exponential()) - shared;
};

/** Chances take long, and most decide nothing. */
const needsChance = (difference: ReturnType<typeof toDifference>, margin: number) =>
  (difference?.low ?? 0) > -0.005 && (difference?.high ?? 0) >= margin;

function toGroup(field: string, differences: readonly number[], metric: string, margin: number) {
  const at = { value: 0, low: null, high: null, count: differences.length };
  const difference = toDifference(differences, { metric });
  return {
    field,
    value: 'x',
    count: differences.length,
    candidate: at,
    baseline: at,
    difference,
    p: needsChance(difference, margin) ? toSignFlipChance(differences) : 1,
    needed: toNeeded(differences, { metric, margin }),
  };
}

function run(name: string, draw: () => number, rows: number, groups: number) {
  const metric = name.startsWith('error') ? 'error_rate' : 'mae';
  const margin = metric === 'mae' ? 0.05 : 0.02;
  const counts = { passes: 0, worse: 0, unclear: 0 };
  for (let time = 0; time < TIMES; time++) {
    const all = Array.from({ length: rows }, draw);
    const parts = Array.from({ length: groups }, (_, group) =>
      toGroup(
        'g',
        all.filter((_one, index) => index % groups === group),
        metric,
        margin,
      ),
    );
    const { passes, reasons } = checkGate({
      against: 1,
      version: 2,
      metric,
      margin,
      failed: { candidate: 0, baseline: 0, onlyCandidate: 0 },
      overall: toGroup('', all, metric, margin),
      groups: parts,
    });
    if (passes) counts.passes++;
    else if (reasons.some((one) => one.includes('is worse'))) counts.worse++;
    else counts.unclear++;
  }
  const share = (count: number) => `${((100 * count) / TIMES).toFixed(1)} %`;
  console.log(
    `${name}, ${rows} rows, ${groups === 0 ? 'no' : groups} groups: passes ${share(counts.passes)}, called worse ${share(counts.worse)}, not enough evidence ${share(counts.unclear)}`,
  );
}

for (const groups of [0, 4])
  for (const rows of [200, 2000])
    for (const worse of [0, 0.02, 0.05])
      run(`errors, worse by ${worse * 100} points`, () => drawError(worse), rows, groups);
for (const worse of [0, 0.05, 0.1])
  run(`mae, worse by ${worse * 100} %`, () => drawLoss(worse), 200, 0);

/**
 * How often the interval of the calibration error holds the true one: `node bench/serving/calibration-rates.ts [TIMES]`.
 * True is the error of the same predictions in the same bins with the true chances in place of outcomes.
 */
import { createSeeded } from '../../packages/coaia/src/curation/index.ts';
import {
  toBinned,
  toCalibrationError,
  toErrorInterval,
} from '../../packages/coaia/src/serving/predictions/outcomes/calibration-error.ts';

const TIMES = Number(process.argv[2] ?? 400);
const random = createSeeded(Number(process.argv[3] ?? 1));

const SCORES = {
  even: () => random(),
  // Most chances small, as for rare events: mean 0.03.
  rare: () => Math.min(1, -0.03 * Math.log(1 - random())),
} as const;

const toLogit = (share: number) => Math.log(share / (1 - share));
const fromLogit = (value: number) => 1 / (1 + Math.exp(-value));
const TRUTHS: Readonly<Record<string, (chance: number) => number>> = {
  'every chance right': (chance) => chance,
  'too sure of itself': (chance) =>
    fromLogit(0.7 * toLogit(Math.min(1 - 1e-9, Math.max(1e-9, chance)))),
  'a fifth too low': (chance) => Math.min(1, chance * 1.25),
  'wrong in one place': (chance) =>
    chance > 0.75 ? chance - 0.2 : chance > 0.03 && chance < 0.05 ? chance + 0.02 : chance,
};

function run(rows: number, draw: () => number, toTruth: (chance: number) => number) {
  const values = Array.from({ length: rows }, draw);
  const chances = values.map((chance) => ({ chance, hasHappened: random() < toTruth(chance) }));
  const binned = toBinned(chances);
  const gaps = binned.bins.map(() => 0);
  for (const [index, chance] of values.entries()) {
    const place = binned.places[index] ?? 0;
    gaps[place] = (gaps[place] ?? 0) + toTruth(chance) - chance;
  }
  const truth = gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / rows;
  const { low, high } = toErrorInterval(chances, binned);
  return {
    truth,
    seen: toCalibrationError(binned),
    width: high - low,
    held: Number(truth >= low && truth <= high),
    below: Number(truth < low),
  };
}

for (const [scores, draw] of Object.entries(SCORES))
  for (const [name, toTruth] of Object.entries(TRUTHS))
    for (const rows of [200, 1000, 5000]) {
      const runs = Array.from({ length: TIMES }, () => run(rows, draw, toTruth));
      const mean = (key: keyof ReturnType<typeof run>) =>
        runs.reduce((sum, one) => sum + one[key], 0) / TIMES;
      const percent = (key: 'held' | 'below') => `${(100 * mean(key)).toFixed(1)} %`;
      console.log(
        `${scores}, ${name}, ${rows} rows: true ${mean('truth').toFixed(4)}, seen ${mean('seen').toFixed(4)}, held in ${percent('held')} (below ${percent('below')}), width ${mean('width').toFixed(4)}`,
      );
    }

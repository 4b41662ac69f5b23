/** Versions of a model and evaluations of them, without files. */
const signature = {
  inputs: [{ name: 'wt' }],
  outputs: [{ name: 'prediction' }],
  task: 'regression',
  example: {},
};

/** A version of contents that are all this letter. */
export function toInput(version: number, letter = 'a', model = 'cars') {
  return {
    folder: '/nowhere',
    manifest: {
      format: 1,
      project: 'cars',
      model,
      version,
      digest: letter.repeat(64),
      language: 'r',
      platform: 'r_lm',
      signature,
      files: {},
    },
  };
}

/** An evaluation whose error differs by so much from the baseline, give or take a tenth. */
export function toEvaluation(version: number, against: number | null, value: number) {
  const at = (middle: number) => ({
    value: middle,
    low: middle - 0.1,
    high: middle + 0.1,
    count: 40,
  });
  const overall = {
    field: '',
    value: 'all',
    count: 40,
    candidate: at(1),
    baseline: against === null ? null : at(1 - value),
    difference: against === null ? null : at(value),
    p: value > 0.1 ? 0.001 : 0.5,
    needed: null,
  };
  const failed = { candidate: 0, baseline: 0, onlyCandidate: 0 };
  const about = { model: 'cars', version, against, source: 'x', metric: 'mae', examples: 40 };
  return { ...about, failed, margin: 0.1, overall, groups: [], power: null, gate: null };
}

/**
 * Stands for fast-check in every test: the same cases in each run, so that a run says something about the change at
 * hand; with `COAIA_SOAK` other cases each time and twenty times as many, to find what nobody has thought of.
 */
import fc from 'fast-check';
import type { IAsyncProperty, IProperty, Parameters } from 'fast-check';

export * from 'fast-check';

const SEED = 20_261_121;
const isSoak = process.env['COAIA_SOAK'] !== undefined;

/** `fc.assert` with the cases of this run; a seed that is given stays. */
export function assert<Ts>(
  property: IAsyncProperty<Ts> | IProperty<Ts>,
  parameters: Parameters<Ts> = {},
): Promise<void> | void {
  return fc.assert(
    property,
    isSoak
      ? { ...parameters, numRuns: 20 * (parameters.numRuns ?? 100) }
      : { seed: SEED, ...parameters },
  );
}

// oxlint-disable-next-line import/no-default-export, import/no-anonymous-default-export -- fast-check has one
export default { ...fc, assert };

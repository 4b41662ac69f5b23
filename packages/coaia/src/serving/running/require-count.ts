/** Options that count something. */
import { projectFailures } from '../projects/errors.ts';

/** AO102 for what is no whole number of at least one. */
export function requireCount(name: string, value: number | undefined): void {
  if (value === undefined || (Number.isInteger(value) && value >= 1)) return;
  throw projectFailures.create('AO102', `--${name} is a whole number of at least 1, not ${value}.`);
}

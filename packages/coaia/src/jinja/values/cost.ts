/**
 * What work on values costs the rendering that is under way. Rendering is synchronous, so there is one at a time;
 * this spares every small function on values an argument.
 */

interface Meter {
  spend(steps: number): void;
}

/** How many characters or items cost as much as one step. */
export const UNITS_PER_STEP = 32;

let active: Meter | undefined;

/** Runs a rendering whose work is counted by the meter. */
export function counting<T>(meter: Meter, run: () => T): T {
  const before = active;
  active = meter;
  try {
    return run();
  } finally {
    active = before;
  }
}

/** Counts one step, and more for long texts and lists. @throws TemplateError at the limit. */
export function spend(units = 0): void {
  active?.spend(1 + units / UNITS_PER_STEP);
}

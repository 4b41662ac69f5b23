/** Counts what a rendering costs and stops it at its limits. */
import { TemplateError } from '../errors.ts';
import type { RenderOptions } from '../options.ts';
import { UNITS_PER_STEP } from '../values/cost.ts';

const DEFAULTS = { maxSteps: 500_000, maxOutput: 2_000_000, maxTime: 2000 } as const;

/** Longest list that a template may make. */
const MAX_ITEMS = 100_000;

/** Deepest evaluation: nested expressions, tags, macros and recursive loops together. */
const MAX_DEPTH = 400;

export class Meter {
  readonly #maxSteps: number;
  readonly #maxOutput: number;
  readonly #deadline: number;
  readonly #maxTime: number;
  #steps = 0;
  #depth = 0;
  #nextLook = 512;

  constructor(options: RenderOptions) {
    this.#maxSteps = options.maxSteps ?? DEFAULTS.maxSteps;
    this.#maxOutput = options.maxOutput ?? DEFAULTS.maxOutput;
    this.#maxTime = options.maxTime ?? DEFAULTS.maxTime;
    this.#deadline = performance.now() + this.#maxTime;
  }

  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > this.#maxSteps)
      throw new TemplateError(`The template takes more than ${this.#maxSteps} steps`, 'COAIA-0973');
    if (this.#steps < this.#nextLook) return;
    this.#nextLook = this.#steps + 512;
    if (performance.now() > this.#deadline)
      throw new TemplateError(`The template takes longer than ${this.#maxTime} ms`, 'COAIA-0973');
  }

  enter(): void {
    this.spend(1);
    this.#depth++;
    if (this.#depth > MAX_DEPTH)
      throw new TemplateError(`The template goes more than ${MAX_DEPTH} levels deep`, 'COAIA-0973');
  }

  leave(): void {
    this.#depth--;
  }

  /** Before a text of this length is made. */
  text(length: number): void {
    if (!(length <= this.#maxOutput))
      throw new TemplateError(
        `A text would be longer than ${this.#maxOutput} characters`,
        'COAIA-0973',
      );
    this.spend(length / UNITS_PER_STEP);
  }

  /** Before a list of this length is made. */
  items(length: number): void {
    if (!(length <= MAX_ITEMS))
      throw new TemplateError(`A list would have more than ${MAX_ITEMS} items`, 'COAIA-0973');
    this.spend(length / UNITS_PER_STEP);
  }
}

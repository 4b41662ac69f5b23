/** One rendering: its options, its limits, its values from outside. */
import { TemplateError } from '../errors.ts';
import { filters } from '../filters/filters.ts';
import type { FilterContext } from '../filters/filter.ts';
import { tests } from '../filters/tests.ts';
import { templateFunctions } from '../functions.ts';
import type { RenderOptions, TemplateVariables, UndefinedPolicy } from '../options.ts';
import { nearestHint } from '../syntax/nearest-hint.ts';
import { CallReader } from '../values/call-values.ts';
import { UNITS_PER_STEP } from '../values/cost.ts';
import { sizeOf } from '../values/items.ts';
import { fromPlain, toPlain } from '../values/convert.ts';
import { Callable, Undefined, type CallValues } from '../values/kinds.ts';

import { findGlobal } from './globals.ts';
import { Meter } from './meter.ts';
import { MissingValueError } from './missing-value.ts';

export class RenderContext {
  readonly meter: Meter;
  readonly policy: UndefinedPolicy;
  readonly #options: RenderOptions;
  readonly #variables: TemplateVariables;
  readonly #known = new Map<string, unknown>();
  readonly #warned = new Set<string>();
  #functions: ReturnType<typeof templateFunctions> | undefined;

  constructor(variables: TemplateVariables, options: RenderOptions) {
    this.#variables = variables;
    this.#options = options;
    this.policy = options.undefined ?? 'empty';
    this.meter = new Meter(options);
  }

  /** A name that no tag has set; each value crosses once, when it is first asked for. */
  readonly outside = (name: string): unknown => {
    if (this.#known.has(name)) return this.#known.get(name);
    const value = this.#find(name);
    this.#known.set(name, value);
    return value;
  };

  #find(name: string): unknown {
    if (Object.hasOwn(this.#variables, name)) return fromPlain(this.#variables[name], name);
    return this.#findFunction(name) ?? findGlobal(name, this.meter) ?? new Undefined(name);
  }

  #findFunction(name: string): Callable | undefined {
    const { functions = {}, now = new Date(), env = {} } = this.#options;
    this.#functions ??= { ...templateFunctions({ now, env }), ...functions };
    if (!Object.hasOwn(this.#functions, name)) return undefined;
    const run = this.#functions[name];
    return (
      run &&
      new Callable(name, (values) =>
        fromPlain(run(...values.positional.map((each) => toPlain(each))), name),
      )
    );
  }

  /** What a missing value does where it is used: an error, a kept tag, or a warning and empty text. */
  miss(value: Undefined): void {
    // An `if` without `else` is meant to give nothing.
    if (value.name === '') return;
    if (this.policy === 'keep') throw new MissingValueError();
    if (this.policy === 'strict')
      throw new TemplateError(`\`${value.name.slice(0, 60)}\` has no value`, 'COAIA-0971');
    if (this.#warned.has(value.name)) return;
    this.#warned.add(value.name);
    this.#options.onWarning?.(`\`${value.name.slice(0, 60)}\` has no value and is left empty.`);
  }

  /** Runs a filter by name. */
  readonly filter = (name: string, value: unknown, values: CallValues): unknown => {
    const filter = filters.get(name);
    if (filter === undefined)
      throw new TemplateError(
        `There is no filter \`${name.slice(0, 40)}\`${nearestHint(name, [...filters.keys()])}`,
        'COAIA-0974',
      );
    this.meter.spend(1 + sizeOf(value) / UNITS_PER_STEP);
    if (value instanceof Undefined && name !== 'default' && name !== 'd') this.miss(value);
    return filter(value, new CallReader(name, values), this.#filterContext);
  };

  /** Runs a test by name. */
  readonly test = (name: string, value: unknown, values: CallValues): boolean => {
    const test = tests.get(name);
    if (test === undefined)
      throw new TemplateError(
        `There is no test \`${name.slice(0, 40)}\`${nearestHint(name, [...tests.keys()])}`,
        'COAIA-0974',
      );
    this.meter.spend(1 + sizeOf(value) / UNITS_PER_STEP);
    if (value instanceof Undefined && name !== 'defined' && name !== 'undefined') this.miss(value);
    return test(value, new CallReader(name, values));
  };

  get #filterContext(): FilterContext {
    return this;
  }
}

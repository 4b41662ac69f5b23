/** Floor 1: renders Jinja templates. */
import { filters } from './filters/filters.ts';
import { tests } from './filters/tests.ts';
import { functionNames } from './functions.ts';
import { globalNames } from './running/globals.ts';

export { jinjaErrors } from './errors.ts';
export { functionNames, templateFunctions } from './functions.ts';
export type {
  RenderOptions,
  TemplateFunction,
  TemplateNames,
  TemplateVariables,
  UndefinedPolicy,
} from './options.ts';
export { findVariables, isTrue, render, renderValue } from './render.ts';

/** The filters, tests and functions that templates may name. */
export const templateWords = {
  filters: [...filters.keys()],
  tests: [...tests.keys()],
  functions: [...functionNames, ...globalNames],
} as const;

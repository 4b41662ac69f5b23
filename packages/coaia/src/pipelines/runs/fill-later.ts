/** Fills in what a step could say only in a run. */
import type { RenderOptions } from '#jinja';
import type { RenderedStep } from '../templates/rendered.ts';
import type { Values } from '../templates/template.ts';
import { renderDeep } from './render-values.ts';

/** The step with its later parts rendered. */
export function fillLater(
  step: RenderedStep,
  variables: Values,
  options: RenderOptions,
): RenderedStep {
  const { later } = step;
  if (later === undefined) return step;
  const fill = (value: unknown) => renderDeep(value, variables, options);
  const { input, output, ...rest } = later.variables ?? {};
  const metadata = { ...rest, ...later.metadata };
  return {
    ...step,
    name: String(fill(later.name) ?? step.name),
    ...(later.description === undefined ? {} : { description: String(fill(later.description)) }),
    ...(input === undefined ? {} : { input: fill(input) }),
    ...(output === undefined ? {} : { output: fill(output) }),
    metadata: { ...step.metadata, ...(fill(metadata) as Values) },
  };
}

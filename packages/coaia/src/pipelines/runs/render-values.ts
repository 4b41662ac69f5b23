/** Values of a step at the moment it runs. */
import { isObject } from '#base';
import { renderValue } from '#jinja';
import type { RenderOptions } from '#jinja';

/**
 * Renders every text inside a value. A text that is one whole expression keeps its type; where that has no value,
 * the member is left out. What was put in is not looked at again.
 */
export function renderDeep(
  value: unknown,
  variables: Readonly<Record<string, unknown>>,
  options: RenderOptions,
): unknown {
  if (typeof value === 'string') return renderValue(value, variables, options);
  if (Array.isArray(value))
    return value
      .map((one) => renderDeep(one, variables, options))
      .filter((one) => one !== undefined);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(
    ([key, one]) => [key, renderDeep(one, variables, options)] as const,
  );
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined));
}

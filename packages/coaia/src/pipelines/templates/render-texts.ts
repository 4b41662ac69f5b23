/** Rendering of the values of a template: texts at any depth. */
import { isTrue, render, renderValue } from '#jinja';
import type { RenderOptions } from '#jinja';
import { guard } from './guard.ts';
import { isExpression } from './names-in.ts';
import type { Values } from './template.ts';

export interface Renderer {
  readonly variables: Values;
  readonly jinja: RenderOptions;
}

/** A text that is one whole `{{ expression }}`. */
const WHOLE = /^\s*\{\{(?:(?!\}\}).)*\}\}\s*$/s;

/** The value with its texts rendered; keys whose whole value is not defined are left out. Throws COAIA-5005. */
export function renderAny(value: unknown, renderer: Renderer, where: string): unknown {
  if (isExpression(value)) return renderOne(value, renderer, where);
  if (Array.isArray(value))
    return value
      .map((item: unknown) => renderAny(item, renderer, where))
      .filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const rendered: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const result = renderAny(item, renderer, `${where}.${key}`);
    if (result !== undefined) rendered[key] = result;
  }
  return rendered;
}

function renderOne(text: string, { variables, jinja }: Renderer, where: string): unknown {
  const options = WHOLE.test(text) ? toLenient(jinja) : jinja;
  return guard(where, () => renderValue(text, variables, options));
}

/** A text rendered to text. */
export function renderText(text: string, { variables, jinja }: Renderer, where: string): string {
  return isExpression(text) ? guard(where, () => render(text, variables, jinja)) : text;
}

/** Whether a condition holds. */
export function isKept(condition: string, { variables, jinja }: Renderer, where: string): boolean {
  return guard(where, () => isTrue(condition, variables, toLenient(jinja)));
}

/** Where a missing value means something of its own: the key is left out, or the condition is false. */
export function toLenient(jinja: RenderOptions): RenderOptions {
  return { ...jinja, undefined: 'empty', onWarning: () => undefined };
}

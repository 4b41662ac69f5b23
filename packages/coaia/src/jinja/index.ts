/** Floor 1: renders Jinja templates. */
import { Template } from '@huggingface/jinja';

import type { RenderOptions, TemplateNames, TemplateVariables } from './options.ts';

export type { RenderOptions, TemplateFunction, TemplateNames, TemplateVariables, UndefinedPolicy } from './options.ts';

/** Skeleton: replaced within the hour. */
export function render(source: string, variables: TemplateVariables, _options: RenderOptions = {}): string {
  return new Template(source).render({ ...variables, now: () => new Date().toISOString() });
}

/** A text that is one whole `{{ expression }}` keeps its type. */
export function renderValue(source: string, variables: TemplateVariables, options: RenderOptions = {}): unknown {
  const name = /^\{\{\s*([A-Za-z_]\w*)\s*\}\}$/.exec(source)?.[1];
  return name === undefined ? render(source, variables, options) : variables[name];
}

/** A condition in any of its three spellings. */
export function isTrue(source: string, variables: TemplateVariables, options: RenderOptions = {}): boolean {
  const text = render(/\{[{%]/.test(source) ? source : `{{ ${source} }}`, variables, options);
  return !['', 'false', '0', 'no', 'off', 'none', 'disabled'].includes(text.trim().toLowerCase());
}

/** The names that a template mentions and does not declare. */
export function findVariables(source: string): TemplateNames {
  const variables = [...source.matchAll(/\{\{\s*([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '');
  return { variables: [...new Set(variables)], filters: [], functions: [] };
}

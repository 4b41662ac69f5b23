/** Which names the texts of a step speak of. */
import { findVariables } from '#jinja';
import { guard } from './guard.ts';
import type { Template, TemplateStep } from './template.ts';

export interface NamesIn {
  readonly variables: ReadonlySet<string>;
  readonly filters: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}

/** Names in all texts of a value, at any depth. Throws COAIA-0970 for an expression that cannot be read. */
export function findNames(value: unknown): NamesIn {
  const names = {
    variables: new Set<string>(),
    filters: new Set<string>(),
    functions: new Set<string>(),
  };
  for (const text of listTexts(value)) {
    const found = findVariables(text);
    for (const name of found.variables) names.variables.add(name);
    for (const name of found.filters) names.filters.add(name);
    for (const name of found.functions) names.functions.add(name);
  }
  return names;
}

/** A condition as a template text: a bare expression is put between braces. */
export function toConditionText(condition: string): string {
  return hasExpression(condition) ? condition : `{{ ${condition} }}`;
}

function listTexts(value: unknown): readonly string[] {
  if (isExpression(value)) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((item) => listTexts(item));
}

/** Whether any text in the value speaks of one of the names. */
export function speaksOf(value: unknown, names: ReadonlySet<string>): boolean {
  return listTexts(value).some((text) =>
    findVariables(text).variables.some((name) => names.has(name)),
  );
}

/** True for a text in which something is to be rendered. */
export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && hasExpression(value);
}

/** The same for what is known to be a text. */
export function hasExpression(text: string): boolean {
  return /\{[{%#]/.test(text);
}

/** Names that only a run knows: `steps` and what steps export. */
export function listLater({ steps }: Pick<Template, 'steps'>): ReadonlySet<string> {
  return new Set(['steps', ...steps.flatMap(({ export_as: name }) => name ?? [])]);
}

/** Everything of a step in which names may stand, field by field. */
export function listFields(
  step: TemplateStep,
): readonly (readonly [field: string, value: unknown])[] {
  const { conditional, foreach, ...others } = step;
  return [
    ...Object.entries(others),
    ...(conditional === undefined ? [] : [['conditional', toConditionText(conditional)] as const]),
    ...(foreach === undefined
      ? []
      : [['foreach', typeof foreach === 'string' ? toConditionText(foreach) : foreach] as const]),
  ];
}

/**
 * Names that steps speak of and nobody gives, as sentences without a full stop. Throws COAIA-5005 for expressions
 * that cannot be read.
 */
export function listUndeclared(template: Template): readonly string[] {
  const known = new Set([...template.variables.map(({ name }) => name), ...listLater(template)]);
  return template.steps.flatMap((step) => {
    const names = new Set(
      listFields(step).flatMap(([field, value]) => [
        ...guard(`step "${step.name}", ${field}`, () => findNames(value)).variables,
      ]),
    );
    return [...names]
      .filter((name) => !known.has(name) && !(step.foreach !== undefined && isItem(name)))
      .map((name) => `the step "${step.name}" speaks of ${name}, which is no variable`);
  });
}

/** What a step with `foreach` knows besides. */
export function isItem(name: string): boolean {
  return name === 'item' || name === 'index';
}

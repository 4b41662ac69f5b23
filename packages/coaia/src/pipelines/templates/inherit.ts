/** Inheritance: a template lays its own fields over those of the one it extends. */
import type { Finding } from './problem.ts';
import type { StepFields, TemplateFields, VariableFields } from './schema.ts';

/**
 * The child over its base. Variables override by name and steps by id or name, field by field; null takes a field
 * away. New ones are appended, unless `before` or `after` places them. The version is always the child's own.
 */
export function inherit(
  base: TemplateFields,
  child: TemplateFields,
): { readonly fields: TemplateFields; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const steps = toSteps(base.steps ?? [], child.steps ?? [], findings);
  const fields: TemplateFields = {
    ...base,
    ...given(child),
    version: child.version ?? '1.0',
    metadata: { ...base.metadata, ...child.metadata },
    variables: toVariables(base.variables ?? [], child.variables ?? []),
    steps,
  };
  return { fields: { ...fields, extends: undefined }, findings };
}

function given<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

function toVariables(
  base: readonly VariableFields[],
  child: readonly VariableFields[],
): VariableFields[] {
  const own = new Map(child.map((variable) => [variable.name, variable]));
  const known = new Set(base.map(({ name }) => name));
  return [
    ...base.map((variable) => {
      const over = own.get(variable.name);
      return over === undefined ? variable : { ...variable, ...given(over) };
    }),
    ...child.filter(({ name }) => !known.has(name)),
  ];
}

function toSteps(
  base: readonly StepFields[],
  child: readonly StepFields[],
  findings: Finding[],
): StepFields[] {
  const steps = [...base];
  for (const [index, step] of child.entries()) {
    const at = findStep(steps, step);
    const path = ['steps', index];
    if (step.remove === true) {
      if (at === -1) findings.push(missing('there is no step to remove with this name', path));
      else steps.splice(at, 1);
      continue;
    }
    const { before, after, ...fields } = step;
    const merged = at === -1 ? fields : { ...steps[at], ...given(fields) };
    const place = before ?? after;
    if (place === undefined || place === null) {
      if (at === -1) steps.push(merged);
      else steps[at] = merged;
      continue;
    }
    if (at !== -1) steps.splice(at, 1);
    const beside = steps.findIndex(({ id, name }) => id === place || name === place);
    if (beside === -1) {
      findings.push(missing(`there is no step "${place}" to stand beside`, path));
      steps.push(merged);
    } else steps.splice(before === place ? beside : beside + 1, 0, merged);
  }
  return steps;
}

/** By id; a step without an id, or whose id nobody has, is found by its name. */
function findStep(steps: readonly StepFields[], { id, name }: StepFields): number {
  const byId = steps.findIndex((step) => typeof id === 'string' && step.id === id);
  if (byId !== -1 || typeof name !== 'string') return byId;
  return steps.findIndex((step) => step.name === name && (!step.id || !id));
}

function missing(message: string, path: readonly (string | number)[]): Finding {
  return { code: 'inheritance', message, path };
}

/** Rules about the variables of a template. */
import { isCoaiaError } from '#base';
import { coerce } from './coerce.ts';
import { isExpression, listFields, findNames } from './names-in.ts';
import { toPattern } from './pattern.ts';
import type { Finding } from './problem.ts';
import type { Template, TemplateVariable } from './template.ts';

/** Read by the program itself, not by steps. */
const USED_ANYWAY: ReadonlySet<string> = new Set(['user_id', 'session_id']);

export function checkVariables(template: Template): readonly Finding[] {
  const seen = new Set<string>();
  return template.variables.flatMap((variable, index) => {
    const path = ['variables', index];
    const isRepeated = seen.has(variable.name);
    seen.add(variable.name);
    return [
      ...(isRepeated
        ? [
            {
              code: 'duplicate-variable',
              message: `two variables are called ${variable.name}`,
              path: [...path, 'name'],
            },
          ]
        : []),
      ...checkDefault(variable, path),
      ...checkBounds(variable, path),
    ];
  });
}

function checkDefault(
  variable: TemplateVariable,
  path: readonly (string | number)[],
): readonly Finding[] {
  const { default: value, secret } = variable;
  const at = [...path, 'default'];
  if (value === null) return [];
  const unreadable = checkExpression(value, at);
  if (secret === true)
    return [
      {
        code: 'secret-default',
        message: `${variable.name} is a secret, and its default stands in the file for everybody to read`,
        path: at,
      },
      ...unreadable,
    ];
  if (unreadable.length > 0 || isExpression(value)) return unreadable;
  const coerced = coerce(variable, value);
  return 'problem' in coerced
    ? [{ code: 'default', message: `the default does not fit: ${coerced.problem}`, path: at }]
    : [];
}

function checkExpression(value: unknown, path: readonly (string | number)[]): readonly Finding[] {
  try {
    findNames(value);
    return [];
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    return [{ code: 'expression', message: error.message.replace(/\.$/, ''), path }];
  }
}

function checkBounds(
  variable: TemplateVariable,
  path: readonly (string | number)[],
): readonly Finding[] {
  const { type, pattern, min, max } = variable;
  const isNumber = type === 'number' || (min === undefined && max === undefined);
  const rules: readonly (readonly [isBroken: boolean, field: string, message: string])[] = [
    [
      pattern !== undefined && toPattern(pattern) === undefined,
      'pattern',
      'this is no regular expression',
    ],
    [isLarger(min, max), 'min', 'min is larger than max'],
    [
      isLarger(variable.minLength, variable.maxLength),
      'minLength',
      'minLength is larger than maxLength',
    ],
    [!isNumber, min === undefined ? 'max' : 'min', 'only numbers have min and max'],
  ];
  return rules
    .filter(([isBroken]) => isBroken)
    .map(([, field, message]) => ({ code: 'rule', message, path: [...path, field] }));
}

function isLarger(least: number | undefined, most: number | undefined): boolean {
  return least !== undefined && most !== undefined && least > most;
}

/** Variables that nothing speaks of: most often a name written in two ways. */
export function checkUse(template: Template): readonly Finding[] {
  const texts = [
    ...template.steps.flatMap((step) => listFields(step).map(([, value]) => value)),
    ...template.variables.map((variable) => variable.default),
  ];
  const used = new Set(texts.flatMap((text) => [...findNames(text).variables]));
  return template.variables.flatMap(({ name }, index) =>
    used.has(name) || USED_ANYWAY.has(name)
      ? []
      : [
          {
            severity: 'warning' as const,
            code: 'unused-variable',
            message: `nothing speaks of the variable ${name}`,
            path: ['variables', index, 'name'],
          },
        ],
  );
}

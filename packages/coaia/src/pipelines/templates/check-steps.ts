/** Rules about the steps of a template. */
import { isCoaiaError } from '#base';
import { isTrue, templateWords } from '#jinja';
import { toMilliseconds } from './duration.ts';
import { linkSteps } from './link-steps.ts';
import {
  findNames,
  hasExpression,
  isExpression,
  isItem,
  listFields,
  listLater,
  toConditionText,
} from './names-in.ts';
import type { Finding } from './problem.ts';
import type { Template, TemplateStep } from './template.ts';

const FILTERS: ReadonlySet<string> = new Set(templateWords.filters);
const FUNCTIONS: ReadonlySet<string> = new Set(templateWords.functions);

type Path = readonly (string | number)[];

/** @param actions Names of actions that can run here; undefined where that is not known. */
export function checkSteps(
  template: Template,
  actions: ReadonlySet<string> | undefined,
): readonly Finding[] {
  const known = new Set([...template.variables.map(({ name }) => name), ...listLater(template)]);
  const findings = template.steps.flatMap((step, index) => {
    const path = ['steps', index];
    return [
      ...checkExpressions(step, path, known),
      ...checkReferences(step, path, template.steps),
      ...checkTimes(step, path),
      ...checkCondition(step, path),
      ...checkAction(step, path, actions),
    ];
  });
  return [
    ...checkIds(template.steps),
    ...findings,
    ...(findings.some(({ code }) => code === 'reference') ? [] : checkOrder(template.steps)),
    ...checkEmpty(template.steps),
  ];
}

function checkIds(steps: readonly TemplateStep[]): readonly Finding[] {
  const seen = new Set<string>();
  return steps.flatMap(({ id, name }, index) => {
    if (name === '')
      return [{ code: 'schema', message: 'a step needs a name', path: ['steps', index] }];
    if (id === undefined || hasExpression(id)) return [];
    const isRepeated = seen.has(id);
    seen.add(id);
    return isRepeated
      ? [
          {
            code: 'duplicate-step',
            message: `two steps have the id ${id}`,
            path: ['steps', index, 'id'],
          },
        ]
      : [];
  });
}

function checkExpressions(
  step: TemplateStep,
  path: Path,
  known: ReadonlySet<string>,
): readonly Finding[] {
  return listFields(step).flatMap(([field, value]) => {
    const at = [...path, field];
    try {
      const { variables, filters, functions } = findNames(value);
      const hasItem = step.foreach !== undefined && field !== 'foreach';
      const unknown = [...variables].filter(
        (name) => !known.has(name) && !(hasItem && isItem(name)),
      );
      return [
        ...toFindings('undefined-variable', unknown, (name) => `no variable is called ${name}`, at),
        ...toFindings(
          'undefined-filter',
          [...filters].filter((name) => !FILTERS.has(name)),
          (name) => `no filter is called ${name}`,
          at,
        ),
        ...toFindings(
          'undefined-function',
          [...functions].filter((name) => !FUNCTIONS.has(name) && !known.has(name)),
          (name) => `no function is called ${name}`,
          at,
        ),
      ];
    } catch (error) {
      if (!isCoaiaError(error)) throw error;
      return [{ code: 'expression', message: error.message.replace(/\.$/, ''), path: at }];
    }
  });
}

function toFindings(
  code: string,
  names: readonly string[],
  say: (name: string) => string,
  path: Path,
): readonly Finding[] {
  return names.map((name) => ({ code, message: say(name), path }));
}

/** What a step names must be there; names that are made by expressions are known only when they are rendered. */
function checkReferences(
  step: TemplateStep,
  path: Path,
  steps: readonly TemplateStep[],
): readonly Finding[] {
  const { parent, needs = [], on_failure: rule } = step;
  const others = new Set(steps.filter((one) => one !== step).flatMap(({ id, name }) => [id, name]));
  const instead = rule === undefined || rule === 'fail' || rule === 'continue' ? [] : [rule].flat();
  const named = [
    ...(parent === undefined || parent === '' ? [] : [['parent', parent] as const]),
    ...needs.map((name) => ['needs', name] as const),
    ...instead.map((name) => ['on_failure', name] as const),
  ];
  return named
    .filter(([, name]) => !others.has(name) && !isExpression(name))
    .map(([field, name]) => ({
      code: 'reference',
      message: `there is no other step "${name}"`,
      path: [...path, field],
    }));
}

function checkTimes(step: TemplateStep, path: Path): readonly Finding[] {
  const { timeout, duration, start_offset, retry } = step;
  const times = {
    timeout,
    duration,
    start_offset,
    'retry.backoff': retry?.backoff,
    'retry.max': retry?.max,
  };
  return Object.entries(times)
    .filter(
      ([, time]) => time !== undefined && !isExpression(time) && toMilliseconds(time) === undefined,
    )
    .map(([field, time]) => ({
      code: 'duration',
      message: `${JSON.stringify(time)} is no length of time such as 30s or 5m`,
      path: [...path, ...field.split('.')],
    }));
}

/** A condition that speaks of nothing is always the same. */
function checkCondition({ conditional }: TemplateStep, path: Path): readonly Finding[] {
  if (conditional === undefined) return [];
  try {
    const { variables, functions } = findNames(toConditionText(conditional));
    if (variables.size + functions.size > 0 || isTrue(conditional, {})) return [];
  } catch {
    // The expression is reported where expressions are.
    return [];
  }
  return [
    {
      severity: 'warning',
      code: 'unreachable',
      message: 'the condition is never true',
      path: [...path, 'conditional'],
    },
  ];
}

function checkAction(
  { action, with: input }: TemplateStep,
  path: Path,
  actions: ReadonlySet<string> | undefined,
): readonly Finding[] {
  if (action === undefined)
    return input === undefined
      ? []
      : [
          {
            severity: 'warning',
            code: 'no-action',
            message: '"with" has no effect without an action',
            path: [...path, 'with'],
          },
        ];
  if (actions === undefined || actions.has(action)) return [];
  return [
    {
      code: 'undefined-action',
      message: `no action is called ${action}`,
      path: [...path, 'action'],
    },
  ];
}

function checkOrder(steps: readonly TemplateStep[]): readonly Finding[] {
  try {
    linkSteps(
      steps.map((step) => ({
        step: { ...step, on_failure: 'fail' },
        name: step.name,
        ...(step.id === undefined ? {} : { id: step.id }),
        ...(step.parent === undefined || isExpression(step.parent) ? {} : { parent: step.parent }),
        needs: (step.needs ?? []).filter((name) => !isExpression(name)),
        isKept: true,
      })),
    );
    return [];
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    return [{ code: 'order', message: error.message.replace(/\.$/, ''), path: ['steps'] }];
  }
}

function checkEmpty(steps: readonly TemplateStep[]): readonly Finding[] {
  return steps.length > 0
    ? []
    : [
        {
          severity: 'warning',
          code: 'no-steps',
          message: 'the template has no steps, so it makes an empty trace',
          path: [],
        },
      ];
}

/** What an evaluator does: pure rules about prompts, their variables and where the values come from. */
import type { EvaluationTarget, EvaluatorDefinition, VariableMapping } from '@coaia/client';
import { evaluatorFailures } from './errors.ts';
import { parseJsonPath } from './json-path.ts';

/** Fields that the code of an evaluator gets; what reads list as its variables. */
export const CODE_VARIABLES = [
  'input',
  'output',
  'metadata',
  'tool_calls',
  'expected_output',
  'experiment_item_metadata',
] as const;

const VARIABLE = /\{\{\s*([A-Za-z_][\w-]*)\s*\}\}/g;

/** Variables of the prompt, each once, in order; none for code. */
export function listVariables(definition: EvaluatorDefinition): readonly string[] {
  if (definition.type === 'code') return [];
  const texts = definition.prompt.map(({ content }) => content);
  return [
    ...new Set(texts.flatMap((text) => [...text.matchAll(VARIABLE)].map(([, name = '']) => name))),
  ];
}

/** Replaces every variable by its value; what a value brings along is not looked at again. */
export function renderText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(VARIABLE, (whole, name: string) => values[name] ?? whole);
}

const EXPERIMENT_SOURCES = new Set(['expected_output', 'experiment_item_metadata']);

/**
 * Checks a mapping by itself: paths can be read, no variable twice, all of them in the prompt. With a target also
 * that the target has the sources. Fails with COAIA-2252, 2253 or 2254; `field` leads to the place in the request.
 */
export function requireMapping(
  mapping: readonly VariableMapping[],
  variables: readonly string[],
  { target, field }: { readonly target?: EvaluationTarget | undefined; readonly field: string },
): void {
  const seen = new Set<string>();
  for (const [index, { variable, source, jsonPath }] of mapping.entries()) {
    const place = `${field}[${index}]`;
    if (seen.has(variable))
      throw evaluatorFailures.create('COAIA-2252', `The variable "${variable}" is mapped twice.`, {
        details: { field: place, variable },
      });
    seen.add(variable);
    if (!variables.includes(variable))
      throw evaluatorFailures.create(
        'COAIA-2253',
        `The prompt has no variable "${variable}"; it has ${variables.join(', ') || 'none'}.`,
        { details: { field: `${place}.variable`, variable } },
      );
    if (target !== undefined && target !== 'experiment' && EXPERIMENT_SOURCES.has(source))
      throw evaluatorFailures.create(
        'COAIA-2253',
        `The source "${source}" exists only for experiments.`,
        { details: { field: `${place}.source`, variable } },
      );
    if (jsonPath !== undefined) requirePath(jsonPath, variable, `${place}.jsonPath`);
  }
}

function requirePath(path: string, variable: string, field: string): void {
  if (parseJsonPath(path) === undefined)
    throw evaluatorFailures.create(
      'COAIA-2254',
      `"${path}" is no JSONPath that can be used here.`,
      {
        details: { field, variable, value: path },
      },
    );
}

/**
 * The mapping that holds for an assignment: its own, else the evaluator's, else each variable from the source of
 * the same name. Fails with COAIA-2251 when a variable is left over.
 */
export function toEffectiveMapping(
  definition: EvaluatorDefinition,
  override: readonly VariableMapping[] | null,
): readonly VariableMapping[] {
  if (definition.type === 'code') return [];
  const variables = listVariables(definition);
  const given = override ?? definition.variableMapping ?? [];
  const missing = variables.filter((name) => !given.some(({ variable }) => variable === name));
  // A mapping that was given is complete or wrong; without any, names that say where they come from are enough.
  const isGiven = override !== null || definition.variableMapping !== null;
  const found = isGiven ? [] : missing.flatMap((variable) => toOwnName(variable));
  if (given.length + found.length < variables.length)
    throw evaluatorFailures.create(
      'COAIA-2251',
      `These variables of the prompt have no source: ${missing.join(', ')}.`,
      { details: { field: 'mapping', variables: missing } },
    );
  return [...given, ...found];
}

function toOwnName(variable: string): readonly VariableMapping[] {
  const source = CODE_VARIABLES.find((name) => name === variable);
  return source === undefined ? [] : [{ variable, source }];
}

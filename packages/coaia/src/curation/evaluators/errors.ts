/**
 * Codes of evaluators, evaluation rules and evaluations: COAIA-2250 to 2299. The names are the codes that the
 * Langfuse API has for them.
 */
import { defineErrors, EXIT } from '#base';

export const evaluatorFailures = defineErrors({
  'COAIA-2250': {
    status: 422,
    exit: EXIT.config,
    name: 'evaluator_preflight_failed',
    explain:
      'The evaluator cannot run: its model connection does not exist, the project has no model connection at all, or the sandbox for its code is missing. Nothing was evaluated and no score was made. Add a connection under Settings or with `coaia models connections set`, or name another one in `modelConfig`.',
  },
  'COAIA-2251': {
    status: 400,
    exit: EXIT.usage,
    name: 'missing_variable_mapping',
    explain:
      'A variable of the prompt has no source. Every variable is mapped exactly once, by the rule or by the evaluator itself.',
  },
  'COAIA-2252': {
    status: 400,
    exit: EXIT.usage,
    name: 'duplicate_variable_mapping',
    explain: 'A variable of the prompt is mapped more than once. Keep one of the entries.',
  },
  'COAIA-2253': {
    status: 400,
    exit: EXIT.usage,
    name: 'invalid_variable_mapping',
    explain:
      'A mapping names a variable that the prompt does not have, or a source that the target does not have: expected output and item metadata exist only for experiments. Code evaluators take no mapping.',
  },
  'COAIA-2254': {
    status: 400,
    exit: EXIT.usage,
    name: 'invalid_json_path',
    explain:
      'The JSONPath of a mapping could not be read. It starts with `$`; names, indexes, slices, `*` and `..` may follow. Filter expressions are not supported.',
  },
  'COAIA-2255': {
    status: 400,
    exit: EXIT.usage,
    name: 'invalid_filter_value',
    explain:
      'A condition of an evaluation rule names a column, operator or value that does not exist for the target. The details name the column and what it takes.',
  },
  'COAIA-2256': {
    status: 409,
    exit: EXIT.failed,
    name: 'name_conflict',
    explain:
      'The project has an evaluation rule of that name. Change that one, or choose another name.',
  },
  'COAIA-2257': {
    status: 409,
    exit: EXIT.failed,
    name: 'conflict',
    explain:
      'The project has 500 evaluation rules that are switched on, as many as may be at once. Switch one off first.',
  },
  'COAIA-2258': {
    status: 400,
    exit: EXIT.usage,
    name: 'invalid_body',
    explain:
      'The evaluator or rule cannot be changed like that: the type of an evaluator is fixed, and a rule that is on needs at least one evaluator.',
  },
  'COAIA-2260': {
    status: 502,
    exit: EXIT.failed,
    name: 'malformed_judgement',
    explain:
      'The model answered, but not with the reasoning and score that were asked for, or with a score outside its range or categories. No score was made. The trace of the call shows what the model said; a model that knows structured output helps.',
  },
  'COAIA-2261': {
    status: 422,
    exit: EXIT.failed,
    name: 'malformed_result',
    explain:
      'A code evaluator returned something that is no list of scores: `{scores: [{name, value, dataType, comment}]}`, with a value that fits its data type. No score was made.',
  },
  'COAIA-2262': {
    status: 404,
    exit: EXIT.failed,
    name: 'resource_not_found',
    explain:
      'What was to be evaluated is not there any more: the trace or observation was deleted, or never arrived.',
  },
  'COAIA-2263': {
    status: 500,
    exit: EXIT.failed,
    name: 'internal_error',
    explain:
      'The evaluation was begun several times and its process ended each time before it was done, so it is not tried again.',
  },
});

/** 422 with what could not run. */
export function preflightFailed(message: string, details: unknown, hint?: string) {
  return evaluatorFailures.create('COAIA-2250', message, {
    details,
    ...(hint === undefined ? {} : { hint }),
  });
}

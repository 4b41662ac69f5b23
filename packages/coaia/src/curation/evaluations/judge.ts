/** A model as judge: the prompt with the subject's values, and what its answer has to look like. */
import { isObject } from '#base';
import type { Json } from '#base';
import type {
  ChatMessage,
  EvaluatorOutput,
  GivenScore,
  JudgeDefinition,
  VariableMapping,
} from '@coaia/client';
import { renderText } from '../evaluators/definition.ts';
import { evaluatorFailures } from '../evaluators/errors.ts';
import { readJsonPath } from '../evaluators/json-path.ts';
import type { EvaluationSubject } from './subject.ts';

/** The messages for one subject. */
export function toMessages(
  definition: JudgeDefinition,
  mapping: readonly VariableMapping[],
  subject: EvaluationSubject,
): readonly ChatMessage[] {
  const values = Object.fromEntries(
    mapping.map((entry) => [entry.variable, toText(readSource(subject, entry))]),
  );
  return definition.prompt.map(({ role, content }) => ({
    role,
    content: renderText(content, values),
  }));
}

function readSource(
  subject: EvaluationSubject,
  { source, jsonPath }: VariableMapping,
): Json | undefined {
  const sources: Readonly<Record<string, Json | undefined>> = {
    input: subject.input,
    output: subject.output,
    metadata: subject.metadata,
    tool_calls: subject.toolCalls as unknown as Json,
    expected_output: subject.experiment?.expectedOutput,
    experiment_item_metadata: subject.experiment?.itemMetadata,
  };
  const value = sources[source];
  return value === undefined || jsonPath === undefined ? value : readJsonPath(value, jsonPath);
}

/** Texts as they are, everything else as JSON; what is absent is empty. */
function toText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** JSON Schema of the answer: the reasoning first, so that the score follows from it. */
export function toResponseSchema(output: EvaluatorOutput): Record<string, unknown> {
  const described = (text: string | undefined, usual: string) => ({ description: text || usual });
  return {
    type: 'object',
    properties: {
      reasoning: {
        type: 'string',
        ...described(output.scoreReasoningInstructions, 'Why this score, in a few sentences.'),
      },
      score: {
        ...toScoreSchema(output),
        ...described(output.scoreValueInstructions, 'The score.'),
      },
    },
    required: ['reasoning', 'score'],
    additionalProperties: false,
  };
}

function toScoreSchema(output: EvaluatorOutput): Record<string, unknown> {
  const { dataType, categories = [], minValue, maxValue } = output;
  if (dataType === 'BOOLEAN') return { type: 'boolean' };
  if (dataType === 'NUMERIC')
    return {
      type: 'number',
      ...(minValue === undefined ? {} : { minimum: minValue }),
      ...(maxValue === undefined ? {} : { maximum: maxValue }),
    };
  const one = { type: 'string', enum: categories };
  return output.shouldAllowMultipleMatches === true ? { type: 'array', items: one } : one;
}

/**
 * The scores that an answer means: one, or one per category when several may match. Fails with COAIA-2260 for
 * anything that is not exactly what was asked for; nothing is guessed.
 */
export function parseJudgement(
  text: string,
  name: string,
  output: EvaluatorOutput,
): readonly GivenScore[] {
  const answer = parseAnswer(text);
  const reasoning = isObject(answer ?? null)
    ? (answer as Record<string, Json>)['reasoning']
    : undefined;
  const score = isObject(answer ?? null) ? (answer as Record<string, Json>)['score'] : undefined;
  if (typeof reasoning !== 'string') throw malformed('it has no reasoning', text);
  if (score === undefined) throw malformed('it has no score', text);
  const { dataType } = output;
  const comment = reasoning;
  return toValues(score, output, text).map((value) => ({ name, dataType, value, comment }));
}

function toValues(
  score: Json,
  output: EvaluatorOutput,
  text: string,
): readonly (number | string | boolean)[] {
  const { dataType, minValue = -Infinity, maxValue = Infinity } = output;
  if (dataType === 'BOOLEAN') {
    if (typeof score !== 'boolean') throw malformed('its score is not true or false', text);
    return [score];
  }
  if (dataType === 'NUMERIC') {
    if (typeof score !== 'number') throw malformed('its score is no number', text);
    if (score < minValue || score > maxValue)
      throw malformed(`its score ${score} lies outside ${minValue} to ${maxValue}`, text);
    return [score];
  }
  return toCategories(score, output, text);
}

function toCategories(score: Json, output: EvaluatorOutput, text: string): readonly string[] {
  const { categories = [], shouldAllowMultipleMatches = false } = output;
  const isList = Array.isArray(score);
  if (isList !== shouldAllowMultipleMatches)
    throw malformed(isList ? 'its score is a list' : 'its score is no list of categories', text);
  const given = isList ? (score as readonly Json[]) : [score];
  const known = given.filter((one): one is string => categories.includes(one as string));
  if (known.length !== given.length || known.length === 0)
    throw malformed(`its score is none of ${categories.join(', ')}`, text);
  return [...new Set(known)];
}

/** JSON, perhaps inside a fence as chat models like to write it. */
function parseAnswer(text: string): Json | undefined {
  const inside = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1] ?? text;
  try {
    return JSON.parse(inside) as Json;
  } catch {
    return undefined;
  }
}

function malformed(why: string, text: string) {
  const start = text.trim().slice(0, 200);
  return evaluatorFailures.create(
    'COAIA-2260',
    `The judge's answer cannot be used: ${why}. It begins: ${start === '' ? '(empty)' : start}`,
  );
}

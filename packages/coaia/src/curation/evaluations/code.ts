/** Evaluators that are code: what they get, and the scores they give back. */
import { isObject } from '#base';
import type { Json } from '#base';
import { runPython, runScript } from '#sandbox';
import type { CodeDefinition, GivenScore } from '@coaia/client';
import { evaluatorFailures } from '../evaluators/errors.ts';
import { PYTHON_PRELUDE } from './python-prelude.ts';
import type { EvaluationSubject } from './subject.ts';

/** A score of code, which may also name a score config. */
export interface CodeScore extends GivenScore {
  readonly configId?: string | undefined;
  readonly metadata?: Json | undefined;
}

const MOST_SCORES = 50;

/** Calls `evaluate` in the sandbox. Fails with COAIA-0750 to 0762, and COAIA-2261 for no list of scores. */
export async function runCode(
  { sourceCode: source, sourceCodeLanguage }: CodeDefinition,
  subject: EvaluationSubject,
): Promise<readonly CodeScore[]> {
  const task = { source, entry: 'evaluate', input: toContext(subject) };
  const result =
    sourceCodeLanguage === 'PYTHON'
      ? await runPython({ ...task, prelude: PYTHON_PRELUDE })
      : await runScript({ ...task, language: 'typescript' });
  return parseScores(result);
}

function toContext({ input, output, metadata, toolCalls, experiment }: EvaluationSubject): Json {
  const observation = { input, output, metadata, toolCalls };
  const item =
    experiment === undefined
      ? {}
      : {
          experiment: {
            itemExpectedOutput: experiment.expectedOutput,
            itemMetadata: experiment.itemMetadata,
          },
        };
  return { observation, ...item } as unknown as Json;
}

/** Scores in a result, in the spelling of either language. Fails with COAIA-2261. */
export function parseScores(result: Json): readonly CodeScore[] {
  const scores = isObject(result) ? result['scores'] : undefined;
  if (!Array.isArray(scores)) throw malformed('it has no list "scores"');
  if (scores.length === 0) throw malformed('its list of scores is empty');
  if (scores.length > MOST_SCORES) throw malformed(`it has more than ${MOST_SCORES} scores`);
  return (scores as readonly Json[]).map((score, index) => toScore(score, index));
}

function toScore(given: Json, index: number): CodeScore {
  const place = `scores[${index}]`;
  if (!isObject(given)) throw malformed(`${place} is no object`);
  const { name, value, comment } = given;
  if (typeof name !== 'string' || name === '') throw malformed(`${place} has no name`);
  const dataType = toDataType(given['dataType'] ?? given['data_type'], value ?? null, place);
  const configId = given['configId'] ?? given['config_id'];
  const metadata = given['metadata'];
  return {
    name,
    dataType,
    value: value as number | string | boolean,
    comment: typeof comment === 'string' ? comment : null,
    ...(typeof configId === 'string' ? { configId } : {}),
    ...(isObject(metadata ?? null) ? { metadata: metadata ?? null } : {}),
  };
}

const KINDS: Readonly<Record<string, readonly GivenScore['dataType'][]>> = {
  number: ['NUMERIC'],
  boolean: ['BOOLEAN'],
  string: ['CATEGORICAL', 'TEXT'],
};

/** The data type that was said, or the one that fits the value. */
function toDataType(said: Json | undefined, value: Json, place: string): GivenScore['dataType'] {
  const fitting = KINDS[typeof value] ?? [];
  const [usual] = fitting;
  if (usual === undefined) throw malformed(`${place} has no value`);
  if (said === undefined || said === null) return usual;
  const found = fitting.find((kind) => kind === said);
  // A number may stand for true and false, as everywhere else in the API.
  if (found === undefined && said === 'BOOLEAN' && (value === 0 || value === 1)) return 'BOOLEAN';
  if (found === undefined)
    throw malformed(`${place} says ${JSON.stringify(said)} but its value is a ${typeof value}`);
  return found;
}

function malformed(why: string) {
  return evaluatorFailures.create('COAIA-2261', `The evaluator's result cannot be used: ${why}.`);
}

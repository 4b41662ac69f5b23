import { describe, expect, test } from 'vitest';
import type { EvaluatorOutput, JudgeDefinition, RuleFilter } from '@coaia/client';
import { matchesFilter, requireFilter } from '../evaluation-rules/filter.ts';
import { isSampled } from '../evaluation-rules/sampling.ts';
import { parseJudgement, toResponseSchema } from '../evaluations/judge.ts';
import { readToolCalls } from '../evaluations/tool-calls.ts';
import { listVariables, renderText, requireMapping, toEffectiveMapping } from './definition.ts';
import { parseJsonPath, readJsonPath } from './json-path.ts';

const DATA = {
  a: { b: [{ n: 1 }, { n: 2 }, { n: 3, x: { n: 4 } }] },
  'odd key': { "it's": true },
  text: '{"inner":{"n":5}}',
};

describe('JSONPath', () => {
  test.each([
    ['$', DATA],
    ['$.a.b[0].n', 1],
    ['$.a.b[-1].n', 3],
    ["$['odd key']['it\\'s']", true],
    ['$["a"]["b"][1]["n"]', 2],
    ['$.a.b[*].n', [1, 2, 3]],
    ['$.a.b[1:].n', [2, 3]],
    ['$.a.b[:1].n', [1]],
    ['$.a.b[0,2].n', [1, 3]],
    ['$..n', [1, 2, 3, 4]],
    ['$.a.*[0].n', [1]],
    ['$.gone', undefined],
    ['$.gone[*]', []],
    ['$.a.b.n', undefined],
  ])('%s', (path, expected) => expect(readJsonPath(DATA, path)).toEqual(expected));

  test('a text that holds JSON is read', () =>
    expect(readJsonPath(DATA.text, '$.inner.n')).toBe(5));

  test.each(['', 'a', '$.', '$a', '$[', '$[a]', '$..', '$[?(@.n>1)]', '$.a b', '$.[0]'])(
    '"%s" is none',
    (path) => expect(parseJsonPath(path)).toBeUndefined(),
  );

  test('a path cannot reach prototypes', () =>
    expect(readJsonPath(DATA, '$.__proto__.constructor')).toBeUndefined());
});

const judge = (content: string, variableMapping: JudgeDefinition['variableMapping'] = null) =>
  ({
    type: 'llm_as_judge',
    prompt: [{ role: 'user', content }],
    modelConfig: null,
    variableMapping,
    outputDefinition: { dataType: 'NUMERIC' },
  }) satisfies JudgeDefinition;

describe('prompts', () => {
  test('variables are found once, in order', () =>
    expect(listVariables(judge('{{b}} {{ a }} {{b}} {{ }} { {c} } {{d.e}}'))).toEqual(['b', 'a']));

  test('values are put in and not looked at again', () =>
    expect(renderText('{{a}} {{b}} {{c}}', { a: '{{b}} $&', b: '$1' })).toBe('{{b}} $& $1 {{c}}'));

  test('without a mapping, names say where values come from', () => {
    expect(toEffectiveMapping(judge('{{input}} {{output}}'), null)).toEqual([
      { variable: 'input', source: 'input' },
      { variable: 'output', source: 'output' },
    ]);
    expect(() => toEffectiveMapping(judge('{{question}}'), null)).toThrow(/question/);
    expect(() => toEffectiveMapping(judge('{{input}} {{x}}', []), null)).toThrow(/input, x/);
  });

  test.each([
    [[{ variable: 'x', source: 'input' }], 'COAIA-2253'],
    [
      [
        { variable: 'a', source: 'input' },
        { variable: 'a', source: 'output' },
      ],
      'COAIA-2252',
    ],
    [[{ variable: 'a', source: 'input', jsonPath: '$[' }], 'COAIA-2254'],
    [[{ variable: 'a', source: 'expected_output' }], 'COAIA-2253'],
  ] as const)('the mapping %j is refused with %s', (mapping, code) =>
    expect(() =>
      requireMapping(mapping, ['a'], { target: 'observation', field: 'mapping' }),
    ).toThrow(expect.objectContaining({ code })),
  );
});

describe('judgements', () => {
  const parse = (answer: unknown, output: EvaluatorOutput) =>
    parseJudgement(JSON.stringify(answer), 's', output).map(({ value }) => value);
  const many: EvaluatorOutput = {
    dataType: 'CATEGORICAL',
    categories: ['a', 'b'],
    shouldAllowMultipleMatches: true,
  };

  test('a fence around the answer is taken off', () =>
    expect(
      parseJudgement('```json\n{"reasoning":"r","score":1}\n```', 's', { dataType: 'NUMERIC' }),
    ).toEqual([{ name: 's', dataType: 'NUMERIC', value: 1, comment: 'r' }]));

  test('several categories, each once', () =>
    expect(parse({ reasoning: 'r', score: ['b', 'a', 'b'] }, many)).toEqual(['b', 'a']));

  test.each([
    [{ reasoning: 'r', score: [] }, many],
    [{ reasoning: 'r', score: 'a' }, many],
    [{ reasoning: 'r', score: ['c'] }, many],
    [
      { reasoning: 'r', score: ['a'] },
      { ...many, shouldAllowMultipleMatches: false },
    ],
    [{ reasoning: 'r', score: 'true' }, { dataType: 'BOOLEAN' }],
    [{ reasoning: 'r', score: 1 }, { dataType: 'BOOLEAN' }],
    [{ reasoning: 'r', score: '1' }, { dataType: 'NUMERIC' }],
    [
      { reasoning: 'r', score: -0.1 },
      { dataType: 'NUMERIC', minValue: 0 },
    ],
    [{ reasoning: 'r' }, { dataType: 'NUMERIC' }],
    [{ score: 1 }, { dataType: 'NUMERIC' }],
    [[1], { dataType: 'NUMERIC' }],
    ['1', { dataType: 'NUMERIC' }],
  ] as const)('%j is malformed', (answer, output) =>
    expect(() => parse(answer, output)).toThrow(expect.objectContaining({ code: 'COAIA-2260' })),
  );

  test('the schema says what is wanted', () =>
    expect(
      toResponseSchema({ dataType: 'NUMERIC', minValue: 0, scoreValueInstructions: 'v' }),
    ).toMatchObject({
      properties: { score: { type: 'number', minimum: 0, description: 'v' } },
      required: ['reasoning', 'score'],
    }));
});

describe('tool calls', () => {
  test.each([
    [
      'OpenAI message',
      {
        tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
      },
    ],
    [
      'OpenAI answer',
      {
        choices: [
          { message: { tool_calls: [{ id: '1', function: { name: 'f', arguments: '{"a":1}' } }] } },
        ],
      },
    ],
    [
      'Anthropic',
      {
        content: [
          { type: 'text', text: 'x' },
          { type: 'tool_use', id: '1', name: 'f', input: { a: 1 } },
        ],
      },
    ],
    [
      'Responses',
      { output: [{ type: 'function_call', call_id: '1', name: 'f', arguments: '{"a":1}' }] },
    ],
    [
      'list of messages',
      [
        { role: 'user' },
        { tool_calls: [{ id: '1', function: { name: 'f', arguments: '{"a":1}' } }] },
      ],
    ],
  ])('of %s', (_name, output) =>
    expect(readToolCalls(output)).toMatchObject([
      { id: '1', name: 'f', arguments: { a: 1 }, index: 0 },
    ]),
  );

  test('of what is none', () => expect(readToolCalls({ name: 'f', content: 'text' })).toEqual([]));
});

describe('conditions', () => {
  const subject = {
    values: {
      name: 'answer',
      level: 'ERROR',
      tags: ['a', 'b'],
      userId: null,
      toolCalls: 2,
      isRootObservation: true,
      parentObservationId: null,
    },
    metadata: { tier: 'gold', deep: { n: 1 } },
  };
  test.each([
    [true, { type: 'stringOptions', column: 'name', operator: 'any of', value: ['x', 'answer'] }],
    [false, { type: 'stringOptions', column: 'name', operator: 'none of', value: ['answer'] }],
    [true, { type: 'arrayOptions', column: 'tags', operator: 'all of', value: ['a', 'b'] }],
    [false, { type: 'arrayOptions', column: 'tags', operator: 'all of', value: ['a', 'c'] }],
    [true, { type: 'arrayOptions', column: 'tags', operator: 'none of', value: ['c'] }],
    [true, { type: 'string', column: 'userId', operator: 'does not contain', value: 'x' }],
    [false, { type: 'string', column: 'userId', operator: '=', value: 'x' }],
    [true, { type: 'number', column: 'toolCalls', operator: '>=', value: 2 }],
    [true, { type: 'boolean', column: 'isRootObservation', operator: '=', value: true }],
    [false, { type: 'boolean', column: 'isRootObservation', operator: '<>', value: true }],
    [true, { type: 'null', column: 'parentObservationId', operator: 'is null', value: '' }],
    [
      true,
      {
        type: 'stringObject',
        column: 'metadata',
        operator: 'starts with',
        value: 'go',
        key: 'tier',
      },
    ],
    [true, { type: 'stringObject', column: 'metadata', operator: '=', value: '1', key: 'deep.n' }],
    [false, { type: 'stringObject', column: 'metadata', operator: '=', value: 'x', key: 'gone' }],
  ] as const)('%s: %j', (expected, filter) =>
    expect(matchesFilter([filter], subject)).toBe(expected),
  );

  test.each([
    [{ type: 'string', column: 'colour', operator: '=', value: 'x' }, 'observation'],
    [{ type: 'string', column: 'name', operator: '=', value: 'x' }, 'observation'],
    [{ type: 'stringOptions', column: 'type', operator: 'any of', value: ['SPAM'] }, 'observation'],
    [{ type: 'stringOptions', column: 'level', operator: 'any of', value: ['ERROR'] }, 'trace'],
  ] as const satisfies readonly (readonly [RuleFilter, string])[])(
    '%j is refused for %s',
    (filter, target) =>
      expect(() => requireFilter([filter], target)).toThrow(
        expect.objectContaining({ code: 'COAIA-2255' }),
      ),
  );
});

test('a smaller sample lies inside a larger one', () => {
  const ids = Array.from({ length: 2000 }, (_, n) => `id-${n}`);
  const sizes = [0.1, 0.25, 0.5, 1].map((part) => ids.filter((id) => isSampled(id, part)));
  for (const [index, size] of sizes.entries()) {
    expect(size.every((id) => sizes[index + 1]?.includes(id) ?? true)).toBe(true);
    expect(Math.abs(size.length / 2000 - ([0.1, 0.25, 0.5, 1][index] ?? 0))).toBeLessThan(0.04);
  }
  // The SHA-256 of "id-0" begins with a9412fdd, which is 0.66115 of 2^32: the same everywhere and for ever.
  expect([isSampled('id-0', 0.661), isSampled('id-0', 0.662)]).toEqual([false, true]);
});

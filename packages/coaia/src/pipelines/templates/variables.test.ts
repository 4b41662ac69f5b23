import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coerce } from './coerce.ts';
import type { TemplateVariable } from './template.ts';
import { makeTemplate } from './testing.ts';
import { mask, resolveVariables } from './variables.ts';

const variable = (change: Partial<TemplateVariable>): TemplateVariable => ({
  name: 'v',
  type: 'string',
  required: true,
  default: null,
  ...change,
});
const value = (change: Partial<TemplateVariable>, given: unknown) => {
  const result = coerce(variable(change), given);
  return 'problem' in result ? result.problem : result.value;
};

describe('values take the declared type', () => {
  test.each([
    [{}, '42', '42'],
    [{}, 'yes', 'yes'],
    [{}, '', ''],
    [{}, 42, '42'],
    [{ type: 'number' }, '42', 42],
    [{ type: 'number' }, '-1.5e3', -1500],
    [{ type: 'number' }, 0, 0],
    [{ type: 'boolean' }, 'yes', true],
    [{ type: 'boolean' }, 'OFF', false],
    [{ type: 'boolean' }, 1, true],
    [{ type: 'boolean' }, '0', false],
    [{ type: 'list' }, 'a, b,c', ['a', 'b', 'c']],
    [{ type: 'list' }, '["a, b", 2]', ['a, b', 2]],
    [{ type: 'list' }, '', []],
    [{ type: 'list', items: 'number' }, '1,2', [1, 2]],
    [{ type: 'list', items: 'boolean' }, 'on,off', [true, false]],
    [{ type: 'list' }, '[not json', ['[not json']],
  ] as const)('%j of %j is %j', (change, given, expected) => {
    expect(value(change as Partial<TemplateVariable>, given)).toEqual(expected);
  });

  test.each([
    [{ type: 'number' }, 'many', 'v must be a number, not "many"'],
    [{ type: 'number' }, '0x10', 'v must be a number, not "0x10"'],
    [{ type: 'number' }, 'Infinity', 'v must be a number, not "Infinity"'],
    [{ type: 'boolean' }, 'maybe', 'v must be true or false, not "maybe"'],
    [{ type: 'list' }, 3, 'v must be a list: a,b or ["a", "b"], not 3'],
    [{ type: 'number', secret: true }, 'hidden', 'v must be a number'],
    [{ choices: ['a', 'b'] }, 'c', 'v must be one of a, b, not "c"'],
    [
      { choices: ['production'] },
      'productoin',
      'v must be one of production, not "productoin" (did you mean production?)',
    ],
    [{ type: 'list', choices: ['a'] }, 'a,b', 'v must be one of a, not "b"'],
    [{ type: 'number', min: 1 }, '0', 'v must be at least 1'],
    [{ type: 'number', max: 1 }, '2', 'v must be at most 1'],
    [{ minLength: 2 }, 'é', 'v needs at least 2 characters'],
    [{ type: 'list', maxLength: 1 }, 'a,b', 'v takes at most 1 items'],
    [{ pattern: '[a-z]+' }, 'ab1', 'v must match [a-z]+'],
  ] as const)('%j refuses %j', (change, given, expected) => {
    expect(value(change as unknown as Partial<TemplateVariable>, given)).toBe(expected);
  });

  test('a pattern that takes for ever counts as not matching', () => {
    const start = performance.now();
    expect(value({ pattern: '(a+)+$' }, `${'a'.repeat(40)}!`)).toContain('must match');
    expect(performance.now() - start).toBeLessThan(1500);
  });

  test('other than the usual values are accepted with a warning', () => {
    expect(coerce(variable({ suggestions: ['a'] }), 'z')).toEqual({
      value: 'z',
      warning: 'v: "z" is none of the usual a',
    });
  });
});

test('text stays exactly what was typed, whatever it looks like', () => {
  fc.assert(fc.property(fc.string(), (text) => value({}, text) === text));
});

test('any list of plain items survives as JSON', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean())), (items) => {
      expect(value({ type: 'list' }, JSON.stringify(items))).toEqual(items);
    }),
  );
});

test('everything that is wrong is said at once', async () => {
  const { template } = await makeTemplate({
    variables: [{ name: 'a' }, { name: 'b', type: 'number' }, { name: 'c', required: false }],
  });
  expect(() => resolveVariables(template, { b: 'x' }, {})).toThrow(
    'The template draft cannot be filled: a is missing; b must be a number, not "x".',
  );
  expect(() => resolveVariables(template, { a: '', b: 0, d: 1 }, { isStrict: true })).toThrow(
    'it has no variable d',
  );
  const { values, warnings } = resolveVariables(template, { a: '', b: 0, ab: 1 }, {});
  expect(values).toEqual({ a: '', b: 0 });
  expect(warnings).toEqual(['it has no variable ab; did you mean a?'].slice(0, warnings.length));
});

test('defaults are expressions over what was declared before', async () => {
  const { template } = await makeTemplate({
    variables: [
      { name: 'a', required: false },
      { name: 'b', default: "{{ a or 'none' }}" },
      { name: 'n', type: 'number', default: '{{ 2 * 3 }}' },
      { name: 'id', default: '{{ mobile_id() }}' },
    ],
  });
  const { values } = resolveVariables(template, {}, {});
  expect(values).toMatchObject({
    b: 'none',
    n: 6,
    id: expect.stringMatching(/^mobile_[0-9a-f]{8}$/),
  });
  expect(resolveVariables(template, { a: 'x' }, {}).values['b']).toBe('x');
});

test('secrets are masked where they are whole, and where they are part of a text', () => {
  expect(mask({ a: 'hunter22', b: ['x hunter22 y'], hunter22: 1 }, ['hunter22'])).toEqual({
    a: '***',
    b: ['x *** y'],
    '***': 1,
  });
  expect(mask({ a: 'abc', b: 'cab' }, ['abc'])).toEqual({ a: '***', b: 'cab' });
  expect(mask({ a: 12345 }, ['12345'])).toEqual({ a: '***' });
});

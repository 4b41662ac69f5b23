import { describe, expect, test } from 'vitest';
import type { Clause } from './filter.ts';
import { parseFilter } from './parse.ts';

const only = (text: string): Clause | undefined => parseFilter(text).clauses[0];

describe('parseFilter', () => {
  test.each<[string, Clause]>([
    [
      'level:ERROR',
      {
        kind: 'field',
        key: 'level',
        path: [],
        negated: false,
        value: { kind: 'is', text: 'ERROR' },
      },
    ],
    [
      'env:prod',
      {
        kind: 'field',
        key: 'environment',
        path: [],
        negated: false,
        value: { kind: 'is', text: 'prod' },
      },
    ],
    [
      'userId:"ada l"',
      {
        kind: 'field',
        key: 'user',
        path: [],
        negated: false,
        value: { kind: 'is', text: 'ada l' },
      },
    ],
    [
      '-name:etl*',
      { kind: 'field', key: 'name', path: [], negated: true, value: { kind: 'is', text: 'etl*' } },
    ],
    [
      'latency:>=2s',
      {
        kind: 'field',
        key: 'latency',
        path: [],
        negated: false,
        value: { kind: 'compare', operator: '>=', text: '2s' },
      },
    ],
    [
      'latency:1s..5s',
      {
        kind: 'field',
        key: 'latency',
        path: [],
        negated: false,
        value: { kind: 'range', from: '1s', to: '5s' },
      },
    ],
    [
      'tags:(a AND "b c")',
      {
        kind: 'field',
        key: 'tags',
        path: [],
        negated: false,
        value: { kind: 'all', texts: ['a', 'b c'] },
      },
    ],
    [
      'user:(a OR b)',
      {
        kind: 'field',
        key: 'user',
        path: [],
        negated: false,
        value: { kind: 'any', texts: ['a', 'b'] },
      },
    ],
    [
      'metadata."a key".b:v',
      {
        kind: 'field',
        key: 'metadata',
        path: ['a key', 'b'],
        negated: false,
        value: { kind: 'is', text: 'v' },
      },
    ],
    [
      'scores.helpful:>0.8',
      {
        kind: 'field',
        key: 'scores',
        path: ['helpful'],
        negated: false,
        value: { kind: 'compare', operator: '>', text: '0.8' },
      },
    ],
    [
      'output:="a b"',
      {
        kind: 'field',
        key: 'output',
        path: [],
        negated: false,
        value: { kind: 'exact', text: 'a b' },
      },
    ],
    ['refund', { kind: 'text', text: 'refund', negated: false }],
    ['-"two words"', { kind: 'text', text: 'two words', negated: true }],
    ['https://example.org/a', { kind: 'text', text: 'https://example.org/a', negated: false }],
  ])('%s', (text, clause) => {
    const parsed = parseFilter(text);
    expect(parsed.problems).toEqual([]);
    expect(parsed.clauses).toEqual([clause]);
  });

  test('AND between clauses says no more than a space', () => {
    expect(parseFilter('level:ERROR AND refund').clauses).toEqual(
      parseFilter('level:ERROR refund').clauses,
    );
  });

  test('spans name the place of each clause', () => {
    expect(parseFilter('  level:ERROR  "a b"').spans).toEqual([
      { start: 2, end: 13 },
      { start: 15, end: 20 },
    ]);
  });

  test('an unknown key is a problem with a suggestion, and still a clause', () => {
    const { problems, clauses } = parseFilter('levl:ERROR');
    expect(problems).toEqual([
      { start: 0, end: 4, soft: true, message: 'There is no key "levl".', suggestions: ['level'] },
    ]);
    expect(clauses).toHaveLength(1);
  });

  test.each([
    ['name:"open', 'The quote is not closed.'],
    ['user:(a OR b', 'The bracket is not closed.'],
    ['latency:', 'A value is missing after the colon.'],
    ['latency:>', 'A value is missing after the colon.'],
    ['tags:(a OR b AND c)', 'One list takes either OR or AND.'],
  ])('%s: %s', (text, message) => {
    expect(parseFilter(text).problems.map((problem) => problem.message)).toContain(message);
  });

  test('keys that only the server knows are accepted once it has told them', () => {
    const keys = [{ key: 'tenant', kind: 'text', summary: '' }] as const;
    expect(parseFilter('tenant:x', keys).problems).toEqual([]);
    expect(only('tenant:x')).toMatchObject({ key: 'tenant' });
  });
});

import { describe, expect, test } from 'vitest';
import { readJunit } from './junit.ts';
import { isCovered, isModelCode, toPercent, toRanges } from './test-report.ts';

const of = (covered: number, total: number) => ({ covered, total, missing: [] });

describe('the threshold of coverage', () => {
  test.each([
    [949, 1000, 95, false],
    [950, 1000, 95, true],
    [9499, 10_000, 95, false],
    [19, 20, 95, true],
    [949, 1000, 94.9, true],
    [2, 3, 66.7, false],
    [0, 0, 95, true],
    [99_999, 100_000, 100, false],
  ])('%i of %i against %d: %s', (covered, total, percent, wanted) =>
    expect(isCovered(of(covered, total), percent)).toBe(wanted),
  );

  test('percentages are cut, so that what fails is shown below what is asked for', () => {
    expect(toPercent(of(9499, 10_000))).toBe('94.9 %');
    expect(toPercent(of(949, 1000))).toBe('94.9 %');
    expect(toPercent(of(1, 1))).toBe('100 %');
    expect(toPercent(of(2, 3))).toBe('66.6 %');
  });

  test('lines are joined to ranges', () => expect(toRanges([9, 3, 4, 5])).toBe('3-5, 9'));

  test('model code is what answers', () => {
    const all = [
      'model-service/model.py',
      'model-service/features/clean.R',
      'model-service/tests/test_model.py',
      'model-service/train.py',
      'model-service/conftest.py',
      'api-service/main.py',
    ];
    expect(all.filter(isModelCode)).toEqual(all.slice(0, 2));
  });
});

test('a JUnit report is read with its places', () => {
  const xml = `<testsuites><testsuite><testcase classname="t" name="test_a" file="t.py" line="3" time="0"/>
<testcase name="test_b" file="t.py" line="6"><failure message="assert 1 == 2&#10;  where 1 = f()">t.py:8: Assert&lt;x&gt;</failure></testcase></testsuite></testsuites>`;
  expect(readJunit(xml)).toEqual([
    { name: 'test_a', file: 't.py', line: 4 },
    {
      name: 'test_b',
      file: 't.py',
      line: 7,
      failure: { message: 'assert 1 == 2; where 1 = f()', text: 't.py:8: Assert<x>' },
    },
  ]);
});

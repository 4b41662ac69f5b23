import { describe, expect, it } from 'vitest';

import { findVariables, isTrue, render, renderValue, type RenderOptions } from './index.ts';

const now = new Date('2026-03-04T05:06:07.089Z');

function failureOf(template: string, options?: RenderOptions) {
  try {
    return render(template, {}, options);
  } catch (error) {
    return error;
  }
}

describe('renderValue', () => {
  it('keeps the type of a whole expression', () => {
    const variables = { n: 3, list: [1, { a: null }], flag: false, half: 0.5, nothing: null };
    const values = ['{{ n }}', ' {{ list }}\n', '{{ flag }}', '{{ half * 2 }}', '{{ nothing }}'];
    expect(values.map((value) => renderValue(value, variables))).toStrictEqual([
      3,
      [1, { a: null }],
      false,
      1,
      null,
    ]);
  });

  it('gives text for everything else, and undefined for what has no value', () => {
    expect(renderValue('n={{ n }}', { n: [1, true] })).toBe('n=[1, True]');
    expect(renderValue('{{ missing }}', {})).toBeUndefined();
    expect(renderValue('{{ a.missing }}', { a: {} })).toBeUndefined();
    expect(renderValue('plain', {})).toBe('plain');
  });

  it('copies what it is given', () => {
    const list = [1];
    expect(renderValue('{{ [list, list.append(2)][0] }}', { list })).toStrictEqual([1, 2]);
    expect(list).toStrictEqual([1]);
  });
});

describe('isTrue', () => {
  it.each([
    ['n > 2 and flag', true],
    ['{{ flag }}', true],
    ['{% if flag %}true{% endif %}', true],
    ['{% if not flag %}true{% endif %}', false],
    ['word', true],
    ['missing', false],
    ['', false],
    ['off', false],
    ['{{ no }}', false],
    ['zero', false],
    ['nothing', false],
    ['list', false],
    ['{{ flag }} ', true],
    ['{{ no }}{{ "" }}', false],
    ['none', false],
  ])('%s is %s', (condition, expected) => {
    const variables = { n: 3, flag: true, word: 'yes', off: 'Off', no: 'no', zero: 0, list: [] };
    expect(isTrue(condition, { ...variables, nothing: null })).toBe(expected);
  });
});

describe('findVariables', () => {
  it('lists what a template needs from outside', () => {
    const template =
      '{% set a = b %}{% for x in xs if x.ok %}{{ x|upper }}{{ loop.index }}{% endfor %}{{ a }}{{ uuid4() }}';
    expect(findVariables(template)).toStrictEqual({
      variables: ['b', 'xs'],
      filters: ['upper'],
      functions: ['uuid4'],
    });
  });

  it('says where the syntax is wrong', () => {
    expect(() => findVariables('one\n  {{ a b }}')).toThrow(
      expect.objectContaining({ code: 'COAIA-0970', details: { line: 2, column: 8 } }),
    );
  });
});

describe('names without a value', () => {
  const template = '[{{ missing }}] {{ missing|default("d") }} {{ missing is defined }}';

  it('are empty, and told of once', () => {
    const warnings: string[] = [];
    const onWarning = (text: string) => warnings.push(text);
    expect(render(`${template}{{ missing }}`, {}, { onWarning })).toBe('[] d False');
    expect(warnings).toStrictEqual(['`missing` has no value and is left empty.']);
  });

  it('are not what an `if` without `else` gives', () => {
    const warnings: string[] = [];
    const onWarning = (text: string) => warnings.push(text);
    expect(render('[{{ 1 if false }}]', {}, { undefined: 'strict', onWarning })).toBe('[]');
    expect(warnings).toStrictEqual([]);
  });

  it('are an error when rendering is strict', () => {
    expect(failureOf(template, { undefined: 'strict' })).toMatchObject({
      code: 'COAIA-0971',
      message: '`missing` has no value (line 1, column 5).',
    });
    expect(render('{{ a|d(1) }}{{ a is defined }}', {}, { undefined: 'strict' })).toBe('1False');
  });

  it('stay as they were written when tags are kept', () => {
    const kept = '{{ a }} {{missing}} {{ missing.x | upper }} {% if missing %}x{% endif %}';
    expect(render(kept, { a: 1 }, { undefined: 'keep' })).toBe(
      '1 {{missing}} {{ missing.x | upper }} ',
    );
    expect(renderValue('{{ missing }}', {}, { undefined: 'keep' })).toBe('{{ missing }}');
  });
});

describe('functions', () => {
  it('hold one moment for a rendering', () => {
    expect(render('{{ now() }} {{ timestamp() }} {{ date("%d %b %Y") }}', {}, { now })).toBe(
      '2026-03-04T05:06:07.089000Z 2026-03-04T05:06:07.089000Z 04 Mar 2026',
    );
  });

  it('make ids and digests, and read COAIA_* names', () => {
    const env = { COAIA_PROFILE: 'work', HOME: '/root' };
    const text = render(
      '{{ mobile_id() }} {{ touch_timestamp() }} {{ env("COAIA_PROFILE") }}',
      {},
      { env },
    );
    expect(text).toMatch(/^mobile_[\da-f]{8} \d\d:\d\d:\d\d work$/);
    expect(render('{{ uuid4() }}', {})).toMatch(/^[\da-f]{8}-[\da-f]{4}-4/);
    expect(render('{{ sha256("a")|length }}{{ env("COAIA_NONE", "-") }}', {})).toBe('64-');
  });

  it('can be replaced', () => {
    expect(render('{{ uuid4() }}', {}, { functions: { uuid4: () => 'fixed' } })).toBe('fixed');
  });
});

describe('failures', () => {
  it.each([
    ['{{ a b }}', 'COAIA-0970', 'Expected `}}`, found `b` (line 1, column 6).'],
    [
      '{% fro x in y %}',
      'COAIA-0970',
      'There is no tag `fro`; did you mean `for`? (line 1, column 1).',
    ],
    [
      '{{ missing.name }}',
      'COAIA-0971',
      '`missing` has no value, so `name` of it cannot be read (line 1, column 12).',
    ],
    ['{{ 1 + "a" }}', 'COAIA-0972', '`+` does not fit integer and text (line 1, column 6).'],
    [
      '{{ range(1000000) }}',
      'COAIA-0973',
      'A range has at most 100000 numbers (line 1, column 9).',
    ],
    [
      '\n{{ 1|uper }}',
      'COAIA-0974',
      'There is no filter `uper`; did you mean `upper`? (line 2, column 6).',
    ],
    [
      '{% include "a" %}',
      'COAIA-0975',
      '`{% include %}` reads another file, which templates may not (line 1, column 1).',
    ],
  ])('%s', (template, code, message) => {
    expect(failureOf(template)).toMatchObject({ code, message });
  });

  it('come at the limits that the caller sets', () => {
    const loop = '{% for i in range(1000) %}xxxxxxxxxx{% endfor %}';
    expect(failureOf(loop, { maxSteps: 100 })).toMatchObject({ code: 'COAIA-0973' });
    expect(failureOf(loop, { maxOutput: 100 })).toMatchObject({ code: 'COAIA-0973' });
    expect(failureOf(`${loop}${loop}`, { maxTime: 0 })).toMatchObject({ code: 'COAIA-0973' });
    expect(failureOf(loop)).toHaveLength(10_000);
  });
});

import { expect, test } from 'vitest';
import { builtInTags } from './built-in.ts';
import { findTag, listTags, toLongName } from './tag.ts';

test('twelve tags come with the program', () => {
  expect(Object.keys(builtInTags).toSorted()).toEqual([
    'ca',
    'compact',
    'contentreducer',
    'csv2json',
    'd2s',
    'dictkore',
    'faction',
    'mkfn',
    'nutrifact',
    'stcmasterywrap',
    'stcrev',
    'summarizer',
  ]);
});

test('settings come before what is built in, and the highest file first', () => {
  const records = [
    { compact_instruction: '', compact_temperature: '0.7', mns: { short: 'long-model' } },
    { compact_instruction: 'Mine.', compact_temperature: 0.1, compact_mns: 'short' },
  ];
  expect(findTag('compact', records)).toMatchObject({
    isKnown: true,
    instruction: 'Mine.',
    temperature: 0.7,
    model: 'long-model',
  });
  expect(findTag('compact', [])).toMatchObject({
    instruction: builtInTags['compact']?.instruction,
    temperature: undefined,
    usualTemperature: 0.2,
  });
  expect(findTag('compact', [{ default_temperature: 0 }]).temperature).toBe(0);
  expect(findTag('nobody', []).isKnown).toBe(false);
  expect(findTag('toString', []).isKnown).toBe(false);
  expect(findTag('x', [{ x_prompt: 'folder/name@staging' }]).prompt).toEqual({
    name: 'folder/name',
    label: 'staging',
  });
  expect(toLongName('other', records)).toBe('other');
});

test.each([{ x_temperature: 'warm' }, { x_temperature: 3 }, { x_instruction: 5 }])(
  'refuses %j',
  (record) => expect(() => findTag('x', [record])).toThrow(/x_/),
);

test('lists all of them with where they are from', () => {
  const tags = listTags([{ shout_instruction: 'SHOUT.', compact_prompt: 'p@prod', model: 'm' }]);
  expect(tags).toHaveLength(13);
  expect(tags.find(({ tag }) => tag === 'shout')).toEqual({
    tag: 'shout',
    source: 'settings',
    summary: 'SHOUT.',
  });
  expect(tags.find(({ tag }) => tag === 'compact')).toMatchObject({ summary: 'prompt p@prod' });
});

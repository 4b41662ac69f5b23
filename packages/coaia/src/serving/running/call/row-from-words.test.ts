import { expect, test } from 'vitest';
import type { Field } from '../../signatures/signature.ts';
import { toRow } from './row-from-words.ts';

const field = (name: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  name,
  type,
  datatype: 'FP64',
  shape: [],
  required: true,
  nullable: false,
  evidence: 'object',
  ...more,
});

const inputs = [
  field('wt', 'number'),
  field('cyl', 'category', { levels: ['4', '6'] }),
  field('gear', 'category', { levels: [3, 4] }),
  field('new', 'boolean'),
  field('Sepal.Length', 'number', { required: false }),
  field('name', 'string'),
  field('pixels', 'number', { shape: [2] }),
];

test('words become values of their fields', () => {
  const words = [
    '--wt',
    '-2.5',
    '--cyl=4',
    '--gear',
    '4',
    '--new',
    '--Sepal.Length',
    '1e3',
    '--name',
    '12',
    '--pixels',
    '1,2',
  ];
  expect(toRow(words, inputs)).toEqual({
    wt: -2.5,
    cyl: '4',
    gear: 4,
    new: true,
    'Sepal.Length': 1000,
    name: '12',
    pixels: [1, 2],
  });
  expect(toRow(['--new', 'no', '--wt', 'NA', '--cyl', '5', '--wt', 'heavy'], inputs)).toEqual({
    new: false,
    wt: 'heavy',
    cyl: '5',
  });
});

test('infinity is left to the service to refuse: JSON would make it a missing value', () => {
  for (const text of ['Infinity', '-Infinity', '1e999'])
    expect(toRow([`--wt=${text}`], inputs)).toEqual({ wt: text });
});

test('what is no field is named with the nearest', () => {
  expect(() => toRow(['--wtt', '1'], inputs)).toThrow(
    expect.objectContaining({
      code: 'AO624',
      message:
        'The model takes no `wtt`. Did you mean --wt? It takes: --wt --cyl --gear --new [--Sepal.Length] --name --pixels',
    }),
  );
  const many = Array.from({ length: 23 }, (_, at) => field(`Straße ${at}`, 'number'));
  expect(() => toRow(['--Straße', '1'], many)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(
        /mean '--Straße \d+'\? It takes: '--Straße 0' .* '--Straße 19' and 3 more$/,
      ),
    }),
  );
  const country = field('country', 'category', { levels: ['NA', 'DE'] });
  expect(toRow(['--country', 'NA'], [country])).toEqual({ country: 'NA' });
  expect(() => toRow(['--wt'], inputs)).toThrow(expect.objectContaining({ code: 'AO624' }));
});

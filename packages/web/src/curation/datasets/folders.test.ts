import { expect, test } from 'vitest';
import { toFolderLines, toParent } from './folders.ts';

const rows = ['a', 'team/qa', 'team/deep/one', 'team/deep/two', '/odd'].map((name) => ({ name }));

test('folders come first, with how much they hold at any depth', () => {
  expect(toFolderLines(rows, '', '').map(({ kind, label }) => [kind, label])).toEqual([
    ['folder', 'team'],
    ['row', 'a'],
    ['row', '/odd'],
  ]);
  expect(toFolderLines(rows, '', '')[0]).toMatchObject({ path: 'team', count: 3 });
  expect(toFolderLines(rows, 'team', '').map(({ path }) => path)).toEqual(['team/deep', 'team/qa']);
});

test('a search goes through every folder', () => {
  expect(toFolderLines(rows, 'team', 'TWO').map(({ label }) => label)).toEqual(['team/deep/two']);
});

test('the way up ends at the top', () => {
  expect(toParent('team/deep')).toBe('team');
  expect(toParent('team')).toBeUndefined();
});

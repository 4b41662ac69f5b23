import { expect, test } from 'vitest';
import { parseNotices } from './about.ts';

test('headings of the notices become a list of software', () => {
  const rule = '-'.repeat(78);
  const text = [
    'Intro',
    rule,
    '@x/y 1.2.3 (MIT)',
    rule,
    'Text (c) 2026',
    rule,
    'z 2.0.0 (ISC)',
    rule,
  ];
  expect(parseNotices(text.join('\n'))).toEqual([
    { name: '@x/y', version: '1.2.3', licence: 'MIT' },
    { name: 'z', version: '2.0.0', licence: 'ISC' },
  ]);
  expect(parseNotices('')).toEqual([]);
});

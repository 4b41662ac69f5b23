import { expect, test } from 'vitest';
import { findOnlyText, toPreviewText } from './preview.ts';

test.each([
  ['{"ticket":"Parcel lost"}', 'Parcel lost'],
  [String.raw`{"a":"say \"x\"\nnow"}`, 'say "x"\nnow'],
  ['{"question":"How long does it', 'How long does it'],
  ['{"question":"cut in an escape \\', 'cut in an escape '],
  ['{"a":"b","c":1}', '{"a":"b","c":1}'],
  ['{"a":"b","c', '{"a":"b","c'],
  ['{"documents":480}', '{"documents":480}'],
  ['["echo","hi"]', '["echo","hi"]'],
  ['plain', 'plain'],
  [null, null],
])('%j is shown as %j', (preview, text) => {
  expect(toPreviewText(preview)).toBe(text);
});

test('only one string and nothing else counts', () => {
  expect(findOnlyText({ answer: 'yes' })).toBe('yes');
  expect(findOnlyText({ answer: 'yes', more: 1 })).toBeUndefined();
  expect(findOnlyText({})).toBeUndefined();
  expect(findOnlyText(['x'])).toBeUndefined();
});

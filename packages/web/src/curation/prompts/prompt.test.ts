import { expect, test } from 'vitest';
import {
  findIncluded,
  findPlaceholders,
  findVariables,
  toConfigTexts,
  toOrderedLabels,
  toPlainText,
  toTextParts,
} from './prompt.ts';

const tag = '@@@langfusePrompt:name=team/tone|label=production@@@';

test('a text is cut at variables and inclusions and can be put together again', () => {
  const text = `${tag} Hello {{ name }}, {{1}} is no variable.`;
  const parts = toTextParts(text);
  expect(parts.map(({ kind }) => kind)).toEqual(['inclusion', 'text', 'variable', 'text']);
  expect(parts.map((part) => part.text).join('')).toBe(text);
});

test('variables and placeholders of a chat, each once', () => {
  const chat = [
    { role: 'system', content: 'Answer {{user}} about {{topic}}.' },
    { type: 'placeholder', name: 'history' },
    { role: 'user', content: '{{topic}}?' },
  ] as const;
  expect(findVariables(chat)).toEqual(['user', 'topic']);
  expect(findPlaceholders(chat)).toEqual(['history']);
  expect(toPlainText(chat)).toBe(
    '[system]\nAnswer {{user}} about {{topic}}.\n\n[placeholder]\nhistory\n\n[user]\n{{topic}}?',
  );
});

test('what is included, by label or by version', () => {
  const text = `${tag} and @@@langfusePrompt:name=rules|version=2@@@`;
  expect(findIncluded(text)).toEqual([
    { name: 'team/tone', which: 'production' },
    { name: 'rules', which: 'v2' },
  ]);
});

test('a config is compared with sorted keys and its tools apart', () => {
  const texts = toConfigTexts({ tools: [{ name: 'search' }], b: 1, a: { d: 1, c: 2 } });
  expect(texts.config).toBe(JSON.stringify({ a: { c: 2, d: 1 }, b: 1 }, null, 2));
  expect(texts.tools).toContain('search');
  expect(toConfigTexts({})).toEqual({ config: '', tools: '' });
  expect(toConfigTexts(null)).toEqual({ config: '', tools: '' });
});

test('production stands first, latest second', () => {
  expect(toOrderedLabels(['a', 'latest', 'production'])).toEqual(['production', 'latest', 'a']);
});

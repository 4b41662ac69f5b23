import { expect, test } from 'vitest';
import { toSessionText, type WholeSession } from './session-file.ts';

const whole = {
  session: { id: 'chat-1' },
  turns: [
    {
      traceId: 't1',
      timestamp: '2026-05-01T10:00:00.000Z',
      input: { messages: [{ role: 'user', content: 'Where is my order?' }] },
      output: 'On its way.',
      userId: 'ada',
    },
    {
      traceId: 't2',
      timestamp: '2026-05-01T10:01:00.000Z',
      input: { q: 1, r: 2 },
      output: null,
      userId: null,
    },
  ],
} as unknown as WholeSession;

test('a conversation as Markdown names who said what and when', () => {
  const text = toSessionText('markdown', whole);
  expect(text).toContain('# chat-1\n\n## Turn 1 · 2026-05-01 10:00:00.000Z');
  expect(text).toContain('**ada**\n\nWhere is my order?\n\n**assistant**\n\nOn its way.');
  expect(text).toContain('```json\n{\n  "q": 1,\n  "r": 2\n}\n```');
});

test('as JSON it is what was read', () => {
  expect(JSON.parse(toSessionText('json', whole))).toEqual(whole);
});

import type { Prompt } from '@coaia/client';
import { expect, test } from 'vitest';
import { createDraft, toBody, toDraft, toList } from './draft.ts';

const version: Prompt = {
  id: 'x',
  projectId: 'p',
  name: 'team/answer',
  version: 3,
  type: 'chat',
  prompt: [
    { role: 'system', content: 'Be brief.' },
    { type: 'placeholder', name: 'history' },
    { role: 'user', content: '{{q}}' },
  ],
  config: { temperature: 0 },
  labels: ['production', 'latest'],
  tags: ['a', 'b'],
  commitMessage: 'before',
  createdBy: 'API',
  createdAt: '',
  updatedAt: '',
  isActive: true,
  resolutionGraph: null,
};

test('a version that is only opened and saved says the same, without its labels', () => {
  expect(toBody(toDraft(version))).toEqual({
    name: 'team/answer',
    type: 'chat',
    prompt: version.prompt,
    config: { temperature: 0 },
    labels: [],
    tags: ['a', 'b'],
  });
});

test('what a message carries beside role and content is kept', () => {
  const message = { role: 'tool', content: '1', tool_call_id: 'c1' };
  const prompt = [message];
  expect(toBody(toDraft({ ...version, prompt }))?.prompt).toEqual(prompt);
});

test('a config that is not JSON makes no body; an empty one is an empty object', () => {
  const draft = createDraft('team');
  expect(draft.name).toBe('team/');
  expect(toBody({ ...draft, config: '{' })).toBeUndefined();
  expect(toBody({ ...draft, text: 'x' })).toMatchObject({ type: 'text', prompt: 'x', config: {} });
});

test('lists are cut at commas', () => {
  expect(toList(' a, b,,a ')).toEqual(['a', 'b']);
});

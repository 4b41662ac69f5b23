import type { CreatePromptBody } from '@coaia/client';

/** A prompt to start from. */
export interface Starter {
  readonly id: 'summarise' | 'answer' | 'judge';
  readonly body: CreatePromptBody;
}

/** Three prompts that are of use as they are, and show variables, chats and config. */
export const starters: readonly Starter[] = [
  {
    id: 'summarise',
    body: {
      name: 'summarise',
      type: 'text',
      prompt: [
        'Summarise the text below in at most {{sentences}} sentences.',
        'Keep names, numbers and dates. Add nothing that the text does not say.',
        '',
        '{{text}}',
      ].join('\n'),
      config: { temperature: 0.2 },
      labels: ['production'],
      tags: ['starter'],
    },
  },
  {
    id: 'answer',
    body: {
      name: 'answer-from-context',
      type: 'chat',
      prompt: [
        {
          role: 'system',
          content: [
            'Answer the question from the context only. Quote the part that you rely on.',
            'If the context does not contain the answer, say so and name what is missing.',
            '',
            'Context:',
            '{{context}}',
          ].join('\n'),
        },
        { type: 'placeholder', name: 'history' },
        { role: 'user', content: '{{question}}' },
      ],
      config: { temperature: 0 },
      labels: ['production'],
      tags: ['starter'],
    },
  },
  {
    id: 'judge',
    body: {
      name: 'judge-answer',
      type: 'chat',
      prompt: [
        {
          role: 'system',
          content: [
            'You judge how well an answer meets a question.',
            'Reply with JSON only: {"score": NUMBER FROM 0 TO 1, "reason": "ONE SENTENCE"}.',
            '0 means wrong or beside the point, 1 means right, complete and clear.',
          ].join('\n'),
        },
        {
          role: 'user',
          content: 'Question:\n{{question}}\n\nAnswer:\n{{answer}}\n\nExpected:\n{{expected}}',
        },
      ],
      config: { temperature: 0 },
      labels: ['production'],
      tags: ['starter', 'evaluation'],
    },
  },
];

/** Steps that the story templates share. */
import { MODELS, usual } from './parts.ts';

/** A text of the story, written by the narrative model. */
export const write = (id: string, name: string, prompt: string, more: object = {}): object => ({
  id,
  name,
  observation_type: 'GENERATION',
  parent: 'story',
  model: '{{narrative_model}}',
  action: 'llm',
  with: { model: '{{narrative_model}}', prompt },
  variables: { input: prompt },
  ...more,
});

/** A judge of one of those texts. */
export const judge = (id: string, name: string, step: string, conditional: string): object => ({
  id,
  name,
  observation_type: 'GENERATION',
  parent: 'story',
  needs: [step],
  conditional,
  model: '{{judge_model}}',
  action: 'judge',
  with: {
    model: '{{judge_model}}',
    name: `${step}_quality`,
    criteria:
      'Quality: would a demanding reader want to go on reading? Does it keep what the title promises?',
    input: '{{story_title}}',
    output: `{{steps.${step}.output}}`,
    step,
  },
  variables: { input: { title: '{{story_title}}' } },
});

export const models = [
  usual('narrative_model', 'gpt-4', MODELS, 'Model that writes'),
  usual('judge_model', 'gpt-4', MODELS, 'Model that judges'),
];

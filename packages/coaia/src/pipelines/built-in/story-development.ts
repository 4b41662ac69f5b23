/** storytelling-development. */
import { define, optional, required, userId, usual } from './parts.ts';
import { judge, models, write } from './story-parts.ts';

const FRAME =
  '{% if genre %}Genre: {{genre}}. {% endif %}{% if target_length %}Length: {{target_length}}. {% endif %}';

export const storytellingDevelopment = define({
  name: 'storytelling-development',
  description:
    'From an idea to premise, characters, outline and a first chapter; judged on request',
  variables: [
    required('story_title', 'Title'),
    required('story_prompt', 'The idea'),
    ...models,
    usual(
      'story_structure',
      'three-act',
      ['three-act', 'hero-journey', 'five-act', 'kishotenketsu', 'save-the-cat'],
      'How it is built',
    ),
    { name: 'chapter_count', type: 'number', default: 12, min: 1, description: 'Chapters' },
    {
      name: 'enable_character_development',
      type: 'boolean',
      default: true,
      description: 'Whether characters are worked out',
    },
    {
      name: 'enable_story_evaluation',
      type: 'boolean',
      default: true,
      description: 'Whether the texts are judged',
    },
    optional('genre', 'Genre'),
    optional('target_length', 'How long it should become'),
    optional('session_id', 'Session of the trace'),
    userId,
  ],
  steps: [
    {
      id: 'story',
      name: 'Story Development: {{story_title}}',
      observation_type: 'SPAN',
      variables: {
        input: {
          title: '{{story_title}}',
          prompt: '{{story_prompt}}',
          structure: '{{story_structure}}',
          chapters: '{{chapter_count}}',
        },
      },
    },
    write(
      'premise',
      'Premise',
      `${FRAME}Write the premise of the story "{{story_title}}": {{story_prompt}}`,
    ),
    write(
      'characters',
      'Character Profile',
      'Write profiles of the main characters of this story:\n\n{{steps.premise.output}}',
      { needs: ['premise'], conditional: 'enable_character_development' },
    ),
    write(
      'outline',
      'Outline',
      `${FRAME}Write an outline of {{chapter_count}} chapters in the form {{story_structure}}.\n\nPremise:\n{{steps.premise.output}}\n\n{% if steps.characters %}Characters:\n{{steps.characters.output}}{% endif %}`,
      { needs: ['premise', 'characters'] },
    ),
    write(
      'chapter_1',
      'Chapter 1',
      'Write the first chapter of "{{story_title}}" after this outline:\n\n{{steps.outline.output}}',
      { needs: ['outline'] },
    ),
    judge('judge_premise', 'Premise Evaluation', 'premise', 'enable_story_evaluation'),
    judge('judge_outline', 'Outline Evaluation', 'outline', 'enable_story_evaluation'),
    judge('judge_chapter', 'Chapter 1 Evaluation', 'chapter_1', 'enable_story_evaluation'),
    {
      id: 'evaluation_summary',
      name: 'Story Evaluation Summary',
      observation_type: 'EVENT',
      parent: 'story',
      needs: ['judge_premise', 'judge_outline', 'judge_chapter'],
      variables: {
        input: { title: '{{story_title}}' },
        output: {
          premise: '{{steps.judge_premise.output.score}}',
          outline: '{{steps.judge_outline.output.score}}',
          chapter_1: '{{steps.judge_chapter.output.score}}',
        },
      },
    },
    {
      id: 'development_summary',
      name: 'Story Development Summary',
      observation_type: 'EVENT',
      parent: 'story',
      needs: ['chapter_1'],
      variables: {
        input: { title: '{{story_title}}' },
        output: {
          premise: '{{steps.premise.output}}',
          outline: '{{steps.outline.output}}',
          chapter_1: '{{steps.chapter_1.output}}',
        },
      },
    },
  ],
});

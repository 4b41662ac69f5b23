/** story-quality-ensemble, story-session-resume. */
import { define, optional, required, userId } from './parts.ts';
import { models, write } from './story-parts.ts';

const ASPECTS: Readonly<Record<string, string>> = {
  narrative: 'Narrative: does the plot hold together, with tension and a fitting pace?',
  character: 'Characters: are they distinct, believable, and do they change for a reason?',
  style: 'Style: is the language clear, alive, and right for those who will read it?',
};

const AUDIENCE =
  '{% if genre %} The genre is {{genre}}.{% endif %}{% if target_audience %} The readers are {{target_audience}}.{% endif %}{% if evaluation_aspects %} Look at {{ evaluation_aspects | join(", ") }}.{% endif %}';

const aspectJudge = (aspect: string, name: string, place: number): object => ({
  id: aspect,
  name,
  observation_type: 'GENERATION',
  parent: 'ensemble',
  action: 'judge',
  with: {
    model: `{{ judge_models[${place}] or judge_models[0] }}`,
    name: aspect,
    criteria: `${ASPECTS[aspect] ?? ''}${AUDIENCE}`,
    input: '{{story_title}} ({{content_type}})',
    output: '{{story_content}}',
  },
  variables: {
    input: { title: '{{story_title}}', content: '{{story_content}}', aspect },
  },
});

const each = (field: string): object => ({
  narrative: `{{steps.narrative.output.${field}}}`,
  character: `{{steps.character.output.${field}}}`,
  style: `{{steps.style.output.${field}}}`,
});

const summary = (id: string, name: string, output: unknown, more: object = {}): object => ({
  id,
  name,
  observation_type: 'EVENT',
  parent: 'ensemble',
  needs: ['narrative', 'character', 'style'],
  variables: { input: { title: '{{story_title}}' }, output },
  ...more,
});

export const storyQualityEnsemble = define({
  name: 'story-quality-ensemble',
  description: 'Three models judge a story, each by its own aspect',
  variables: [
    required('story_title', 'Title'),
    required('story_content', 'The text that is judged'),
    {
      ...required('content_type', 'What kind of text it is'),
      suggestions: ['premise', 'outline', 'character_profile', 'chapter', 'full_story'],
    },
    {
      name: 'judge_models',
      type: 'list',
      items: 'string',
      default: ['gpt-4', 'claude-3', 'llama-2'],
      minLength: 1,
      description: 'Models that judge narrative, characters and style',
    },
    optional('genre', 'Genre'),
    {
      name: 'evaluation_aspects',
      type: 'list',
      items: 'string',
      required: false,
      description: 'What the judges look at besides',
    },
    optional('target_audience', 'Who will read it'),
    {
      name: 'enable_consensus_analysis',
      type: 'boolean',
      default: true,
      description: 'Whether the judgements are put side by side',
    },
    userId,
  ],
  steps: [
    {
      id: 'ensemble',
      name: 'Story Quality Ensemble: {{story_title}}',
      observation_type: 'SPAN',
      variables: {
        input: {
          title: '{{story_title}}',
          type: '{{content_type}}',
          genre: '{{genre}}',
          models: '{{judge_models}}',
        },
      },
    },
    aspectJudge('narrative', 'Narrative Judge', 0),
    aspectJudge('character', 'Character Judge', 1),
    aspectJudge('style', 'Style Judge', 2),
    summary('consensus', 'Consensus Analysis', each('score'), {
      conditional: 'enable_consensus_analysis',
    }),
    summary('synthesis', 'Ensemble Score Synthesis', {
      mean: '{{ (steps.narrative.output.score + steps.character.output.score + steps.style.output.score) / 3 }}',
    }),
    summary('recommendations', 'Actionable Recommendations', each('reasoning')),
    summary('summary', 'Ensemble Evaluation Summary', each('scores'), {
      needs: ['synthesis', 'recommendations'],
    }),
  ],
});

const SO_FAR =
  'The story is called "{{story_title}}".{% if chapter_number %} We are in chapter {{chapter_number}}.{% endif %}{% if previous_context %}\n\nWhat happened so far:\n{{previous_context}}{% endif %}{% if user_feedback %}\n\nWhat the author says about it:\n{{user_feedback}}{% endif %}\n\n';

const resumed = (id: string, name: string, task: string, conditional: string): object =>
  write(id, name, `${SO_FAR}${task}`, { needs: ['context'], conditional });

export const storySessionResume = define({
  name: 'story-session-resume',
  description: 'Goes on with a story where an earlier session ended',
  variables: [
    required('story_title', 'Title'),
    required('session_id', 'Session that is resumed'),
    {
      ...required('resume_point', 'Where it goes on'),
      suggestions: ['chapter', 'scene', 'revision', 'feedback', 'outline'],
    },
    { name: 'chapter_number', type: 'number', required: false, min: 1, description: 'Chapter' },
    ...models,
    optional('previous_context', 'What happened so far'),
    optional('user_feedback', 'What the author says about it'),
    {
      name: 'enable_quality_check',
      type: 'boolean',
      default: true,
      description: 'Whether the new text is judged',
    },
    userId,
  ],
  steps: [
    {
      id: 'story',
      name: 'Story Session Resume: {{story_title}}',
      observation_type: 'SPAN',
      variables: {
        input: {
          title: '{{story_title}}',
          resume_point: '{{resume_point}}',
          chapter: '{{chapter_number}}',
        },
      },
    },
    {
      id: 'context',
      name: 'Context Reconstruction',
      observation_type: 'EVENT',
      parent: 'story',
      variables: {
        input: { previous: '{{previous_context}}', feedback: '{{user_feedback}}' },
      },
    },
    resumed(
      'continuation',
      'Chapter Continuation',
      'Go on with the story from here.',
      "resume_point not in ['revision', 'feedback', 'outline']",
    ),
    resumed(
      'revision',
      'Chapter Revision',
      'Write the last part again, taking up what the author says.',
      "resume_point in ['revision', 'feedback']",
    ),
    resumed(
      'development',
      'Outline Development',
      'Write the outline of what comes next, chapter by chapter.',
      "resume_point == 'outline'",
    ),
    {
      id: 'quality',
      name: 'Quality Check',
      observation_type: 'GENERATION',
      parent: 'story',
      needs: ['continuation', 'revision', 'development'],
      conditional: 'enable_quality_check',
      model: '{{judge_model}}',
      action: 'judge',
      with: {
        model: '{{judge_model}}',
        name: 'quality',
        criteria:
          'Quality: does the text go on with what was there, in the same voice, and does one want to read on?',
        input: SO_FAR,
        output:
          '{{ steps.continuation.output or steps.revision.output or steps.development.output }}',
      },
      variables: { input: { title: '{{story_title}}' } },
    },
    {
      id: 'progress',
      name: 'Session Progress Update',
      observation_type: 'EVENT',
      parent: 'story',
      needs: ['quality', 'continuation', 'revision', 'development'],
      variables: {
        input: { session: '{{session_id}}', resume_point: '{{resume_point}}' },
        output:
          '{{ steps.continuation.output or steps.revision.output or steps.development.output }}',
      },
    },
  ],
});

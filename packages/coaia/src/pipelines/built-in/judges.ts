/** judge-evaluation, judge-ensemble. */
import {
  CRITERIA,
  criteriaOf,
  define,
  MODELS,
  optional,
  required,
  userId,
  usual,
} from './parts.ts';

const content = [
  required('content_name', 'What the content is called'),
  required('content_to_evaluate', 'What is judged'),
];

export const judgeEvaluation = define({
  name: 'judge-evaluation',
  description: 'One model judges one content; the score is written with its reason',
  variables: [
    ...content,
    usual('judge_model', 'gpt-4', MODELS, 'Model that judges'),
    {
      name: 'evaluation_criteria',
      default: 'helpfulness',
      choices: Object.keys(CRITERIA),
      description: 'What is judged',
    },
    optional('score_config_name', 'Score config that says what scores may be'),
    userId,
  ],
  steps: [
    {
      id: 'evaluation',
      name: 'Content Evaluation: {{content_name}}',
      observation_type: 'SPAN',
      variables: { input: { content: '{{content_name}}', criteria: '{{evaluation_criteria}}' } },
    },
    {
      id: 'content',
      name: 'Content Storage',
      observation_type: 'EVENT',
      parent: 'evaluation',
      variables: { input: '{{content_to_evaluate}}' },
    },
    {
      id: 'judge',
      name: 'Judge Assessment',
      observation_type: 'GENERATION',
      parent: 'evaluation',
      needs: ['content'],
      model: '{{judge_model}}',
      action: 'judge',
      with: {
        model: '{{judge_model}}',
        name: '{{ score_config_name or evaluation_criteria }}',
        config: '{{score_config_name}}',
        criteria: criteriaOf('evaluation_criteria'),
        output: '{{content_to_evaluate}}',
      },
      variables: {
        input: { content: '{{content_to_evaluate}}', criteria: '{{evaluation_criteria}}' },
      },
    },
    {
      id: 'application',
      name: 'Score Application',
      observation_type: 'EVENT',
      parent: 'evaluation',
      needs: ['judge'],
      conditional: 'score_config_name',
      description: 'The score is written by the judge, in the form that the config asks for',
      variables: {
        input: { config: '{{score_config_name}}' },
        output: '{{steps.judge.output.scores}}',
      },
    },
    {
      id: 'summary',
      name: 'Evaluation Summary',
      observation_type: 'EVENT',
      parent: 'evaluation',
      needs: ['judge'],
      variables: {
        input: { content: '{{content_name}}', criteria: '{{evaluation_criteria}}' },
        output: '{{steps.judge.output}}',
      },
    },
  ],
});

const ensembleJudge = (criterion: string, name: string): object => ({
  id: criterion,
  name,
  observation_type: 'GENERATION',
  parent: 'ensemble',
  needs: ['preparation'],
  conditional: `'${criterion}' in evaluation_criteria`,
  action: 'judge',
  with: {
    models: '{{judge_models}}',
    name: criterion,
    criteria: CRITERIA[criterion],
    output: '{{content_to_evaluate}}',
  },
  variables: { input: { content: '{{content_to_evaluate}}', models: '{{judge_models}}' } },
});

const hasConsensus = (id: string): string =>
  `{{ steps.${id} and (1 - steps.${id}.output.spread) >= consensus_threshold }}`;

export const judgeEnsemble = define({
  name: 'judge-ensemble',
  description: 'Several models judge one content by several criteria; their agreement is computed',
  variables: [
    ...content,
    {
      name: 'judge_models',
      type: 'list',
      items: 'string',
      default: ['gpt-4', 'gpt-3.5-turbo', 'claude-3'],
      minLength: 1,
      description: 'Models that judge',
    },
    {
      name: 'evaluation_criteria',
      type: 'list',
      items: 'string',
      default: ['helpfulness', 'correctness', 'clarity'],
      choices: ['helpfulness', 'correctness', 'clarity'],
      minLength: 1,
      description: 'What is judged',
    },
    {
      name: 'consensus_threshold',
      type: 'number',
      default: 0.8,
      min: 0,
      max: 1,
      description: 'How near the judges must be to each other, 1 being the same',
    },
    userId,
  ],
  steps: [
    {
      id: 'ensemble',
      name: 'Judge Ensemble: {{content_name}}',
      observation_type: 'SPAN',
      variables: {
        input: {
          content: '{{content_name}}',
          models: '{{judge_models}}',
          criteria: '{{evaluation_criteria}}',
        },
      },
    },
    {
      id: 'preparation',
      name: 'Content Preparation',
      observation_type: 'EVENT',
      parent: 'ensemble',
      variables: { input: '{{content_to_evaluate}}' },
    },
    ensembleJudge('helpfulness', 'Helpfulness Judge'),
    ensembleJudge('correctness', 'Correctness Judge'),
    ensembleJudge('clarity', 'Clarity Judge'),
    {
      id: 'consensus',
      name: 'Consensus Analysis',
      observation_type: 'EVENT',
      parent: 'ensemble',
      needs: ['helpfulness', 'correctness', 'clarity'],
      variables: {
        input: { threshold: '{{consensus_threshold}}' },
        output: {
          helpfulness: hasConsensus('helpfulness'),
          correctness: hasConsensus('correctness'),
          clarity: hasConsensus('clarity'),
        },
      },
    },
    {
      id: 'summary',
      name: 'Ensemble Summary',
      observation_type: 'EVENT',
      parent: 'ensemble',
      needs: ['consensus'],
      variables: {
        input: { content: '{{content_name}}' },
        output: {
          helpfulness: '{{steps.helpfulness.output}}',
          correctness: '{{steps.correctness.output}}',
          clarity: '{{steps.clarity.output}}',
        },
      },
    },
  ],
});

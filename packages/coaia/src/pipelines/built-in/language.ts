/** llm-chain, judge-evaluation, judge-ensemble. */
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

const judgeOf = (id: string, name: string, step: string, asked: string): object => ({
  id,
  name,
  observation_type: 'GENERATION',
  parent: 'chain',
  needs: [step],
  conditional: 'enable_judge_evaluation',
  model: '{{judge_model}}',
  action: 'judge',
  with: {
    model: '{{judge_model}}',
    name: '{{evaluation_criteria}}',
    criteria: criteriaOf('evaluation_criteria'),
    input: asked,
    output: `{{steps.${step}.output}}`,
    step,
  },
  variables: { input: { criteria: '{{evaluation_criteria}}' } },
});

const FOLLOW_UP =
  'Here is an answer to "{{initial_prompt}}":\n\n{{steps.initial.output}}\n\nImprove on it: correct what is wrong, add what is missing, and keep what is good.';

export const llmChain = define(
  {
    name: 'llm-chain',
    description: 'Two questions to a model, the second about the first answer; judged on request',
    variables: [
      { name: 'chain_name', default: 'llm-chain', description: 'What the chain is called' },
      { name: 'initial_prompt', default: '', description: 'The first question' },
      optional('model', 'The same as model_name'),
      usual('model_name', "{{ model or 'gpt-4' }}", MODELS, 'Model that answers'),
      userId,
      { name: 'temperature', type: 'number', default: 0.7, min: 0, description: 'Of the model' },
      {
        name: 'enable_judge_evaluation',
        type: 'boolean',
        default: false,
        description: 'Whether the answers are judged',
      },
      usual('judge_model', 'gpt-4', MODELS, 'Model that judges'),
      {
        name: 'evaluation_criteria',
        default: 'helpfulness',
        choices: ['helpfulness', 'correctness', 'clarity', 'relevance'],
        description: 'What is judged',
      },
    ],
    steps: [
      {
        id: 'chain',
        name: 'LLM Chain: {{chain_name}}',
        observation_type: 'SPAN',
        variables: { input: { prompt: '{{initial_prompt}}', model: '{{model_name}}' } },
      },
      {
        id: 'initial',
        name: 'Initial Generation',
        observation_type: 'GENERATION',
        parent: 'chain',
        model: '{{model_name}}',
        model_parameters: { temperature: '{{temperature}}' },
        action: 'llm',
        with: {
          model: '{{model_name}}',
          temperature: '{{temperature}}',
          prompt: '{{initial_prompt}}',
        },
        variables: { input: '{{initial_prompt}}' },
      },
      {
        id: 'context',
        name: 'Context Processing',
        observation_type: 'EVENT',
        parent: 'chain',
        needs: ['initial'],
        variables: { input: { answer: '{{steps.initial.output}}' } },
      },
      {
        id: 'followup',
        name: 'Follow-up Generation',
        observation_type: 'GENERATION',
        parent: 'chain',
        needs: ['context'],
        model: '{{model_name}}',
        model_parameters: { temperature: '{{temperature}}' },
        action: 'llm',
        with: { model: '{{model_name}}', temperature: '{{temperature}}', prompt: FOLLOW_UP },
        variables: { input: FOLLOW_UP },
      },
      {
        id: 'synthesis',
        name: 'Final Synthesis',
        observation_type: 'EVENT',
        parent: 'chain',
        needs: ['followup'],
        variables: {
          input: { first: '{{steps.initial.output}}' },
          output: '{{steps.followup.output}}',
        },
      },
      judgeOf('judge_initial', 'Judge Initial Generation', 'initial', '{{initial_prompt}}'),
      judgeOf('judge_followup', 'Judge Follow-up Generation', 'followup', FOLLOW_UP),
      {
        id: 'quality',
        name: 'Chain Quality Summary',
        observation_type: 'EVENT',
        parent: 'chain',
        needs: ['judge_initial', 'judge_followup'],
        conditional: 'enable_judge_evaluation',
        variables: {
          input: { criteria: '{{evaluation_criteria}}' },
          output: {
            initial: '{{steps.judge_initial.output.score}}',
            followup: '{{steps.judge_followup.output.score}}',
          },
        },
      },
    ],
  },
  false,
);

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

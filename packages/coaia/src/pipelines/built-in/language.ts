/** llm-chain. */
import { criteriaOf, define, MODELS, optional, userId, usual } from './parts.ts';

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

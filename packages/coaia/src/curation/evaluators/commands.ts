/** Every command of evaluators and evaluation rules; importing this loads none of them. */
import type { CommandEntry } from '#surface';

export const evaluatorCommands: readonly CommandEntry[] = [
  {
    words: 'evaluators list',
    summary: 'List evaluators',
    groupDefault: 'evaluators list',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'evaluators show',
    summary: 'Show one evaluator with its prompt or code',
    load: () => import('./commands/show.ts'),
  },
  {
    words: 'evaluators create',
    summary: 'Make an evaluator from a file',
    load: () => import('./commands/create.ts'),
  },
  {
    words: 'evaluators test',
    summary: 'Evaluate one trace now, without storing a score',
    load: () => import('./commands/test.ts'),
  },
  {
    words: 'evaluators run',
    summary: 'Evaluate traces, or the items of an experiment, and store the scores',
    load: () => import('./commands/run.ts'),
  },
  {
    words: 'evaluators resume',
    summary: 'Let a paused evaluator go on',
    load: () => import('./commands/resume.ts'),
  },
  {
    words: 'evaluators delete',
    summary: 'Delete an evaluator; its scores stay',
    load: () => import('./commands/delete.ts'),
  },
  {
    words: 'evaluation-rules list',
    summary: 'List the rules that evaluate what arrives',
    groupDefault: 'evaluation-rules list',
    load: () => import('../evaluation-rules/commands/list.ts'),
  },
  {
    words: 'evaluation-rules create',
    summary: 'Make a rule: which evaluators look at what',
    load: () => import('../evaluation-rules/commands/create.ts'),
  },
  {
    words: 'evaluation-rules enable',
    summary: 'Switch a rule on',
    load: () => import('../evaluation-rules/commands/enable.ts'),
  },
  {
    words: 'evaluation-rules disable',
    summary: 'Switch a rule off',
    load: () => import('../evaluation-rules/commands/disable.ts'),
  },
  {
    words: 'evaluation-rules delete',
    summary: 'Delete a rule; its evaluators and scores stay',
    load: () => import('../evaluation-rules/commands/delete.ts'),
  },
  {
    words: 'evaluation-rules log',
    summary: 'Show what was evaluated, what waits and what failed',
    load: () => import('../evaluation-rules/commands/log.ts'),
  },
];

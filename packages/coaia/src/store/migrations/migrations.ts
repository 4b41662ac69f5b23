/** All migrations in order. The highest number is the schema this program reads and writes. */
import { foundation } from './0001-foundation.ts';
import { scoreConfigs } from './0002-score-configs.ts';
import { prompts } from './0003-prompts.ts';
import { datasets } from './0004-datasets.ts';
import { media } from './0005-media.ts';
import { comments } from './0006-comments.ts';
import { annotationQueues } from './0007-annotation-queues.ts';
import { models } from './0008-models.ts';
import { administration } from './0009-administration.ts';
import { llmConnections } from './0010-llm-connections.ts';
import { evaluations } from './0011-evaluations.ts';
import { blobExports } from './0012-exports.ts';
import { dashboards } from './0013-dashboards.ts';
import { transfers } from './0014-transfers.ts';
import { stash } from './0015-stash.ts';
import { runs } from './0016-runs.ts';
import { pipelineTemplates } from './0017-pipeline-templates.ts';
import { fineTuning } from './0018-fine-tuning.ts';
import { deployments } from './0019-deployments.ts';
import { predictions } from './0020-predictions.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [
  foundation,
  scoreConfigs,
  prompts,
  datasets,
  media,
  comments,
  annotationQueues,
  models,
  administration,
  llmConnections,
  evaluations,
  blobExports,
  dashboards,
  transfers,
  stash,
  runs,
  pipelineTemplates,
  fineTuning,
  deployments,
  predictions,
];

/** Numbers may have gaps while several migrations are written beside each other, so the last one counts. */
export const LATEST_SCHEMA_VERSION = MIGRATIONS.at(-1)?.version ?? 0;

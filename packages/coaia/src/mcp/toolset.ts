/** Which tools there are at which level. */
import { batchTools, observationTools } from './tools/observation-tools.ts';
import { commentTools } from './tools/comment-tools.ts';
import { curationTools, datasetItemTools } from './tools/curation-tools.ts';
import { pipelineTools } from './tools/pipeline-tools.ts';
import { mediaTools } from './tools/media-tools.ts';
import { scoreListTools, scoreTools } from './tools/score-tools.ts';
import { stashTools } from './tools/stash-tools.ts';
import { sessionTools, traceListTools } from './tools/trace-list-tools.ts';
import { traceTools } from './tools/trace-tools.ts';
import type { Tool } from './tool.ts';

/** As the Python server names them. */
export const LEVELS = ['MINIMAL', 'STANDARD', 'OBSERVABILITY', 'FULL'] as const;

export type Level = (typeof LEVELS)[number];

/** The level of that name in any case; an unknown one is STANDARD, as it has always been. */
export function parseLevel(text: string | undefined): Level {
  return LEVELS.find((level) => level === text?.trim().toUpperCase()) ?? 'STANDARD';
}

/** The twenty tools of every level. */
export const BASIC_TOOLS: readonly Tool[] = [
  ...stashTools,
  ...traceTools,
  ...observationTools,
  ...traceListTools,
  ...curationTools,
  ...scoreTools,
  ...commentTools,
];

/** What FULL has besides. */
export const FULL_TOOLS: readonly Tool[] = mediaTools;

/** What the Python server does not have; at every level. */
export const MORE_TOOLS: readonly Tool[] = [
  ...batchTools,
  ...sessionTools,
  ...datasetItemTools,
  ...scoreListTools,
  ...pipelineTools,
];

/** The tools of a level; with `isReadOnly` those that change nothing. */
export function listTools(level: Level, isReadOnly: boolean): readonly Tool[] {
  const tools = [...BASIC_TOOLS, ...(level === 'FULL' ? FULL_TOOLS : []), ...MORE_TOOLS];
  return isReadOnly ? tools.filter((tool) => tool.isReadOnly) : tools;
}

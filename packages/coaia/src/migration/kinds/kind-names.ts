/** Names of the kinds of records. */

/** In the order in which they are copied: what others refer to comes first. */
export const KIND_NAMES = [
  'score-configs',
  'models',
  'prompts',
  'datasets',
  'dataset-items',
  'traces',
  'observations',
  'sessions',
  'dataset-runs',
  'scores',
  'comments',
  'annotation-queues',
  'media',
] as const;

export type KindName = (typeof KIND_NAMES)[number];

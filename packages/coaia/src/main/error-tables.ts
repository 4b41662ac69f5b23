/** Where every error code is declared; a table loads only when it is asked for. */
import type { ErrorDefinition } from '#base';

export interface ErrorTable {
  readonly room: string;
  readonly load: () => Promise<Readonly<Record<string, ErrorDefinition>>>;
}

/** In the order of their blocks; the shell adds its own. */
export const errorTables: readonly ErrorTable[] = [
  { room: 'base', load: async () => (await import('#base')).commonErrors.table },
  { room: 'store', load: async () => (await import('../store/errors.ts')).storeErrors.table },
  { room: 'config', load: async () => (await import('../config/errors.ts')).configErrors.table },
  { room: 'access', load: async () => (await import('../access/errors.ts')).accessErrors.table },
  { room: 'egress', load: async () => (await import('../egress/errors.ts')).egressErrors.table },
  { room: 'jinja', load: async () => (await import('#jinja')).jinjaErrors.table },
  { room: 'sandbox', load: async () => (await import('../sandbox/errors.ts')).sandboxErrors.table },
  { room: 'blobs', load: async () => (await import('#blobs')).blobErrors.table },
  { room: 'queue', load: async () => (await import('../queue/errors.ts')).queueErrors.table },
  { room: 'runs', load: async () => (await import('../runs/errors.ts')).runErrors.table },
  {
    room: 'migration',
    load: async () => (await import('../migration/errors.ts')).migrationErrors.table,
  },
  {
    room: 'observability',
    load: async () => (await import('../observability/errors.ts')).observabilityErrors,
  },
  { room: 'models', load: async () => (await import('../models/errors.ts')).modelFailures.table },
  {
    room: 'curation',
    load: async () => (await import('../curation/errors.ts')).curationErrors,
  },
  { room: 'text', load: async () => (await import('../text/errors.ts')).textErrors.table },
  { room: 'audio', load: async () => (await import('../audio/errors.ts')).audioErrors.table },
  { room: 'stash', load: async () => (await import('../stash/errors.ts')).stashErrors.table },
  {
    room: 'pipelines',
    load: async () => (await import('../pipelines/errors.ts')).pipelineErrors,
  },
  { room: 'serving', load: async () => (await import('../serving/errors.ts')).servingErrors },
  { room: 'github', load: async () => (await import('../github/errors.ts')).githubErrors.table },
];

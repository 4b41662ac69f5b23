/** The door of the migration room: copies the project of another server, and compares both. */
import { migrationErrors } from './errors.ts';
import type { MigrationApi, MigrationPorts } from './ports.ts';

export type { MigrationApi, MigrationPorts } from './ports.ts';

/** The calls over the store in this home. */
export async function openLocalMigration(ports: MigrationPorts): Promise<MigrationApi> {
  const [{ migrate }, { compare }] = await Promise.all([
    import('./transfers/migrate.ts'),
    import('./transfers/compare.ts'),
  ]);
  return {
    migrate: (input) => migrate(ports, input),
    compare: (input) => compare(ports, input),
  };
}

/** Why there are no such calls over a server: COAIA-0851. */
export function refuseRemoteMigration(baseUrl: string) {
  return migrationErrors.create(
    'COAIA-0851',
    `The settings choose the server ${baseUrl}; copying writes into the store of this machine.`,
    { hint: 'unset LANGFUSE_BASE_URL LANGFUSE_HOST' },
  );
}

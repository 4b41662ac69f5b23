/** Where every error code is declared: the rooms', the floors' and the shells' own. */
import { errorTables } from '#main/error-tables';
import type { ErrorTable } from '#main/error-tables';

export const allErrorTables: readonly ErrorTable[] = [
  ...errorTables,
  { room: 'mcp', load: async () => (await import('#mcp/errors')).mcpErrors.table },
  { room: 'http', load: async () => (await import('#http/errors')).httpErrors.table },
  { room: 'cli', load: async () => (await import('./errors.ts')).cliErrors.table },
];

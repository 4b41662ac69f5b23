/** Codes of retention: COAIA-1180 to 1189. */
import { defineErrors, EXIT } from '#base';

export const retentionFailures = defineErrors({
  'COAIA-1180': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'Another process deletes what is too old in this project, usually the server. It ends by itself; a process that died is given up after 20 seconds. Run it again then.',
  },
});

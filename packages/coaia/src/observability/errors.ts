/**
 * Codes of the observability room: block COAIA-1000. Ingestion has 1001-1019, reads have 1020-1059,
 * commands 1060-1089 (terminal/errors.ts).
 */
import { defineErrors, EXIT } from '#base';
import { commentFailures } from './comments/errors.ts';
import { dashboardFailures } from './dashboards/errors.ts';
import { exportFailures } from './exports/errors.ts';
import { mediaFailures } from './media/errors.ts';
import { metricsFailures } from './metrics/errors.ts';
import { modelFailures } from './models/errors.ts';
import { retentionFailures } from './retention/errors.ts';
import { scoreFailures } from './scores/errors.ts';
import { terminalFailures } from './terminal/errors.ts';

const readErrors = defineErrors({
  'COAIA-1020': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The filter text could not be read. The sentence names the place; details hold position and length. Filters are `key:value` terms separated by spaces; docs/filters.md has the grammar.',
  },
  'COAIA-1021': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The filter names a key that does not exist, so it would match nothing by accident. The hint names the nearest keys; `GET /api/v1/query-keys` lists all. Put the word in quotes to search for it as text.',
  },
  'COAIA-1022': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The value does not fit its key: a number, duration, amount, time or one of a fixed list was expected, or the operator makes no sense for the key.',
  },
  'COAIA-1023': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The `filter` parameter must be a JSON array of conditions {type, column, operator, value, key?}. The sentence names the first condition that is wrong.',
  },
  'COAIA-1024': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The cursor was not made by this list, or by this order of it. Start again without a cursor.',
  },
  'COAIA-1025': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The list cannot be sorted like that. `orderBy` is `field.asc` or `field.desc`; the hint lists the fields.',
  },
});

/** Failures of lists, reads and filters. */
export const readFailures = readErrors;

/** Every code of the room, for `coaia explain` and the errors page. */
export const observabilityErrors = {
  ...readErrors.table,
  ...commentFailures.table,
  ...dashboardFailures.table,
  ...exportFailures.table,
  ...mediaFailures.table,
  ...metricsFailures.table,
  ...modelFailures.table,
  ...terminalFailures.table,
  ...retentionFailures.table,
  ...scoreFailures.table,
};

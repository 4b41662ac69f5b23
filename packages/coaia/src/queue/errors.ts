/** Codes of the dispatchers: block COAIA-0950 to 0969. */
import { defineErrors, EXIT } from '#base';

export const queueErrors = defineErrors({
  'COAIA-0950': {
    status: 500,
    exit: EXIT.config,
    name: 'InvalidConfigurationError',
    explain:
      'REDIS_URL is not an address of a Redis. It looks like redis://user:password@host:6379/0, or rediss:// for an encrypted connection.',
  },
});

/** Codes of schedules and their webhooks: COAIA-5200 to 5249. */
import { defineErrors, EXIT } from '#base';

export const scheduleFailures = defineErrors({
  'COAIA-5200': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'A schedule says when it starts its pipeline in exactly one way: a cron expression, a span of time between starts, or one moment.',
  },
  'COAIA-5201': {
    status: 502,
    exit: EXIT.failed,
    name: 'BadGatewayError',
    explain:
      'A webhook was not taken: the address did not answer, or answered with another status than 200 to 299. It is sent again, later each time; after the last attempt it stands among the failed tasks, where `coaia tasks retry` sends it once more.',
  },
  'COAIA-5202': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The address of a webhook is no http or https address without a name and password, or leads into a private network, which the project does not allow. `coaia pipeline allow http --private` allows it.',
  },
});

/** Codes of predictions: AO680 to AO699. */
import { defineErrors, EXIT } from '#base';

export const predictionFailures = defineErrors({
  AO680: {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'The request id does not lead to one prediction of this model: none has it, or an outcome came for an id that several different predictions have, or for a request of several rows without saying which one. Predictions appear half a second after they were made and are kept for as many days as the log is kept. The id is in the header X-Request-Id of the answer and in its body. Callers that choose ids send each request with one of its own.',
  },
  AO681: {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'Nothing is known of this model: it has no version here and answered nothing. `ao versions` lists the models.',
  },
  AO682: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The file of outcomes cannot be read. It is CSV with a header line that has a column request_id and a column actual, and for requests of several rows a column row that counts from 0.',
  },
  AO683: {
    status: 409,
    exit: EXIT.failed,
    name: 'ConflictError',
    explain:
      'There is nothing to make this from yet: outcomes are what worst predictions, calibration and accuracy are made from. Send them with `ao outcomes FILE.csv`, or to the address outcomes of the gateway.',
  },
  AO684: {
    status: 409,
    exit: EXIT.failed,
    name: 'ConflictError',
    explain:
      'No version runs as a shadow of this model, or the time that was asked for has no pair of answers, so there is nothing to compare. Start one with `ao deploy --shadow VERSION`.',
  },
  AO685: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The metric cannot be computed for this model: accuracy, log_loss and brier are for classifiers (the last two need probabilities), mae, mse and bias for numbers.',
  },
  AO686: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The examples cannot be used to compare versions: every example needs the inputs of the model and the value that was expected, and at least two of them must be there.',
  },
  AO687: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'A time could not be read. Write ISO 8601 (2026-03-01 or 2026-03-01T12:00:00Z), or an age such as 90m, 24h, 7d or 2w.',
  },
});

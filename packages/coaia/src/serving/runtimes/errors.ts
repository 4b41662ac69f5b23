/** Codes of runtimes: what a caller of a model meets (AO422 to AO454), and models that cannot be loaded (AO640 on). */
import { defineErrors, EXIT } from '#base';

const LOADING = { status: 503, exit: EXIT.failed, name: 'ServiceUnavailableError' } as const;

export const runtimeFailures = defineErrors({
  AO422: {
    status: 422,
    exit: EXIT.failed,
    name: 'UnprocessableContentError',
    explain:
      'The rows do not fit what the model takes: a column is missing, has another type, or a value is not allowed. The details name the row, the field, what came and what is wanted. The model was not asked.',
  },
  AO429: {
    status: 429,
    exit: EXIT.failed,
    name: 'TooManyRequestsError',
    explain:
      'As many requests wait for this model as `max_queue` allows, so this one was refused at once. Try again after the seconds in Retry-After, start more `workers`, or raise `max_queue` in ao.toml.',
  },
  AO450: {
    status: 500,
    exit: EXIT.failed,
    name: 'InternalServerError',
    explain:
      "The model's own code failed on these rows. Callers are told only that; what Python or R said, with the lines of code, is in the trace of the prediction and in `ao logs`.",
  },
  AO452: {
    status: 503,
    exit: EXIT.failed,
    name: 'ServiceUnavailableError',
    explain:
      'No worker could answer: the model is not loaded, could not be loaded, or its process ended during the request. A lost worker is replaced at once; try again after the seconds in Retry-After.',
  },
  AO454: {
    status: 504,
    exit: EXIT.failed,
    name: 'GatewayTimeoutError',
    explain:
      'The model did not answer within `timeout_ms`. A worker that does not come back is ended and replaced. Look for an endless loop, send fewer rows at a time, or raise `timeout_ms` in ao.toml.',
  },
  AO456: {
    status: 404,
    exit: EXIT.failed,
    name: 'NotFoundError',
    explain:
      'Explanations are given where they are exact: linear models and those of R that know their terms add up parts, and a function `explain` beside `predict` in model.py or model.R gives what it computes. This model has neither. Write `def explain(model, df)` or `explain <- function(model, newdata)`, which gives a value for each row and name, then `ao deploy`.',
  },
  AO640: {
    ...LOADING,
    explain:
      'The interpreter of the model could not be started, or ended before the model was loaded: it is not there, is no Python or R, or was stopped by the system. `ao config` shows which one is used; `[model] python` or `rscript` in ao.toml sets another.',
  },
  AO641: {
    ...LOADING,
    explain:
      'The model needs a package that its interpreter does not have. Install the package there, or set `[model] python` or `rscript` in ao.toml to an interpreter that has it.',
  },
  AO642: {
    ...LOADING,
    explain:
      'The file of the model could not be read: it is damaged, of another kind than its name says, or was written by a version of its library that this interpreter does not understand. Save the model again with the versions installed here.',
  },
  AO643: {
    ...LOADING,
    explain:
      'The workers of the model ended five times in a row, so none is started for half a minute; after that the next request tries one more. `ao logs` shows what they wrote. Mend the model and deploy it again.',
  },
  AO644: {
    ...LOADING,
    exit: EXIT.config,
    explain:
      'Model files can run code when they are opened, so they are loaded inside bubblewrap, and bubblewrap does not work here. Install the package bubblewrap, or allow plain processes for models that you trust.',
  },
  AO645: {
    ...LOADING,
    explain:
      'The code beside the model could not be used: the file does not parse or fails when it is loaded, or has no function of the name in `entry`. The sentence repeats what the language said.',
  },
});

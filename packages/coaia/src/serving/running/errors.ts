/** Codes of running: AO620 to AO639. */
import { defineErrors, EXIT } from '#base';

export const runningFailures = defineErrors({
  AO620: {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'The project runs already, started by another `ao run up`. The sentence has its address. `ao run ps` shows its processes, `ao run down` stops them.',
  },
  AO621: {
    status: 500,
    exit: EXIT.failed,
    name: 'InternalServerError',
    explain:
      'A process of the service crashed five times in a row shortly after its start, so it was given up and the others were stopped. The sentence repeats its last lines; `ao run logs` has more.',
  },
  AO622: {
    status: 500,
    exit: EXIT.failed,
    name: 'InternalServerError',
    explain:
      'A process of the service ended before it could answer, without saying why in a form that ao knows. The sentence repeats its last lines; `ao run logs` has more.',
  },
  AO623: {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'The command talks to the running service of the project, and none runs. Start it with `ao run up`, or with `ao run up --detach` to get the prompt back.',
  },
  AO624: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'What was given to `ao run call` is no row of the model: an option that is no field, a value that cannot be read, or data that is not JSON. The sentence names it and what the model takes.',
  },
  AO625: {
    status: 502,
    exit: EXIT.failed,
    name: 'BadGatewayError',
    explain:
      'The running service answered a prediction with an error. The sentence repeats what it said, with its code; `ao explain CODE` tells more about that one.',
  },
  AO626: {
    status: 500,
    exit: EXIT.failed,
    name: 'InternalServerError',
    explain:
      'The service could not be stopped: one of its processes belongs to another user, or does not end. The sentence has its process id.',
  },
  AO627: {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The project has no model that could be served: ao.toml names none, and model-service has neither a model.py or model.R nor one fitted model in artifacts.',
  },
  AO628: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'Words stood after -- and nothing takes them: only tasks of ao.toml, `ao run test` and `ao run call` do. The sentence repeats them. Options of ao itself stand before the --.',
  },
});

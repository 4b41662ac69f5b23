/** Codes of runs and their actions: COAIA-5100 to 5199. */
import { defineErrors, EXIT } from '#base';

export const runFailures = defineErrors({
  'COAIA-5100': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'A step of the template names an action that does not exist. `coaia pipeline actions` lists those that do; `coaia pipeline validate NAME` checks a template.',
  },
  'COAIA-5101': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The `with` of a step does not fit its action once its expressions are filled in. The sentence names the field. Nothing was sent or run for this step.',
  },
  'COAIA-5102': {
    status: 403,
    exit: EXIT.denied,
    name: 'ForbiddenError',
    explain:
      'The project does not allow what the step wants to do. Calls to web addresses, commands of a shell and files of this machine are off until an owner allows them with `coaia pipeline allow http`, `shell` or `files`. A template or a file in a project folder can never allow them.',
  },
  'COAIA-5103': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A web address that a step wanted to call was refused, or answered with a status that the step does not expect, or with more than it may. Addresses inside private networks need `coaia pipeline allow http --private`.',
  },
  'COAIA-5104': {
    status: 502,
    exit: EXIT.failed,
    name: 'BadGatewayError',
    explain:
      'A command that a step ran in the sandbox did not end well: it failed, ran too long or wrote too much. The sentence has the end of what it said.',
  },
  'COAIA-5105': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A file that a step names lies outside the folder of the pipeline, or cannot be read there. Names are relative to the folder in which the run was started.',
  },
  'COAIA-5106': {
    status: 502,
    exit: EXIT.failed,
    name: 'BadGatewayError',
    explain:
      'The model did not answer in the form that the step asks for. Nothing was guessed and no score was written. With `retry` the step asks again.',
  },
  'COAIA-5107': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain: 'A person was asked whether the pipeline may go on, and refused.',
  },
  'COAIA-5108': {
    status: 504,
    exit: EXIT.failed,
    name: 'TimeoutError',
    explain: 'A step waited for an approval, and nobody answered in the time that it allows.',
  },
  'COAIA-5109': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The `foreach` of a step is no list, or has more than 1000 items. A larger list is worked on by several runs.',
  },
  'COAIA-5110': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The steps cannot be put in order: one needs a step that does not exist, or steps need each other in a circle.',
  },
  'COAIA-5111': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The run ended without success: a step failed, or it was cancelled. `coaia pipeline runs show RUN` shows every step and its reason; `coaia pipeline runs retry RUN` goes on at the first step that is not finished.',
  },
  'COAIA-5113': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The run has no step of that name, or it does not wait for an approval there. `coaia pipeline runs show RUN` lists the steps.',
  },
  'COAIA-5114': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'Pipelines that start pipelines are followed five levels deep. Deeper than that they most likely start each other for ever.',
  },
  'COAIA-5115': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'A run with this id was started before with another template or other variables. Give another id, or none.',
  },
});

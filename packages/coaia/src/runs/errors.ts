/** Codes of durable runs: block COAIA-0900 to 0949. */
import { defineErrors, EXIT } from '#base';

export const runErrors = defineErrors({
  'COAIA-0900': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'There is no run with this id in the project. Ended runs are removed after the time that retention allows.',
  },
  'COAIA-0901': {
    status: 500,
    exit: EXIT.failed,
    name: 'StepFailedError',
    explain:
      'A step of a run failed with an error that has no code of its own. The sentence is what the step said. Put it right and try the run again: it goes on at this step, finished steps are not done twice.',
  },
  'COAIA-0902': {
    status: 504,
    exit: EXIT.failed,
    name: 'TimeoutError',
    explain:
      'A step took longer than its timeout allows and was told to stop. It is tried again when it has attempts left. Allow more time in the step, or make it smaller.',
  },
  'COAIA-0903': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'The state of the run does not allow this: a run that has ended cannot be cancelled or signalled, and only failed and cancelled runs can be tried again.',
  },
  'COAIA-0904': {
    status: 504,
    exit: EXIT.failed,
    name: 'TimeoutError',
    explain:
      'The run did not end before its deadline and was stopped; its child runs were cancelled. Trying it again gives it the same time once more, and goes on after its finished steps.',
  },
  'COAIA-0905': {
    status: 500,
    exit: EXIT.failed,
    name: 'NotDeterministicError',
    explain:
      'The run no longer takes the steps that stand in its journal, or it used the name of a step twice. This happens when the program that carries it out has changed in the middle of a run. Start the run again as a new one.',
  },
  'COAIA-0906': {
    status: 500,
    exit: EXIT.failed,
    name: 'WorkerDiedError',
    explain:
      'The process that worked on the run died several times in a row without finishing a step, so the run is given up. Look for what kills it (memory, a crash in the step), then try the run again: it goes on after its finished steps.',
  },
  'COAIA-0907': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'The run has no step of this name in its journal, so another run cannot go on from there. The steps of a run show their names.',
  },
  'COAIA-0908': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain: 'There is no schedule with this id in the project.',
  },
  'COAIA-0909': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The schedule cannot be understood: a cron expression has five fields (minute, hour, day, month, weekday) or six with seconds first, a time zone is a name such as Europe/Berlin, an interval is at least one second, and a single time lies in the future.',
  },
  'COAIA-0910': {
    status: 409,
    exit: EXIT.failed,
    name: 'CancelledError',
    explain:
      'The run was cancelled by somebody, or because the run that had started it ended. Finished steps keep their results; trying the run again goes on after them.',
  },
});

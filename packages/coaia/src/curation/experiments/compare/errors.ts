/** Codes of comparisons of experiments: COAIA-2300 to 2349. */
import { defineErrors, EXIT } from '#base';

export const comparisonFailures = defineErrors({
  'COAIA-2300': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'No run has this id or name in the project, or in the dataset that was named. `coaia experiments list` shows runs with their ids.',
  },
  'COAIA-2301': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'Several runs have this name, because names of runs are unique within a dataset only. Name the dataset as well, or use the id; details list them.',
  },
  'COAIA-2302': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The runs hold more answers together than one comparison reads. Compare fewer runs at a time.',
  },
  'COAIA-2303': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The query of a comparison contradicts itself: a run stands against itself, the slice is not of the form key=value, or the score is none that these runs have.',
  },
  'COAIA-2310': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The gate of an experiment failed: the sentence says which condition, the table above it the numbers. This is what the command is for, and the exit code is 1.',
  },
});

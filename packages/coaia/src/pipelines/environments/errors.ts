/** Codes of environments: COAIA-5400 to 5499. */
import { defineErrors, EXIT } from '#base';

export const environmentErrors = defineErrors({
  'COAIA-5400': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The name of a variable or of an environment cannot be used, so nothing was changed. Variables: letters, digits and _, not beginning with a digit, because a shell evaluates their names. Environments: letters, digits, _, - and single dots.',
  },
  'COAIA-5401': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'There is no such environment: neither its file nor its encrypted file exists. `coaia env list` shows those of this folder and of your home.',
  },
  'COAIA-5402': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'No place that was asked has the variable. Without --name and --location these are the process environment, the project and your home; `coaia env resolve` shows all of them.',
  },
  'COAIA-5403': {
    status: 409,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A file is already there and was left as it is. Give another name, or the option that the hint names; a copy of what is written over is kept in `backups` in the home.',
  },
  'COAIA-5404': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The value cannot be one of a variable: it has a zero byte or is no valid Unicode. Nothing was changed.',
  },
  'COAIA-5405': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'What was asked for cannot be said in that form, or two options contradict each other. Nothing was changed.',
  },
  'COAIA-5406': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The values of an encrypted file would appear on the terminal. Add --reveal when you mean it; inside eval "$(...)" it is not needed.',
  },
  'COAIA-5407': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The editor could not be started or ended with an error, so nothing was changed. VISUAL or EDITOR names it.',
  },
  'COAIA-5408': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The change would leave an encrypted file that nobody here can open. `coaia env recipients list` shows for whom files are encrypted.',
  },
});

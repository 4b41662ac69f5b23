/** Codes of templates: COAIA-5000 to 5099. */
import { defineErrors, EXIT } from '#base';

export const templateFailures = defineErrors({
  'COAIA-5000': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'No pipeline template has this name. Templates are looked for in ./.coaia/templates, then in ~/.coaia/templates, then in the project on the server or in the local store, then among the built-in ones. `coaia pipeline list` shows all of them.',
  },
  'COAIA-5001': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A template was found but cannot be used: it is no valid JSON or YAML, lacks something, or contradicts itself. The sentence names the file, the line and the place in the document. `coaia pipeline validate FILE` lists everything that is wrong.',
  },
  'COAIA-5002': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'A template is named by letters, digits, dots, dashes and underscores, beginning with a letter or digit, with an optional `@range` of versions. A file is named by a path that begins with ./ or /.',
  },
  'COAIA-5003': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'Values given to a template do not fit its variables: a required one is missing, or one has the wrong type, is not among the choices, or breaks a rule. `coaia pipeline show NAME` lists the variables. Nothing was sent.',
  },
  'COAIA-5004': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A template extends another that does not exist, or that in the end extends the first one again. Correct `extends`; `coaia pipeline list --path` shows where templates lie.',
  },
  'COAIA-5005': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A template became impossible with these values: a step names a parent or a step it needs that is not there, two steps have the same id, or an expression could not be evaluated. Nothing was sent.',
  },
  'COAIA-5006': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'A variable on the command line is written neither as KEY=VALUE nor as KEY VALUE, or its file cannot be read, or it is no JSON after `:=`.',
  },
  'COAIA-5007': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'A file is there already and would be overwritten. Choose another name, or add --force to replace it.',
  },
  'COAIA-5008': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'The template in the store is newer than the one that was edited: somebody saved in between. Read it again and repeat the change on it.',
  },
  'COAIA-5009': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A template requires another version of this program, or of another template, than is here. The sentence says which.',
  },
  'COAIA-5010': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'Judging was asked for and could not be done: no step of the template judges, what is to be judged is made only by a run, or no model gave a judgement. There is no score that nobody gave. `coaia pipeline run NAME` runs a template with all of its steps.',
  },
  'COAIA-5011': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'At least one template is not valid, or one of its tests fails. The output above says what and where.',
  },
  'COAIA-5012': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The editor could not be started, or ended with a failure. The template is unchanged. Set EDITOR to a program that waits until the file is closed, for example `export EDITOR="code --wait"`.',
  },
  'COAIA-5013': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'This template lies where it cannot be changed: built-in templates come with the program. `coaia pipeline init NAME --from BASE` makes a copy that is yours.',
  },
});

/** Codes of projects: AO101 to AO199. */
import { defineErrors, EXIT } from '#base';

export const projectFailures = defineErrors({
  AO101: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'ao.toml (or ao.local.toml) has a setting that does not exist, most often a misspelt one. The sentence names the line and the nearest setting. `ao config` prints all settings with their values.',
  },
  AO102: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'A setting has a value of the wrong kind: a text where a number is needed, a word that is not one of the choices, a path that leads out of the project. The sentence names the line, what was found and what fits.',
  },
  AO103: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      '`ao config KEY` was asked for a setting that does not exist. Keys are written as in ao.toml with the table before them, such as api.port. `ao config` prints all of them.',
  },
  AO104: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'ao.toml cannot be read because it is not valid TOML: a quote or bracket that never closes, a text without quotes, a key that stands twice. The sentence names line and column.',
  },
  AO105: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'Something that ao.toml must say is missing, or two of its tables contradict each other: [project] name is needed, [model] and [models.NAME] exclude each other, and a model needs a file to predict with.',
  },
  AO106: {
    status: 409,
    exit: EXIT.usage,
    name: 'LangfuseConflictError',
    explain:
      '`ao init` would write over files that exist, so it wrote nothing. The sentence names them. Choose another name or folder, or add --force to replace exactly these files.',
  },
  AO107: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The name of the project cannot be used: it becomes part of addresses and file names, so it has small or capital letters, digits, dots, dashes and underscores, begins with a letter, and has at most 64 of them.',
  },
  AO108: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The file given to `ao init --from` does not exist or is no model that ao knows: .joblib, .pkl or .skops of scikit-learn, .rds of R, .onnx, or a folder with a file MLmodel.',
  },
  AO109: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'Tasks need each other in a circle, or one needs a task that does not exist, so none was started. The sentence shows the names in their order. Change `needs` in [tasks] of ao.toml.',
  },
  AO110: {
    status: 404,
    exit: EXIT.usage,
    name: 'LangfuseNotFoundError',
    explain:
      'The command needs a project, and there is no ao.toml in this folder or any folder above it. Go to the folder of the project, or make one with `ao init`.',
  },
  AO111: {
    status: 404,
    exit: EXIT.usage,
    name: 'LangfuseNotFoundError',
    explain:
      '`ao run` was asked for a task that neither ao.toml nor ao itself has. The sentence names the nearest one; `ao run` alone lists all tasks.',
  },
  AO112: {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A command of a task could not be started, took longer than its timeout, or is not a command that can be split into words. The sentence names the command and the reason. The tasks after it were not started.',
  },
  AO113: {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The model cannot be converted: the package that does it is missing in the interpreter of the project, the model has a part that cannot be converted, or its examples are predicted differently afterwards. The old file is untouched.',
  },
  AO114: {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The environment of the project could not be made or locked: the interpreter failed, or a package is missing. The sentence repeats what it said. Nothing outside the project was changed.',
  },
});

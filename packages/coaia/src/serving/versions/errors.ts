/** Codes of versions and their traffic. */
import { defineErrors, EXIT } from '#base';

export const versionFailures = defineErrors({
  AO660: {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'The model has no such version, or no version at all yet. `ao versions` lists what there is; `ao run up` and `ao build` freeze the project as it stands as a new one.',
  },
  AO661: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The traffic that was asked for makes no sense: a share outside 0 to 100, a canary or shadow that is the champion itself, or a version of another model than the address names. Nothing was changed.',
  },
  AO662: {
    status: 409,
    exit: EXIT.denied,
    name: 'ConflictError',
    explain:
      'The gate refused: the evaluation of this version does not show that it is no worse than the champion, over all examples or in a declared group, or there is no evaluation to go by. Evaluate it with `ao eval` on more examples, or deploy with `--force` and a reason.',
  },
  AO663: {
    status: 409,
    exit: EXIT.failed,
    name: 'ConflictError',
    explain:
      'There is nothing to go back to: the model never had another champion. `ao versions` lists versions and what each did.',
  },
  AO664: {
    status: 409,
    exit: EXIT.failed,
    name: 'ConflictError',
    explain:
      'A frozen version is not what it was: a file in its folder was changed, added or removed after it was made. Freeze the project again; a version whose files do not match its manifest is never served.',
  },
  AO665: {
    status: 409,
    exit: EXIT.failed,
    name: 'ConflictError',
    explain:
      'Two changes of the same traffic met, and the other one came first. Nothing was lost: look at `ao versions` and repeat the change if it is still wanted.',
  },
  AO666: {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The project has several models, or none by that name, so it is not clear which one is meant. Say which with `--model NAME`.',
  },
  AO667: {
    status: 422,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The model cannot be frozen as a version, because something in it is not in order; the sentence is the first finding. `ao check` lists all of them with file, line and fix.',
  },
});

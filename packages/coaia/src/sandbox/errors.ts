/** Codes of the sandbox: COAIA-0750 to 0799. */
import { defineErrors, EXIT } from '#base';

export const sandboxErrors = defineErrors({
  'COAIA-0750': {
    status: 422,
    exit: EXIT.failed,
    name: 'UnprocessableContentError',
    explain:
      'Code in the sandbox ran longer than it is given and was stopped, with everything it had started. Look for a loop that does not end.',
  },
  'COAIA-0751': {
    status: 422,
    exit: EXIT.failed,
    name: 'UnprocessableContentError',
    explain:
      'Code in the sandbox reached a limit: memory, stack, number of processes or file size. docs/evaluators.md lists the limits.',
  },
  'COAIA-0752': {
    status: 422,
    exit: EXIT.failed,
    name: 'UnprocessableContentError',
    explain:
      'Code in the sandbox failed: it does not parse, has no function of the expected name, or threw. The sentence repeats what the language said.',
  },
  'COAIA-0753': {
    status: 422,
    exit: EXIT.failed,
    name: 'UnprocessableContentError',
    explain:
      'Code in the sandbox returned something that is no JSON value, or more of it than one megabyte.',
  },
  'COAIA-0754': {
    status: 422,
    exit: EXIT.failed,
    name: 'UnprocessableContentError',
    explain: 'The source is longer than 256 KiB, more than the sandbox takes.',
  },
  'COAIA-0760': {
    status: 422,
    exit: EXIT.config,
    name: 'UnprocessableContentError',
    explain:
      'Python and the commands of pipelines run only inside bubblewrap, and the program `bwrap` is not installed (it exists for Linux). Install the package bubblewrap. Nothing was run without it.',
  },
  'COAIA-0761': {
    status: 422,
    exit: EXIT.config,
    name: 'UnprocessableContentError',
    explain:
      'bubblewrap is installed but this machine forbids it to make user namespaces, so nothing was run. In a container allow unprivileged user namespaces; on Ubuntu 24.04 or newer an AppArmor profile for bwrap is needed.',
  },
  'COAIA-0762': {
    status: 422,
    exit: EXIT.config,
    name: 'UnprocessableContentError',
    explain:
      'Python evaluators run with the Python of the system, and /usr/bin/python3 does not exist. Install the package python3.',
  },
});

/** Codes of the command line: block COAIA-0500. */
import { defineErrors, EXIT } from '#base';

export const cliErrors = defineErrors({
  'COAIA-0500': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The words do not name a command. `coaia help` lists all of them; `coaia help GROUP` lists one group.',
  },
  'COAIA-0501': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'An option or argument is unknown, missing, or has a value that the command does not take. Nothing was done. Add --help to see what the command takes; a value that begins with a dash is written --option=-value.',
  },
  'COAIA-0502': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain: 'A file given with --env does not exist. Check the path; `~` means your home folder.',
  },
  'COAIA-0503': {
    status: 504,
    exit: EXIT.unreachable,
    name: 'TimeoutError',
    explain:
      'The command did not end within the seconds given with --timeout and was stopped. Give it more time, or check that the server answers with `coaia doctor --network`.',
  },
  'COAIA-0504': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The command wants a confirmation, but there is no terminal to ask on or --no-input was given. Add --yes when you mean it.',
  },
  'COAIA-0505': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain: 'No part of this program uses that error code. Codes look like COAIA-0501.',
  },
  'COAIA-0506': {
    status: 404,
    exit: EXIT.config,
    name: 'LangfuseNotFoundError',
    explain:
      'The home has no readable credentials.json, the file with the keys of its first project. `coaia up` makes it on the first start; after a restore or a move, put the file back or set LANGFUSE_INIT_PROJECT_PUBLIC_KEY and LANGFUSE_INIT_PROJECT_SECRET_KEY.',
  },
  'COAIA-0507': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The file given with --output cannot be written, so the list went nowhere. Check that the folder exists and that you may write there; without --output the list goes to stdout.',
  },
  'COAIA-0508': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The shell has no fixed place for completions, or your home folder is not known, so nothing was installed. Print the script without --install and put it where your shell reads it.',
  },
  'COAIA-0509': {
    status: 403,
    exit: EXIT.usage,
    name: 'ForbiddenError',
    explain:
      'A line of `coaia shell` that begins with ! runs a command of the system, and that is off unless the shell was started with --allow-shell. Nothing was run.',
  },
  'COAIA-0510': {
    status: 409,
    exit: EXIT.failed,
    name: 'ConflictError',
    explain:
      '`coaia init` found a settings file and left it alone. `coaia init --interactive` changes it question by question; `coaia init --force` begins again and keeps a copy beside it.',
  },
  'COAIA-0511': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'Questions need a terminal, and there is none (or --no-input was given). Give the answers in a file with `coaia init --answers FILE`, or set single values with `coaia config set`.',
  },
  'COAIA-0512': {
    status: 400,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'The file given with --answers is missing, or a part of it is not known. Nothing was written. It is JSON: {"services": {"llm": {"url": "..."}}, "secrets": "file"}; `coaia schema answers` prints its form.',
  },
  'COAIA-0513': {
    status: 503,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'Secrets were to be kept in the keyring of the system, and it cannot be used: its tool (secret-tool, or security on macOS) is not installed, or the keyring is locked. Choose `file` or `env`.',
  },
  'COAIA-0514': {
    status: 502,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'A service did not work with the answers that were given, so nothing was written. The sentence says why; `--no-test` keeps the answers all the same.',
  },
});

/** A usage error: exit 2. The runner prints the usage line of the command above it. */
export function usageError(message: string, hint?: string) {
  return cliErrors.create('COAIA-0501', message, hint === undefined ? {} : { hint });
}

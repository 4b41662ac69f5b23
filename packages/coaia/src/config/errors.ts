/** Codes of settings and their files: block COAIA-0200. */
import { defineErrors, EXIT } from '#base';

export const configErrors = defineErrors({
  'COAIA-0201': {
    status: 500,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'A settings or environment file cannot be read: it is damaged, not a regular file, too large, or not readable for you. The sentence names the file and, where there is one, the line. Coaia never writes over a damaged file; repair it or move it away.',
  },
  'COAIA-0202': {
    status: 400,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'A setting has a value that it does not take. `coaia config explain KEY` shows where the value comes from and what is allowed.',
  },
  'COAIA-0203': {
    status: 400,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'Your config.json has a key that is no setting, probably a typing mistake. `coaia config show` lists the settings. Only config.json is checked this strictly: coaia.json files may hold keys of other programs.',
  },
  'COAIA-0204': {
    status: 400,
    exit: EXIT.usage,
    name: 'ConfigurationError',
    explain:
      'The name given to `coaia config` is no setting, the setting does not take that value, or it cannot be kept in that place. `coaia config show` lists all of them.',
  },
  'COAIA-0205': {
    status: 503,
    exit: EXIT.failed,
    name: 'ConfigurationError',
    explain:
      'Another process holds the lock on a settings file and did not let go in time. Locks of processes that have ended are broken by themselves; if no other Coaia runs on this machine, remove the lock file that the sentence names.',
  },
  'COAIA-0206': {
    status: 500,
    exit: EXIT.failed,
    name: 'ConfigurationError',
    explain:
      'A settings file could not be written: no permission, no space, or a folder that does not exist. The old file is untouched.',
  },
  'COAIA-0210': {
    status: 401,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'Langfuse keys are set, but no address, and the keys do not belong to the store in this home. Coaia never sends keys to an address you did not name: set LANGFUSE_BASE_URL beside the keys, or unset the keys to work on the local store.',
  },
  'COAIA-0211': {
    status: 401,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'A server address is set, but the source that names it has no keys, or only one of the two. Address and keys always come from the same source (flags, an --env file, the environment, the project or your home), so that a key never reaches an address from somewhere else.',
  },
  'COAIA-0212': {
    status: 500,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'There is no home folder to keep the store in: neither COAIA_HOME nor HOME is set, or the folder cannot be made.',
  },
  'COAIA-0213': {
    status: 401,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'A setting names its secret (env:NAME, file:PATH or keyring:NAME) and the secret is not there. The file of a project reaches only variables of the project itself, variables that begin with COAIA_SECRET_, and files below its folder: it may have been written by somebody else.',
  },
  'COAIA-0214': {
    status: 400,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'A settings file has values of the wrong type; the list above names file, line and key. `coaia config schema` prints what each key takes, for editors too.',
  },
  'COAIA-0215': {
    status: 400,
    exit: EXIT.failed,
    name: 'ConfigurationError',
    explain:
      'The edited settings are not valid, or the editor ended with an error, so the file is as it was. VISUAL or EDITOR names the editor.',
  },
  'COAIA-0220': {
    status: 401,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'A file of variables is encrypted and there is no key here to open it. `coaia env keygen` makes one; a colleague who can read the file adds it with `coaia env recipients add`. COAIA_ENV_KEY or COAIA_ENV_KEY_FILE may name a key that lies elsewhere.',
  },
  'COAIA-0221': {
    status: 401,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'An encrypted file of variables does not open with your key: it was encrypted for others, or its header was changed. Somebody who can read it adds your key with `coaia env recipients add`.',
  },
  'COAIA-0222': {
    status: 500,
    exit: EXIT.failed,
    name: 'ConfigurationError',
    explain:
      'An encrypted file of variables is not as it was written: a part of it was changed, cut off or added. Nothing of it is used. Take the last good copy from version control or a backup.',
  },
  'COAIA-0223': {
    status: 401,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'Your key is locked by a passphrase, and the one that was given does not open it, or none was given. Commands of `coaia env` ask for it on the terminal; others read it from the file that COAIA_ENV_PASSPHRASE_FILE names.',
  },
  'COAIA-0225': {
    status: 400,
    exit: EXIT.config,
    name: 'ConfigurationError',
    explain:
      'A key is not one of age. A key that files are encrypted for begins with age1, an identity that opens them with AGE-SECRET-KEY-1. A file of identities has one on a line, as age-keygen writes it.',
  },
  'COAIA-0226': {
    status: 409,
    exit: EXIT.usage,
    name: 'ConfigurationError',
    explain:
      'The profile in use is protected, and the command deletes something, moves a label, or writes over an environment. Nothing was done. Add --yes when you mean it; `coaia config unset protected --profile NAME` ends the protection.',
  },
});

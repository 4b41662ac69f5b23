/** Codes of sharing: COAIA-5320 to 5339. */
import { defineErrors, EXIT } from '#base';

export const sharingFailures = defineErrors({
  'COAIA-5320': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'There is no template where one was looked for: the file is neither a template nor a pack, the folder or repository holds none, or the address cannot be used. The sentence says which. Nothing was installed.',
  },
  'COAIA-5321': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A pack was changed after it was signed, or is damaged: a digest or the signature does not fit its content. Nothing was installed. Get the pack again from where it was published.',
  },
  'COAIA-5322': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'A template that is installed was signed by one publisher, and what should replace it is signed by another, or by nobody. That may be an attack. Ask the publisher; then install with --trust-new-publisher.',
  },
  'COAIA-5323': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'No remote has this name. A remote is a Coaia server or a folder with packs: `coaia pipeline remote add NAME ADDRESS`.',
  },
  'COAIA-5324': {
    status: 503,
    exit: EXIT.unreachable,
    name: 'ServiceUnavailableError',
    explain:
      'The program git is not installed, or it could not get the repository. The sentence repeats the last line that git said. Nothing was installed.',
  },
  'COAIA-5325': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A template that is installed is not what was installed: its file was changed or is gone, as `coaia pipeline verify` found. Install it again, or take it out of templates.lock when the change is yours.',
  },
  'COAIA-5326': {
    status: 400,
    exit: EXIT.config,
    name: 'InvalidRequestError',
    explain:
      'A remote is a Coaia server other than the one of the settings, and there are no keys for it. Set COAIA_REMOTE_PUBLIC_KEY and COAIA_REMOTE_SECRET_KEY to a pair of that server.',
  },
});

/** Codes of the access room: block COAIA-0300. */
import { defineErrors, EXIT } from '#base';

export const accessErrors = defineErrors({
  'COAIA-0300': {
    status: 401,
    exit: EXIT.config,
    name: 'UnauthorizedError',
    explain:
      'The request carried no credentials. Send HTTP Basic with the public and the secret key of a project (`coaia up` prints the pair on first start, credentials.json in the home keeps it), or sign the browser in with `coaia open`.',
  },
  'COAIA-0301': {
    status: 401,
    exit: EXIT.config,
    name: 'UnauthorizedError',
    explain:
      'The credentials are not known to this server: the secret key belongs to another server, was deleted, or has expired. Check which host and which keys the program uses; the keys of the first project are in credentials.json in the home of the server.',
  },
  'COAIA-0302': {
    status: 403,
    exit: EXIT.config,
    name: 'ForbiddenError',
    explain:
      'A Bearer public key may only write scores, because browsers carry it in the open. Use HTTP Basic with the secret key for everything else.',
  },
  'COAIA-0303': {
    status: 500,
    exit: EXIT.config,
    name: 'InternalServerError',
    explain:
      'Only one half of a first key pair is set. LANGFUSE_INIT_PROJECT_PUBLIC_KEY and LANGFUSE_INIT_PROJECT_SECRET_KEY go together, and so do COAIA_INIT_ORG_PUBLIC_KEY and COAIA_INIT_ORG_SECRET_KEY: set both or none.',
  },
  'COAIA-0304': {
    status: 500,
    exit: EXIT.config,
    name: 'InternalServerError',
    explain:
      'No project in this store has the public key that was given. Check the key, or unset the host and key variables to work on the first project of the store.',
  },
  'COAIA-0320': {
    status: 403,
    exit: EXIT.denied,
    name: 'ForbiddenError',
    explain:
      'Your role in this project does not include what was asked. The page about administration lists what each role may do; an owner or admin of the organization can give you another role.',
  },
  'COAIA-0321': {
    status: 403,
    exit: EXIT.config,
    name: 'ForbiddenError',
    explain:
      'Projects, keys and people are administrated with the key of an organization, or signed in as an owner or admin. The keys of a project do not open this.',
  },
  'COAIA-0322': {
    status: 403,
    exit: EXIT.config,
    name: 'ForbiddenError',
    explain:
      'The key of an organization administrates projects, keys and people, and reads or writes nothing that lies in a project. Use a key pair of the project.',
  },
  'COAIA-0323': {
    status: 401,
    exit: EXIT.config,
    name: 'UnauthorizedError',
    explain:
      'Email address and password do not belong together, or the account may not sign in. An owner or admin can set a new password.',
  },
  'COAIA-0324': {
    status: 429,
    exit: EXIT.unreachable,
    name: 'RateLimitError',
    explain:
      'One key, or one address that signs in, made more requests than it may. Retry-After says after how many seconds it may go on; other keys are not slowed down. The operator sets the limit with COAIA_REQUESTS_PER_MINUTE or for a single key.',
  },
  'COAIA-0325': {
    status: 403,
    exit: EXIT.denied,
    name: 'ForbiddenError',
    explain:
      'Nobody can give, change or take away a role that is above their own: an admin cannot make or unmake an owner.',
  },
  'COAIA-0326': {
    status: 403,
    exit: EXIT.denied,
    name: 'ForbiddenError',
    explain:
      'An organization keeps at least one owner as soon as it has one. Make somebody else an owner, then repeat the change.',
  },
  'COAIA-0327': {
    status: 403,
    exit: EXIT.config,
    name: 'ForbiddenError',
    explain:
      'Organizations and the passwords of others are managed on the machine that has the store: run the command there, without LANGFUSE_BASE_URL and LANGFUSE_HOST.',
  },
  'COAIA-0328': {
    status: 403,
    exit: EXIT.denied,
    name: 'ForbiddenError',
    explain:
      'The key was made with scopes (predict:MODEL, deploy:MODEL), so it opens the served models that they name and nothing else. Use a key without scopes for traces, prompts, settings and everything else of the workbench.',
  },
});

/** Codes of the stash: block COAIA-6150. */
import { defineErrors, EXIT } from '#base';

export const stashErrors = defineErrors({
  'COAIA-6150': {
    status: 503,
    exit: EXIT.usage,
    name: 'ServiceUnavailableError',
    explain:
      'The stash cannot be reached, so nothing was stored or read. Commands end with 2, as CoAiAPy has it. The sentence names the place and the reason; `coaia config explain redis_host` (or redis_url, upstash_url) says where its address is set, and COAIA_STASH=embedded uses the store in your home instead.',
  },
  'COAIA-6151': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'Nothing is kept under this key: it was never stored, was deleted, or its time is over. `coaia stash list` shows the keys.',
  },
  'COAIA-6152': {
    status: 502,
    exit: EXIT.config,
    name: 'BadGatewayError',
    explain:
      'The stash refused the password, user or token, or does not let this user do it. Nothing was stored or read.',
  },
  'COAIA-6153': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'Something else is kept under the key than the command expects: with --nx there is a value already, with --if-version it is another one. Nothing was changed. Fetch the key again and decide.',
  },
  'COAIA-6154': {
    status: 502,
    exit: EXIT.usage,
    name: 'BadGatewayError',
    explain:
      'The stash answered, but not with success: it is out of memory, read-only, holds something else than a text under the key, or is no Redis at all. The sentence repeats its answer. Nothing was stored.',
  },
  'COAIA-6155': {
    status: 400,
    exit: EXIT.config,
    name: 'InvalidRequestError',
    explain:
      'The settings of the stash do not say how to reach it: an address that is no Redis address, or an HTTP address without its token.',
  },
  'COAIA-6156': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The life of an entry is a number of minutes, or a number with s, m, h, d or w; 0 or less keeps it for ever. It is at most 100 years.',
  },
  'COAIA-6157': {
    status: 413,
    exit: EXIT.failed,
    name: 'PayloadTooLargeError',
    explain:
      'The value or its key is larger than the stash takes: 16 MB for a value in the embedded store or on a server, 1024 bytes for a key. Nothing was stored.',
  },
  'COAIA-6158': {
    status: 404,
    exit: EXIT.config,
    name: 'LangfuseNotFoundError',
    explain:
      'The server that commands work on keeps no stash: it is a Langfuse server, or an older Coaia. Set a Redis, or COAIA_STASH=embedded to use the store in your home.',
  },
});

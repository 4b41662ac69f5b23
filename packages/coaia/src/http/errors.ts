/** Codes of the HTTP shell and of the server commands: block COAIA-0400. */
import { defineErrors, EXIT } from '#base';

export const httpErrors = defineErrors({
  'COAIA-0400': {
    status: 421,
    exit: EXIT.failed,
    name: 'MisdirectedRequestError',
    explain:
      'The Host header names another host than this server. On loopback only localhost, 127.0.0.1 and [::1] are answered, so that no web page can reach the server through a name of its own. Set COAIA_PUBLIC_URL to the address that people use when a proxy stands in front.',
  },
  'COAIA-0401': {
    status: 403,
    exit: EXIT.failed,
    name: 'ForbiddenError',
    explain:
      'A signed-in browser sent the request from a page that is not ours, so it was refused. Programs use the key pair instead of the cookie.',
  },
  'COAIA-0402': {
    status: 415,
    exit: EXIT.failed,
    name: 'UnsupportedMediaTypeError',
    explain:
      'The body is encoded in a way this server does not read. Content-Encoding may be gzip, deflate, br, zstd or identity, at most two of them.',
  },
  'COAIA-0403': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The body could not be read: it is not valid UTF-8, not valid JSON, nested too deeply, damaged inside its compression, or it ended early. Nothing was changed.',
  },
  'COAIA-0404': {
    status: 408,
    exit: EXIT.unreachable,
    name: 'RequestTimeoutError',
    explain:
      'The body of the request stopped arriving, so the server gave up waiting. Send it again.',
  },
  'COAIA-0405': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'No operation of this server has that address. Check the path, the version in it and the host.',
  },
  'COAIA-0406': {
    status: 500,
    exit: EXIT.failed,
    name: 'InternalServerError',
    explain:
      'Another program listens on the port. Choose another one with --port, or leave --port away: the default port moves to the next free one by itself.',
  },
  'COAIA-0407': {
    status: 500,
    exit: EXIT.config,
    name: 'InternalServerError',
    explain:
      'The server was asked to listen where other machines can reach it, but nobody has chosen its keys. Set LANGFUSE_INIT_PROJECT_PUBLIC_KEY and LANGFUSE_INIT_PROJECT_SECRET_KEY, or confirm with --public that the random pair in credentials.json is meant for that.',
  },
  'COAIA-0408': {
    status: 500,
    exit: EXIT.config,
    name: 'InternalServerError',
    explain:
      'Roles share their work through Redis, and REDIS_URL is not set. Set it (with DATABASE_URL for Postgres), or run one process with --role all.',
  },
  'COAIA-0410': {
    status: 500,
    exit: EXIT.failed,
    name: 'InternalServerError',
    explain:
      'The server in the background did not answer in time or ended while starting. logs/server.log in the home has its last words.',
  },
  'COAIA-0411': {
    status: 500,
    exit: EXIT.failed,
    name: 'InternalServerError',
    explain: 'No server runs on this home. Start one with `coaia up`.',
  },
  'COAIA-0412': {
    status: 500,
    exit: EXIT.unconfirmed,
    name: 'InternalServerError',
    explain:
      'The server was asked to stop but still runs after the time it is given. `coaia status` shows its process id.',
  },
});

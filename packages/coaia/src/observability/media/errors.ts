/** Codes of media: COAIA-1110 to 1129. */
import { defineErrors, EXIT } from '#base';

export const mediaFailures = defineErrors({
  'COAIA-1110': {
    status: 403,
    exit: EXIT.failed,
    name: 'ForbiddenError',
    explain:
      'The signed address of a file is not valid: it was changed, it is for another action, or its hour is over. Ask for a new one with `GET /api/public/media/{id}`, or announce the upload again.',
  },
  'COAIA-1111': {
    status: 416,
    exit: EXIT.failed,
    name: 'RangeNotSatisfiableError',
    explain:
      'The Range header asks for bytes beyond the end of the file. Content-Range in the answer has its length.',
  },
  'COAIA-1112': {
    status: 502,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The bytes of the file did not reach the storage that the server named, so nothing was attached. The sentence has the status and the reason. Run the command again; what was stored already is not sent twice.',
  },
  'COAIA-1113': {
    status: 502,
    exit: EXIT.denied,
    name: 'ForbiddenError',
    explain:
      'The server named an upload address that is not safe to send a file to: plain HTTP to another machine, or no web address at all. Nothing was sent. Let the server hand out HTTPS addresses.',
  },
  'COAIA-1114': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The content type is not one that media can have, so nothing was sent. Leave --content-type away to let the file decide, or use application/octet-stream.',
  },
  'COAIA-1117': {
    status: 502,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The file at an address of the web was not loaded: it is too large, the server refused it, it redirects too often, or the address lies inside a private network. Nothing was attached. The sentence says which.',
  },
  'COAIA-1116': {
    status: 502,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The bytes of a file could not be loaded, or are not those that its id stands for (the id is the beginning of the SHA-256). Nothing was written. Run the command again.',
  },
  'COAIA-1115': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'Another file with the same media id but a different SHA-256 or length is stored already. The id is the beginning of the SHA-256, so one of the two announcements names a wrong one.',
  },
});

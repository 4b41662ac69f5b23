/** Codes every room shares: block COAIA-0000. */
import { defineErrors, EXIT } from './errors.ts';

export const commonErrors = defineErrors({
  'COAIA-0001': {
    status: 500,
    exit: EXIT.failed,
    name: 'InternalServerError',
    explain:
      'Something inside Coaia broke. The answer carries a request id; the server log has the details under that id. Please report it with `coaia doctor` output.',
  },
  'COAIA-0002': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The request or the command line could not be understood. The sentence names the field; nothing was changed.',
  },
  'COAIA-0003': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'The object does not exist in this project. Check the id and which project your keys belong to.',
  },
  'COAIA-0004': {
    status: 405,
    exit: EXIT.failed,
    name: 'MethodNotAllowedError',
    explain:
      'This address exists but not for this HTTP method; the Allow header lists the ones it takes.',
  },
  'COAIA-0005': {
    status: 413,
    exit: EXIT.failed,
    name: 'PayloadTooLargeError',
    explain:
      'The body is larger than the limit the sentence names, counted after decompression. Send smaller batches.',
  },
  'COAIA-0006': {
    status: 503,
    exit: EXIT.unreachable,
    name: 'ServiceUnavailableError',
    explain:
      'The server protects itself: too many requests are in flight, or a part it needs is away. Try again after the seconds in Retry-After.',
  },
  'COAIA-0007': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'The change collides with what is stored. Read the object again and repeat the change.',
  },
  'COAIA-0008': {
    status: 500,
    exit: EXIT.failed,
    name: 'InternalServerError',
    explain:
      'A file that the command line names cannot be read or written: it does not exist, is a folder, or the system does not allow it. The sentence names the file and the reason.',
  },
  'COAIA-0009': {
    status: 507,
    exit: EXIT.failed,
    name: 'InsufficientStorageError',
    explain:
      'A disk is full, or the share of it that this account may use, so the command stopped where it was to write. Free some space and repeat it.',
  },
});

/** 400 with one sentence; `details` may carry the list of invalid fields. */
export function invalidRequest(message: string, details?: unknown, hint?: string) {
  return commonErrors.create('COAIA-0002', message, {
    ...(details === undefined ? {} : { details }),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** 404 in the words every room uses: `Trace "t1" not found within authorized project`. */
export function notFound(noun: string, id: string, hint?: string) {
  return commonErrors.create(
    'COAIA-0003',
    `${noun} ${id} not found within authorized project`,
    hint === undefined ? {} : { hint },
  );
}

/** Codes of the room's commands: COAIA-1060 to 1089. */
import { defineErrors, EXIT } from '#base';

/** Failures of what a person types and of calls to a server. */
export const terminalFailures = defineErrors({
  'COAIA-1060': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The time could not be read, so nothing was sent. Accepted: ISO 8601 (2026-03-01T10:00:00Z), TLID (yyMMddHHmmss or yyMMddHHmm), `now`, offsets (-5m, -1h30m), epoch milliseconds (13 digits) and @seconds. `--tz` says which zone times without one are in; the default is UTC.',
  },
  'COAIA-1061': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'An option that takes JSON got something else, so nothing was sent. Quote the JSON for your shell.',
  },
  'COAIA-1062': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The batch of observations could not be read, so nothing was sent. Details list each item that is wrong. `--dry-run` shows what would be sent; docs/fuse-traces.md has the fields.',
  },
  'COAIA-1063': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A file that the command line names cannot be read. Check the path and its permissions.',
  },
  'COAIA-1064': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The command needs an id and none was given. `COAIA_TRACE_ID` is used when it is set; `fuse traces create --export-env` prints the line that sets it.',
  },
  'COAIA-1065': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The server refused every event. The sentence has its first reason; the answer on stdout has all.',
  },
  'COAIA-1066': {
    status: 400,
    exit: EXIT.partial,
    name: 'InvalidRequestError',
    explain:
      'The server stored some events and refused others. The answer on stdout lists both; send the refused ones again once they are mended.',
  },
  'COAIA-1067': {
    status: 503,
    exit: EXIT.unreachable,
    name: 'ServiceUnavailableError',
    explain:
      'The server cannot be reached, did not answer in time, or says that it cannot work now. Check LANGFUSE_BASE_URL and that the server runs; `--timeout` changes how long to wait.',
  },
  'COAIA-1068': {
    status: 401,
    exit: EXIT.config,
    name: 'UnauthorizedError',
    explain:
      'The server refused the keys. Check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY, and that they belong to the server in LANGFUSE_BASE_URL.',
  },
  'COAIA-1069': {
    status: 400,
    exit: EXIT.config,
    name: 'InvalidRequestError',
    explain: 'The address of the server or its keys are missing or unusable.',
  },
  'COAIA-1070': {
    status: 502,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain: 'The server refused the request. The sentence has its status and reason.',
  },
  'COAIA-1071': {
    status: 499,
    exit: EXIT.interrupted,
    name: 'InterruptedError',
    explain: 'The command was stopped before it was done.',
  },
});

/** Codes of comments: COAIA-1100 to 1109. */
import { defineErrors, EXIT } from '#base';

export const commentFailures = defineErrors({
  'COAIA-1100': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The projectId in the body is not the project of the keys. `GET /api/public/projects` says which project that is; the command line looks it up by itself.',
  },
  'COAIA-1101': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'Nothing says what the comment is about, or two things do. Give exactly one of --trace-id, --observation-id, --session-id and --prompt-id, or set COAIA_TRACE_ID.',
  },
  'COAIA-1102': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain: 'A comment has 1 to 5,000 characters; nothing was sent.',
  },
});

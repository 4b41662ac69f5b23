/** Codes of GitHub: COAIA-6200 to 6249. */
import { defineErrors, EXIT } from '#base';

export const githubErrors = defineErrors({
  'COAIA-6200': {
    status: 404,
    exit: EXIT.failed,
    name: 'NotFoundError',
    explain:
      'GitHub has no such repository or issue, or the token may not see it: private repositories answer as if they did not exist. Check the spelling, and that the token of `coaia config explain github_token` may read the repository.',
  },
  'COAIA-6201': {
    status: 401,
    exit: EXIT.config,
    name: 'UnauthorizedError',
    explain:
      'GitHub refused the token, or wants one. Set GH_TOKEN or GITHUB_TOKEN, or `coaia config set github_token`. Reading public repositories needs none; writing always does.',
  },
  'COAIA-6202': {
    status: 429,
    exit: EXIT.unreachable,
    name: 'TooManyRequestsError',
    explain:
      'GitHub takes no more requests for now. Without a token it takes 60 in an hour; with one several thousand. The sentence says when it takes the next.',
  },
  'COAIA-6203': {
    status: 502,
    exit: EXIT.failed,
    name: 'BadGatewayError',
    explain:
      'GitHub, or whatever answers at the address of `github_base_url`, answered with an error or with something that is no answer of its API.',
  },
  'COAIA-6204': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The issue is not named fully. Write OWNER/REPO#NUMBER, or --owner, --repo and --issue-number.',
  },
});

/** Codes of the MCP server: COAIA-0800 to 0849. */
import { defineErrors, EXIT } from '#base';

export const mcpErrors = defineErrors({
  'COAIA-0800': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'A tool was called with arguments it does not take: one is missing or has another type. The sentence names it; `tools/list` has the schema. Nothing was sent.',
  },
  'COAIA-0801': {
    status: 403,
    exit: EXIT.denied,
    name: 'ForbiddenError',
    explain:
      'A web page of another origin called the MCP endpoint, so it was refused. Only programs and pages of this server may call it; on a loopback address also pages of this machine.',
  },
  'COAIA-0802': {
    status: 403,
    exit: EXIT.denied,
    name: 'ForbiddenError',
    explain:
      'A tool asked for a file outside the folders that `coaia mcp` may read: the folder it was started in, or those given with --allow-path. Nothing was read.',
  },
  'COAIA-0803': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'There is no tool, resource or prompt of that name at this feature level, or it is left out because the server was started with --read-only. `tools/list`, `resources/list` and `prompts/list` show what there is.',
  },
  'COAIA-0804': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The server refused what a tool sent, so nothing was stored. The sentence has the reason of the server.',
  },
  'COAIA-0805': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The score does not keep to its config: a number outside the range, or a category that it does not have. The sentence says what is allowed. Nothing was sent.',
  },
});

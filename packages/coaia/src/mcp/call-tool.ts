/** One call of a tool: arguments checked, the answer as text and as structure, failures as failures. */
import { isCoaiaError } from '#base';
import { parseArguments } from './arguments.ts';
import type { Tool, ToolContext } from './tool.ts';

/** Never throws: what went wrong is in the answer, with `isError`. */
export async function callTool(tool: Tool, context: ToolContext, given: unknown) {
  try {
    const answer = await tool.run(context, parseArguments(tool.input, given));
    return toResult({ success: true, ...answer });
  } catch (error) {
    return { ...toResult({ success: false, ...toFailure(error) }), isError: true };
  }
}

function toResult(content: Readonly<Record<string, unknown>>) {
  return {
    content: [{ type: 'text' as const, text: JSON.stringify(content) }],
    structuredContent: { ...content },
  };
}

/** As the command line prints failures with --json. */
function toFailure(error: unknown): Readonly<Record<string, unknown>> {
  if (!isCoaiaError(error)) {
    // A defect; its text helps whoever reports it.
    return { error: error instanceof Error ? error.message : String(error), code: 'COAIA-0001' };
  }
  const { message, code, hint, details } = error;
  return {
    error: message,
    code,
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined ? {} : { details }),
  };
}

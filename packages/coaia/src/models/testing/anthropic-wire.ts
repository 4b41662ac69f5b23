/** The reply of the test model as Anthropic's Messages API sends it. */
import type { ServerResponse } from 'node:http';
import type { Misbehaviour } from './misbehave.ts';
import type { ModelReply } from './reply.ts';
import { sendEvents } from './send-events.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- whatever arrived
type Body = any;

/** Whole, or as events when `stream` is asked for. Refuses what the real one refuses: no limit, no version. */
export async function sendAnthropic(
  response: ServerResponse,
  body: Body,
  reply: ModelReply,
  kind?: Misbehaviour,
): Promise<void> {
  const isWrong =
    !Number.isInteger(body.max_tokens) ||
    response.req.headers['anthropic-version'] === undefined ||
    body.messages.some(({ role }: Body) => role !== 'user' && role !== 'assistant');
  if (isWrong) {
    response.writeHead(400, { 'content-type': 'application/json' });
    const error = { type: 'invalid_request_error', message: 'max_tokens, version or role' };
    response.end(JSON.stringify({ type: 'error', error }));
    return;
  }
  const content = toContent(body, reply);
  const head = { id: 'msg_1', type: 'message', role: 'assistant', model: body.model };
  const stop_reason = content[0]?.type === 'tool_use' ? 'tool_use' : 'end_turn';
  const { input = 0, output = 0 } = reply.usage ?? {};
  if (body.stream === true) {
    const events: readonly Body[] = [
      {
        type: 'message_start',
        message: { ...head, content: [], usage: { input_tokens: input, output_tokens: 1 } },
      },
      { type: 'ping' },
      ...toBlockEvents(content[0]),
      { type: 'message_delta', delta: { stop_reason }, usage: { output_tokens: output } },
      { type: 'message_stop' },
    ];
    const lines = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}`);
    await sendEvents(response, lines, kind);
    return;
  }
  const usage = { input_tokens: input, output_tokens: output };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ...head, content, stop_reason, usage }));
}

function toContent(body: Body, reply: ModelReply): readonly Body[] {
  const forced = body.tool_choice?.name;
  if (forced)
    return [{ type: 'tool_use', id: 'toolu_1', name: forced, input: JSON.parse(reply.text) }];
  const { tool } = reply;
  if (tool === undefined) return [{ type: 'text', text: reply.text }];
  return [{ type: 'tool_use', id: 'toolu_1', name: tool.name, input: JSON.parse(tool.arguments) }];
}

function toBlockEvents(block: Body): readonly Body[] {
  const isText = block.type === 'text';
  const pieces: readonly string[] = isText
    ? block.text.split(/(?<=\s)/)
    : (JSON.stringify(block.input).match(/.{1,6}/gs) ?? []);
  const start = isText ? { type: 'text', text: '' } : { ...block, input: {} };
  return [
    { type: 'content_block_start', index: 0, content_block: start },
    ...pieces.map((piece) => ({
      type: 'content_block_delta',
      index: 0,
      delta: isText
        ? { type: 'text_delta', text: piece }
        : { type: 'input_json_delta', partial_json: piece },
    })),
    { type: 'content_block_stop', index: 0 },
  ];
}

/** The reply of the test model as OpenAI-compatible servers send it. */
import type { ServerResponse } from 'node:http';
import type { Misbehaviour } from './misbehave.ts';
import type { ModelReply } from './reply.ts';
import { sendEvents } from './send-events.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- whatever arrived
type Body = any;

/** Whole, or as events when `stream` is asked for. */
export async function sendOpenAi(
  response: ServerResponse,
  body: Body,
  reply: ModelReply,
  kind?: Misbehaviour,
): Promise<void> {
  const base = { id: 'chatcmpl-1', created: 1, model: body.model };
  if (body.stream === true) {
    const events = toEvents(base, reply, body.stream_options?.include_usage === true);
    await sendEvents(
      response,
      events.map((data) => `data: ${data}`),
      kind,
    );
    return;
  }
  const text = JSON.stringify({
    ...base,
    object: 'chat.completion',
    choices: [{ index: 0, message: toMessage(reply), finish_reason: toReason(reply) }],
    ...(reply.usage === undefined ? {} : { usage: toUsage(reply) }),
  });
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
  });
  if (kind === 'cut') response.write(text.slice(0, 20), () => response.destroy());
  else response.end(text);
}

function toMessage({ text, tool }: ModelReply) {
  if (tool === undefined) return { role: 'assistant', content: text };
  const call = { id: 'call_1', type: 'function', function: tool };
  return { role: 'assistant', content: null, tool_calls: [call] };
}

function toReason({ tool }: ModelReply) {
  return tool === undefined ? 'stop' : 'tool_calls';
}

function toUsage({ usage }: ModelReply) {
  const { input = 0, output = 0 } = usage ?? {};
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

function toEvents(base: object, reply: ModelReply, withUsage: boolean): readonly string[] {
  const chunk = (delta: object, finish_reason: string | null = null) =>
    JSON.stringify({
      ...base,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason }],
    });
  const { tool } = reply;
  const parts =
    tool === undefined
      ? reply.text.split(/(?<=\s)/).map((content) => chunk({ content }))
      : [
          chunk({
            tool_calls: [
              {
                index: 0,
                id: 'call_1',
                type: 'function',
                function: { name: tool.name, arguments: '' },
              },
            ],
          }),
          ...(tool.arguments.match(/.{1,6}/gs) ?? []).map((piece) =>
            chunk({ tool_calls: [{ index: 0, function: { arguments: piece } }] }),
          ),
        ];
  const usage =
    withUsage && reply.usage !== undefined
      ? [JSON.stringify({ ...base, choices: [], usage: toUsage(reply) })]
      : [];
  return [
    chunk({ role: 'assistant', content: '' }),
    ...parts,
    chunk({}, toReason(reply)),
    ...usage,
    '[DONE]',
  ];
}

/** `coaia models run`: one prompt, one answer, one trace. */
import { EXIT, invalidRequest, isObject } from '#base';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import type { PlaygroundAnswer, PlaygroundRun } from '@coaia/client';
import { connectionsApi } from '../../ports.ts';

export const command = defineCommand({
  words: 'models run',
  summary: 'Ask a model, and record the call as a trace',
  description:
    'Prints the text of the answer. With `-` the call is read from stdin as JSON, in the form of the playground (messages, variables, parameters, tools, schema), which is what its "Copy as" gives. An answer that does not fit its schema ends with 1.',
  needs: connectionsApi,
  positionals: [
    { name: 'prompt', summary: 'What to ask; - reads a call as JSON from stdin', required: true },
  ],
  options: {
    model: { type: 'string', short: 'm', placeholder: 'MODEL', summary: 'Name of the model' },
    provider: { type: 'string', placeholder: 'NAME', summary: 'Connection to use' },
    system: { type: 'string', placeholder: 'TEXT', summary: 'What the model is told first' },
    var: {
      type: 'string',
      repeatable: true,
      placeholder: 'NAME=VALUE',
      summary: 'Value of a {{variable}}; may be repeated',
    },
    temperature: { type: 'number', summary: 'From 0 to 2; the default of the server when absent' },
    'max-tokens': { type: 'number', summary: 'Most tokens of the answer' },
  },
  examples: [
    'coaia models run "What is the capital of {{country}}?" -m llama3.2 --var country=France',
    'coaia models run - < call.json',
  ],
  async run(context, { options, args }) {
    const call =
      args.prompt === '-' ? await readCall(context) : toCall(args.prompt, options.system);
    const run = withOptions(call, options);
    const answer = await (await context.open()).runPrompt(run);
    print(context, answer);
    return answer.check?.isValid === false ? EXIT.failed : EXIT.done;
  },
});

type Call = Partial<PlaygroundRun> & Pick<PlaygroundRun, 'messages'>;

function toCall(prompt: string, system: string | undefined): Call {
  const asked = { role: 'user', content: prompt } as const;
  const told = system === undefined ? [] : [{ role: 'system', content: system } as const];
  return { messages: [...told, asked] };
}

async function readCall(context: Pick<CommandContext<unknown>, 'stdin'>): Promise<Call> {
  let value: unknown;
  try {
    value = JSON.parse((await context.stdin()).toString('utf8'));
  } catch {
    throw invalidRequest('What stands on stdin is no JSON.');
  }
  if (!isObject(value) || !Array.isArray(value['messages']))
    throw invalidRequest('The call on stdin has no list "messages".');
  // The rest of its form is checked where it is run.
  return value as unknown as Call;
}

interface Options {
  readonly model: string | undefined;
  readonly provider: string | undefined;
  readonly var: readonly string[] | undefined;
  readonly temperature: number | undefined;
  readonly 'max-tokens': number | undefined;
}

function withOptions(call: Call, options: Options): PlaygroundRun {
  const model = options.model ?? call.model;
  if (model === undefined)
    throw invalidRequest('Which model?', undefined, 'coaia models run "..." --model MODEL');
  const provider = options.provider ?? call.provider;
  const { temperature = call.parameters?.temperature } = options;
  const maxTokens = options['max-tokens'] ?? call.parameters?.maxTokens;
  return {
    ...call,
    model,
    variables: { ...call.variables, ...toVariables(options.var ?? []) },
    parameters: { ...call.parameters, temperature, maxTokens },
    ...(provider === undefined ? {} : { provider }),
  };
}

function toVariables(given: readonly string[]): Readonly<Record<string, string>> {
  const pairs = given.map((text) => {
    const at = text.indexOf('=');
    if (at < 1) throw invalidRequest(`--var is written NAME=VALUE, not ${text}.`);
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  return Object.fromEntries(pairs);
}

function print({ out, flags }: CommandContext<unknown>, answer: PlaygroundAnswer): void {
  if (flags.json) {
    out.json(answer);
    return;
  }
  if (answer.content !== '') out.line(answer.content);
  for (const { function: call } of answer.toolCalls) out.line(`${call.name} ${call.arguments}`);
  for (const problem of answer.check?.problems ?? []) out.notice(`Schema: ${problem}`);
  out.notice(`Trace: ${answer.traceId}`);
}

/** What the test model says: a function of what it was asked. */

export interface ModelReply {
  /** Text of the last message. */
  readonly input: string;
  readonly text: string;
  /** A call of a tool instead of text. */
  readonly tool: { readonly name: string; readonly arguments: string } | undefined;
  /** Counts of words, which this server calls tokens; undefined: it reports none. */
  readonly usage: { readonly input: number; readonly output: number } | undefined;
}

// oxlint-disable-next-line typescript/no-explicit-any -- whatever arrived
type Body = any;

/** With a JSON schema: values made from the input. With `[[tool]]`: a call of the first tool. Else: an echo. */
export function toReply(
  body: Body,
  change: ((input: string, body: Body) => Partial<ModelReply> | undefined) | undefined,
): ModelReply {
  const input = toText(body.messages?.at(-1)?.content);
  const schema = findSchema(body);
  const text = schema
    ? JSON.stringify(toValue(schema, input))
    : `You said "${input}", which is ${countWords(input)} words.`;
  const all = JSON.stringify(body.messages ?? []);
  const usual: ModelReply = {
    input,
    text,
    tool: input.includes('[[tool]]') ? toCall(body, input) : undefined,
    usage: input.includes('[[no-usage]]')
      ? undefined
      : { input: countWords(all), output: countWords(text) },
  };
  return { ...usual, ...change?.(input, body) };
}

/** What the answer must look like: asked for by name, or as the arguments of a tool that must be called. */
function findSchema(body: Body): unknown {
  const forced = body.tool_choice?.name;
  return (
    body.response_format?.json_schema?.schema ??
    body.tools?.find((tool: Body) => tool.name !== undefined && tool.name === forced)?.input_schema
  );
}

function toCall(body: Body, input: string) {
  const [tool] = body.tools ?? [];
  return {
    name: tool?.function?.name ?? tool?.name ?? 'none',
    arguments: JSON.stringify({ input }),
  };
}

function toText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: Body) => part.text ?? toText(part.content)).join('');
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** A value of the schema's form; another input gives another one. */
function toValue(schema: Body, input: string): unknown {
  const seed = toSeed(input);
  if (Array.isArray(schema.enum)) return schema.enum[seed % schema.enum.length];
  if (schema.type === 'number') return (seed % 1001) / 1000;
  if (schema.type === 'integer') return seed % 11;
  if (schema.type === 'boolean') return seed % 2 === 0;
  if (schema.type === 'array') return [toValue(schema.items ?? {}, input)];
  if (schema.type !== 'object') return `about "${input.slice(0, 60)}"`;
  const fields = Object.entries<Body>(schema.properties ?? {});
  return Object.fromEntries(fields.map(([name, field]) => [name, toValue(field, input + name)]));
}

/** FNV-1a, 32 bit. */
function toSeed(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01_00_01_93);
  return hash >>> 0;
}

/** Tools made from the declared operations: name, arguments and what they may do come from the declaration. */
import type { HttpMethod, Route } from '#surface';
import type { CallQuery, Request } from '#main/open-mcp';
import { readText } from '../arguments.ts';
import { mcpErrors } from '../errors.ts';
import type { Tool, ToolAnswer, ToolArguments } from '../tool.ts';
import { toOperationShape } from './input-schema.ts';
import type { OperationShape } from './input-schema.ts';

/**
 * Families that are no tools: what exporters and SDKs send, older forms of operations that have a newer one, and
 * the machinery of directories.
 */
const OTHERS: ReadonlySet<string> = new Set([
  'document',
  'events',
  'generations',
  'ingestion',
  'mcp',
  'mediaContent',
  'opentelemetry',
  'page',
  'sample',
  'scim',
  'session',
  'spans',
]);

const PREFIX = '/api/public/';

/** True for an operation that a tool stands for. */
export function isToolOperation(route: Route): boolean {
  const family = toFamily(route);
  return (
    route.path.startsWith(PREFIX) &&
    route.rawBody !== true &&
    route.streamBody !== true &&
    !OTHERS.has(family) &&
    !/^(?:legacy_|unstable_)|V1\b|V1$|InFolder$/.test(route.operation)
  );
}

/** First part of an operation's id, which groups tools. */
export function toFamily({ operation }: Pick<Route, 'operation'>): string {
  return operation.split('.')[0] ?? operation;
}

/** Name of the tool of an operation: its id with `_` for what names of tools may not have. */
export function toToolName({ operation }: Pick<Route, 'operation'>): string {
  return operation.replaceAll(/[^A-Za-z0-9_]/g, '_').slice(0, 64);
}

/** One tool per operation; the schema is made when the tool is listed or called. */
export function toOperationTool(route: Route, request: () => Promise<Request>): Tool {
  const toShape = () => findShape(route);
  return {
    name: toToolName(route),
    description: route.summary,
    get input() {
      return toShape().input;
    },
    isReadOnly: route.method === 'GET',
    isDestructive: route.method === 'DELETE',
    operation: route.operation,
    async run(_context, input) {
      const call = toCall(route, toShape(), input);
      const { method, segments, query, body } = call;
      const answer = await (
        await request()
      )<unknown>(method, segments, {
        query,
        ...(body === undefined ? {} : { body }),
      });
      return toAnswer(answer);
    },
  };
}

/** A server makes its tools anew for each message; the declarations never change. */
const shapes = new WeakMap<Route, OperationShape>();

function findShape(route: Route): OperationShape {
  const known = shapes.get(route);
  if (known !== undefined) return known;
  const made = toOperationShape(route);
  shapes.set(route, made);
  return made;
}

interface OperationCall {
  readonly method: HttpMethod;
  readonly segments: readonly string[];
  readonly query: CallQuery;
  readonly body: unknown;
}

function toCall(route: Route, shape: OperationShape, input: ToolArguments): OperationCall {
  const segments = route.path
    .slice(PREFIX.length)
    .split('/')
    .map((part) => {
      const name = /^:(\w+)/.exec(part)?.[1];
      return name === undefined ? part : toSegment(name, readText(input, name));
    });
  const query = Object.fromEntries(
    shape.query.flatMap((name) =>
      input[name] === undefined ? [] : [[name, toParameter(input[name])] as const],
    ),
  );
  return { method: route.method, segments, query, body: toBody(shape, input) };
}

/** Part of an address. Those that addresses cannot hold would name another operation: COAIA-0800. */
function toSegment(name: string, value: string): string {
  if (value !== '' && value !== '.' && value !== '..' && value.isWellFormed()) return value;
  throw mcpErrors.create(
    'COAIA-0800',
    `The argument ${name} cannot be asked for: ${JSON.stringify(value)}.`,
  );
}

/** As an address carries it: lists stay lists, objects become JSON. */
function toParameter(value: unknown): string | number | boolean | readonly string[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  const isTexts = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return isTexts ? value : JSON.stringify(value);
}

function toBody(shape: OperationShape, input: ToolArguments): unknown {
  if (shape.body === 'none') return undefined;
  if (shape.body === 'whole') return input['body'];
  const others = new Set([...shape.params, ...shape.query]);
  return Object.fromEntries(Object.entries(input).filter(([name]) => !others.has(name)));
}

/** An object as it is; anything else, and nothing, under a name. */
function toAnswer(answer: unknown): ToolAnswer {
  if (answer === undefined) return {};
  const isPlain = typeof answer === 'object' && answer !== null && !Array.isArray(answer);
  return isPlain ? (answer as ToolAnswer) : { result: answer };
}

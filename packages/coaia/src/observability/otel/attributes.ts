/**
 * Which span attribute becomes which field: the whole mapping, as data.
 *
 * A source is an attribute name, `{ resource }` for a resource attribute, or a named reader for what a name
 * cannot say. The first source that gives a value wins. Names of the GenAI conventions have moved and will
 * move again: old and new ones stand side by side here and nowhere else.
 */
import * as genAi from './families/gen-ai.ts';
import * as genkit from './families/genkit.ts';
import * as langfuse from './families/langfuse.ts';
import * as messages from './families/messages.ts';
import * as types from './families/observation-type.ts';
import * as vercel from './families/vercel.ts';
import type { SpanView } from './span-view.ts';

export type Reader = (view: SpanView) => unknown;
export type Source = string | { readonly resource: string } | Reader;

/** Where input and output of one family of exporters lie; they are taken from the same family. */
export interface ContentFamily {
  readonly family: string;
  readonly input: readonly Source[];
  readonly output: readonly Source[];
}

const MODEL_NAMES = [
  'gen_ai.response.model',
  'ai.model.id',
  'gen_ai.request.model',
  'llm.response.model',
  'llm.model_name',
  'llm.request.model',
  'embedding.model_name',
  'model',
] as const;

/** Fields of the observation and of its trace, one value each. */
export const FIELDS = {
  traceName: ['langfuse.trace.name'],
  traceInput: ['langfuse.trace.input'],
  traceOutput: ['langfuse.trace.output'],
  tags: [
    'langfuse.trace.tags',
    'langfuse.tags',
    'langfuse.observation.metadata.langfuse_tags',
    'langfuse.trace.metadata.langfuse_tags',
    'ai.telemetry.metadata.tags',
    'tag.tags',
  ],
  public: ['langfuse.trace.public'],
  userId: [
    'langfuse.user.id',
    'user.id',
    'langfuse.observation.metadata.langfuse_user_id',
    'langfuse.trace.metadata.langfuse_user_id',
    'ai.telemetry.metadata.userId',
  ],
  sessionId: [
    'langfuse.session.id',
    'session.id',
    'gen_ai.conversation.id',
    'langfuse.observation.metadata.langfuse_session_id',
    'langfuse.trace.metadata.langfuse_session_id',
    'ai.telemetry.metadata.sessionId',
    'genkit:sessionId',
  ],
  release: ['langfuse.release', { resource: 'langfuse.release' }],
  version: ['langfuse.version', { resource: 'langfuse.version' }, { resource: 'service.version' }],
  environment: [
    'langfuse.environment',
    { resource: 'langfuse.environment' },
    'deployment.environment.name',
    { resource: 'deployment.environment.name' },
    'deployment.environment',
    { resource: 'deployment.environment' },
  ],
  asRoot: [langfuse.readAsRootMark],
  name: ['gen_ai.tool.name', 'ai.toolCall.name', 'logfire.msg', vercel.readOperationName],
  type: [
    langfuse.readType,
    types.readOpenInferenceKind,
    types.readGenAiOperation,
    genkit.readType,
    vercel.readType,
    types.readGenAiTool,
    types.readFlueType,
    types.readLiveKitType,
    types.readTraceloopKind,
    types.readMlflowType,
    types.readModelPresence,
  ],
  level: [langfuse.readLevel],
  statusMessage: ['langfuse.observation.status_message', langfuse.readStatusMessage],
  model: ['langfuse.observation.model.name', ...MODEL_NAMES, genkit.readModel],
  modelParameters: [
    langfuse.readModelParameters,
    vercel.readModelParameters,
    genAi.readInvocationParameters,
    genAi.readRequestParameters,
  ],
  usage: [langfuse.readUsage, genAi.readUsage, genkit.readUsage, genAi.readMlflowUsage],
  cost: [langfuse.readCost, genAi.readCost],
  promptName: ['langfuse.observation.prompt.name', 'langfuse.prompt.name', vercel.readPromptName],
  promptVersion: [
    'langfuse.observation.prompt.version',
    'langfuse.prompt.version',
    vercel.readPromptVersion,
  ],
  completionStartTime: [
    langfuse.readCompletionStart,
    vercel.readCompletionStart,
    genAi.readFirstChunk,
  ],
} as const satisfies Readonly<Record<string, readonly Source[]>>;

export type Field = keyof typeof FIELDS;

/** Input and output, in the order in which the families are asked. */
export const CONTENT: readonly ContentFamily[] = [
  {
    family: 'langfuse',
    input: ['langfuse.observation.input'],
    output: ['langfuse.observation.output'],
  },
  { family: 'genkit', input: ['genkit:input'], output: ['genkit:output'] },
  {
    family: 'vercel',
    input: ['ai.prompt.messages', 'ai.prompt', 'ai.toolCall.args', 'ai.value', 'ai.values'],
    output: [
      vercel.readTextWithTools,
      'ai.response.text',
      'ai.result.text',
      'ai.toolCall.result',
      'ai.response.object',
      'ai.result.object',
      'ai.response.toolCalls',
      'ai.result.toolCalls',
      'ai.embedding',
      'ai.embeddings',
    ],
  },
  {
    family: 'flue',
    input: ['flue.turn.input', 'flue.tool.arguments', 'flue.task.prompt', 'flue.workflow.payload'],
    output: [
      'flue.turn.output',
      'flue.tool.result',
      'flue.task.result',
      'flue.workflow.result',
      'flue.operation.result',
    ],
  },
  {
    family: 'gen_ai events',
    input: [messages.readInputEvents, messages.readInputDetails, messages.readPromptEvent],
    output: [messages.readChoiceEvents, messages.readOutputDetails, messages.readCompletionEvent],
  },
  {
    family: 'vertex',
    input: [genAi.readVertexRequest, 'gcp.vertex.agent.tool_call_args'],
    output: [genAi.readVertexResponse, 'gcp.vertex.agent.tool_response'],
  },
  {
    family: 'logfire',
    input: ['prompt', 'request_data'],
    output: ['all_messages_events', 'response_data'],
  },
  {
    family: 'logfire events',
    input: [messages.readLogfireInput],
    output: [messages.readLogfireChoice],
  },
  {
    family: 'livekit',
    input: [
      'lk.input_text',
      'lk.user_transcript',
      'lk.chat_ctx',
      'lk.user_input',
      'lk.function_tool.arguments',
    ],
    output: ['lk.function_tool.output', 'lk.response.text', 'lk.response.function_calls'],
  },
  { family: 'mlflow', input: ['mlflow.spanInputs'], output: ['mlflow.spanOutputs'] },
  { family: 'traceloop', input: ['traceloop.entity.input'], output: ['traceloop.entity.output'] },
  { family: 'openinference values', input: ['input.value'], output: ['output.value'] },
  { family: 'plain', input: ['input'], output: ['output'] },
  {
    family: 'pydantic-ai',
    input: [messages.readPydanticMessages, 'tool_arguments'],
    output: ['final_result', 'tool_response'],
  },
  {
    family: 'gen_ai indexed',
    input: [messages.readIndexedPrompt],
    output: [messages.readIndexedCompletion],
  },
  {
    family: 'openinference messages',
    input: [messages.readLlmInput],
    output: [messages.readLlmOutput],
  },
  {
    family: 'gen_ai messages',
    input: [messages.readInputMessages],
    output: ['gen_ai.output.messages'],
  },
  {
    family: 'gen_ai tools',
    input: ['gen_ai.tool.call.arguments'],
    output: ['gen_ai.tool.call.result'],
  },
];

/** Prefixes whose members become metadata keys; the bare name may carry the whole object as JSON. */
export const METADATA_PREFIXES = {
  observation: ['langfuse.metadata', 'ai.telemetry.metadata', 'langfuse.observation.metadata'],
  trace: ['langfuse.metadata', 'ai.telemetry.metadata', 'langfuse.trace.metadata'],
} as const;

/** Members of the prefixes above that are fields of their own. */
export const METADATA_EXCEPTIONS: ReadonlySet<string> = new Set([
  'ai.telemetry.metadata.userId',
  'ai.telemetry.metadata.sessionId',
  'ai.telemetry.metadata.tags',
  'ai.telemetry.metadata.langfusePrompt',
]);

/** Kept as one object under the metadata key `experiment`. */
export const EXPERIMENT_PREFIX = 'langfuse.experiment.';

/** Whose spans carry nothing but Langfuse attributes: no copy of the rest in the metadata. */
export const OWN_SCOPE = 'langfuse-sdk';

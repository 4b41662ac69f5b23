/** What kind of observation a span is, by the conventions of its exporter. */
import type { SpanView } from '../span-view.ts';

type Words = Readonly<Record<string, string>>;

/** https://github.com/Arize-ai/openinference, span kinds. */
const OPENINFERENCE: Words = {
  LLM: 'GENERATION',
  EMBEDDING: 'EMBEDDING',
  CHAIN: 'CHAIN',
  RETRIEVER: 'RETRIEVER',
  RERANKER: 'RETRIEVER',
  TOOL: 'TOOL',
  AGENT: 'AGENT',
  GUARDRAIL: 'GUARDRAIL',
  EVALUATOR: 'EVALUATOR',
};

/** OpenTelemetry GenAI conventions, `gen_ai.operation.name`, old names included. */
const GEN_AI: Words = {
  chat: 'GENERATION',
  completion: 'GENERATION',
  text_completion: 'GENERATION',
  generate_content: 'GENERATION',
  generate: 'GENERATION',
  embeddings: 'EMBEDDING',
  invoke_agent: 'AGENT',
  create_agent: 'AGENT',
  invoke_workflow: 'CHAIN',
  execute_tool: 'TOOL',
  retrieval: 'RETRIEVER',
  agent_step: 'SPAN',
};

const TRACELOOP: Words = { workflow: 'CHAIN', task: 'SPAN', agent: 'AGENT', tool: 'TOOL' };

const MLFLOW: Words = {
  LLM: 'GENERATION',
  CHAT_MODEL: 'GENERATION',
  EMBEDDING: 'EMBEDDING',
  CHAIN: 'CHAIN',
  RETRIEVER: 'RETRIEVER',
  RERANKER: 'RETRIEVER',
  TOOL: 'TOOL',
  AGENT: 'AGENT',
  GUARDRAIL: 'GUARDRAIL',
  EVALUATOR: 'EVALUATOR',
};

export function readOpenInferenceKind(view: SpanView): string | undefined {
  return look(OPENINFERENCE, view.getText('openinference.span.kind')?.toUpperCase());
}

export function readGenAiOperation(view: SpanView): string | undefined {
  return look(GEN_AI, view.getText('gen_ai.operation.name'));
}

/** Some frameworks describe a tool call without naming the operation. */
export function readGenAiTool(view: SpanView): string | undefined {
  return has(view, ['gen_ai.tool.name', 'gen_ai.tool.call.id']) ? 'TOOL' : undefined;
}

export function readFlueType(view: SpanView): string | undefined {
  if (has(view, ['flue.tool.name', 'flue.tool.call_id'])) return 'TOOL';
  if (has(view, ['flue.task.agent', 'flue.task.prompt'])) return 'AGENT';
  if (has(view, ['flue.turn.input', 'flue.turn.output'])) return 'GENERATION';
  return has(view, ['flue.workflow.name', 'flue.operation.kind']) ? 'SPAN' : undefined;
}

/** LiveKit names its spans after the step of the voice pipeline. */
const LIVEKIT_SPANS: Words = {
  agent_session: 'AGENT',
  agent_turn: 'AGENT',
  llm_node: 'CHAIN',
  llm_request: 'GENERATION',
  function_tool: 'TOOL',
};

export function readLiveKitType(view: SpanView): string | undefined {
  if (has(view, ['lk.function_tool.name', 'lk.function_tool.id'])) return 'TOOL';
  const livekit =
    view.scope.name.startsWith('livekit') || Object.keys(view.span.attributes).some(isLiveKit);
  return livekit ? look(LIVEKIT_SPANS, view.span.name) : undefined;
}

function isLiveKit(name: string): boolean {
  return name.startsWith('lk.');
}

export function readTraceloopKind(view: SpanView): string | undefined {
  return look(TRACELOOP, view.getText('traceloop.span.kind'));
}

export function readMlflowType(view: SpanView): string | undefined {
  // MLflow stores its attributes as JSON texts, quotes included.
  return look(MLFLOW, view.getText('mlflow.spanType')?.replaceAll('"', '').toUpperCase());
}

/** Whatever names a model is a generation. */
export function readModelPresence(view: SpanView): string | undefined {
  const named = has(view, [
    'langfuse.observation.model.name',
    'gen_ai.request.model',
    'gen_ai.response.model',
    'llm.model_name',
    'llm.response.model',
    'llm.request.model',
    'ai.model.id',
    'model',
  ]);
  return named ? 'GENERATION' : undefined;
}

function has(view: SpanView, names: readonly string[]): boolean {
  return names.some((name) => view.get(name) !== undefined);
}

function look(words: Words, word: string | undefined): string | undefined {
  return word !== undefined && Object.hasOwn(words, word) ? words[word] : undefined;
}

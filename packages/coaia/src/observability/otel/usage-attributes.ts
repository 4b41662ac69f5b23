/** Token counts under all their attribute names: the usage part of the attribute table. */

/** The three main counts; the first name that is present wins. */
export const MAIN_COUNTS = {
  input: [
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'llm.usage.prompt_tokens',
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
    'gen_ai.usage.details.input_tokens',
  ],
  output: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'llm.usage.completion_tokens',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
    'gen_ai.usage.details.output_tokens',
  ],
  total: [
    'gen_ai.usage.total_tokens',
    'llm.token_count.total',
    'llm.usage.total_tokens',
    'ai.usage.totalTokens',
    'ai.usage.tokens',
  ],
} as const;

/** Parts of input and output. They are taken out of the main count that contains them. */
export const PART_COUNTS = [
  {
    key: 'input_cached_tokens',
    of: 'input',
    sources: [
      'gen_ai.usage.cache_read.input_tokens',
      'gen_ai.usage.cache_read_input_tokens',
      'gen_ai.usage.cache_read_tokens',
      'gen_ai.usage.input_tokens.cached',
      'gen_ai.usage.details.cache_read_input_tokens',
      'gen_ai.usage.details.cache_read_tokens',
      'gen_ai.usage.details.cached_tokens',
      'llm.token_count.prompt_details.cache_read',
      'llm.usage.cache_read_input_tokens',
      'ai.usage.cachedInputTokens',
      'ai.usage.inputTokenDetails.cacheReadTokens',
    ],
  },
  {
    key: 'input_cache_creation',
    of: 'input',
    sources: [
      'gen_ai.usage.cache_creation.input_tokens',
      'gen_ai.usage.cache_creation_input_tokens',
      'gen_ai.usage.cache_write_tokens',
      'gen_ai.usage.details.cache_creation_input_tokens',
      'gen_ai.usage.details.cache_write_tokens',
      'llm.token_count.prompt_details.cache_write',
      'llm.usage.cache_creation_input_tokens',
      'ai.usage.inputTokenDetails.cacheWriteTokens',
    ],
  },
  {
    key: 'input_audio_tokens',
    of: 'input',
    sources: [
      'gen_ai.usage.input_audio_tokens',
      'gen_ai.usage.details.input_audio_tokens',
      'llm.token_count.prompt_details.audio',
    ],
  },
  {
    key: 'output_reasoning_tokens',
    of: 'output',
    sources: [
      'gen_ai.usage.reasoning.output_tokens',
      'gen_ai.usage.reasoning_tokens',
      'gen_ai.usage.output_tokens.reasoning',
      'gen_ai.usage.details.reasoning_tokens',
      'llm.token_count.completion_details.reasoning',
      'llm.usage.reasoning_tokens',
      'ai.usage.reasoningTokens',
      'ai.usage.outputTokenDetails.reasoningTokens',
    ],
  },
  {
    key: 'output_audio_tokens',
    of: 'output',
    sources: [
      'gen_ai.usage.output_audio_tokens',
      'gen_ai.usage.details.output_audio_tokens',
      'llm.token_count.completion_details.audio',
    ],
  },
] as const;

/** Where the AI SDK forwards a provider's own usage object (JSON in `ai.response.providerMetadata`). */
export const PROVIDER_PARTS = [
  { key: 'input_cached_tokens', path: ['openai', 'cachedPromptTokens'] },
  { key: 'output_reasoning_tokens', path: ['openai', 'reasoningTokens'] },
  { key: 'input_cached_tokens', path: ['anthropic', 'usage', 'cache_read_input_tokens'] },
  { key: 'input_cache_creation', path: ['anthropic', 'usage', 'cache_creation_input_tokens'] },
  { key: 'input_cached_tokens', path: ['bedrock', 'usage', 'cacheReadInputTokens'] },
  { key: 'input_cache_creation', path: ['bedrock', 'usage', 'cacheWriteInputTokens'] },
] as const;

/** Anthropic's split of cache writes by lifetime, when it fits into the reported number. */
export const CACHE_WRITE_SPLIT = [
  {
    key: 'input_cache_creation_5m',
    path: ['anthropic', 'usage', 'cache_creation', 'ephemeral_5m_input_tokens'],
  },
  {
    key: 'input_cache_creation_1h',
    path: ['anthropic', 'usage', 'cache_creation', 'ephemeral_1h_input_tokens'],
  },
] as const;

/** USD; the first name that is present wins. */
export const TOTAL_COSTS = ['gen_ai.usage.cost', 'llm.cost.total', 'operation.cost'] as const;

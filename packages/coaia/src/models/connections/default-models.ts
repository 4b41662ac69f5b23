/** Models that a vendor's own server has; as of 2026-11. Others are named in `customModels`. */
import type { LlmAdapter } from '@coaia/client';

export const DEFAULT_MODELS: Readonly<Record<LlmAdapter, readonly string[]>> = {
  openai: ['gpt-5', 'gpt-5-mini', 'gpt-5-nano', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-4o', 'gpt-4o-mini'],
  anthropic: [
    'claude-opus-4-1',
    'claude-sonnet-4-5',
    'claude-haiku-4-5',
    'claude-3-5-haiku-latest',
  ],
  azure: [],
  bedrock: [],
  'google-vertex-ai': [],
  'google-ai-studio': [],
};

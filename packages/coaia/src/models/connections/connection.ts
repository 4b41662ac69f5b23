/** A connection to a model server: as the Langfuse API shows it, and as a call uses it. */
import { toIso } from '#base';
import type { LlmConnectionRow } from '#store';
import type { LlmAdapter, LlmConnection } from '@coaia/client';
import type { SecretBox } from '../secrets/secret-box.ts';
import { DEFAULT_MODELS } from './default-models.ts';

export const ADAPTERS = [
  'anthropic',
  'openai',
  'azure',
  'bedrock',
  'google-vertex-ai',
  'google-ai-studio',
] as const satisfies readonly LlmAdapter[];

/** What is encrypted. */
export interface ConnectionSecrets {
  readonly secretKey: string;
  readonly extraHeaders: Readonly<Record<string, string>>;
}

/** A connection with its secrets; never leaves the room. */
export interface OpenConnection extends ConnectionSecrets {
  readonly id: string;
  readonly provider: string;
  readonly adapter: LlmAdapter;
  readonly baseUrl: string | null;
}

export function toConnection(row: LlmConnectionRow): LlmConnection {
  return {
    id: row.id,
    provider: row.provider,
    adapter: row.adapter as LlmAdapter,
    displaySecretKey: row.display_secret,
    baseURL: row.base_url,
    customModels: JSON.parse(row.custom_models) as readonly string[],
    withDefaultModels: row.with_default_models === 1,
    extraHeaderKeys: JSON.parse(row.extra_header_keys) as readonly string[],
    config: row.config === null ? null : (JSON.parse(row.config) as Record<string, unknown>),
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
  };
}

/** Models that the connection offers without asking its server. */
export function listModels(row: LlmConnectionRow): readonly string[] {
  const own = JSON.parse(row.custom_models) as readonly string[];
  // Another server than the vendor's own has other models.
  const isVendor = row.with_default_models === 1 && row.base_url === null;
  const preset = isVendor ? DEFAULT_MODELS[row.adapter as LlmAdapter] : [];
  return [...new Set([...own, ...preset])];
}

/** What encryption binds a secret to: it opens in no other place. */
export function toSecretContext(projectId: string, connectionId: string): string {
  return `llm-connection:${projectId}:${connectionId}`;
}

/** Decrypts the secrets. Throws COAIA-4020. */
export function openConnection(row: LlmConnectionRow, secrets: SecretBox): OpenConnection {
  const context = toSecretContext(row.project_id, row.id);
  const text = secrets.open({ keyId: row.key_id, sealed: row.sealed }, context);
  const { secretKey, extraHeaders } = JSON.parse(text) as ConnectionSecrets;
  return {
    id: row.id,
    provider: row.provider,
    adapter: row.adapter as LlmAdapter,
    baseUrl: row.base_url,
    secretKey,
    extraHeaders,
  };
}

/** The last four characters, of keys that are long enough to keep the rest secret. */
export function toDisplaySecret(secretKey: string): string {
  return secretKey.length < 12 ? '...' : `...${secretKey.slice(-4)}`;
}

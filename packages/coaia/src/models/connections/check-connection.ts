/** What a connection may be, beyond the form of its fields. */
import { modelFailures } from '../errors.ts';
import type { ConnectionBody } from './schema.ts';

/** Fails with COAIA-4030 when the base URL or the config does not fit. */
export function checkConnection({ adapter, baseURL, config, provider }: ConnectionBody): void {
  if (baseURL) checkBaseUrl(baseURL);
  if (adapter === 'bedrock') {
    if (!hasOnly(config, 'region', 'string'))
      throw refuse('bedrock needs the config {"region": "..."}');
    return;
  }
  if (config === null || config === undefined) return;
  const [field, type] = CONFIGS[adapter] ?? [];
  if (field === undefined || type === undefined)
    throw refuse(`the adapter ${adapter} of "${provider}" takes no config`);
  if (!hasOnly(config, field, type))
    throw refuse(`the config of ${adapter} is {"${field}": ${type}} and nothing else`);
}

const CONFIGS: Readonly<Partial<Record<ConnectionBody['adapter'], readonly [string, string]>>> = {
  openai: ['useResponsesApi', 'boolean'],
  'google-vertex-ai': ['location', 'string'],
};

function hasOnly(config: ConnectionBody['config'], field: string, type: string): boolean {
  const entries = Object.entries(config ?? {});
  return entries.length === 1 && entries[0]?.[0] === field && typeof entries[0][1] === type;
}

function checkBaseUrl(text: string): void {
  const url = URL.parse(text);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw refuse('the base URL is no http or https address');
  if (url.username !== '' || url.password !== '')
    throw refuse('the base URL has a name and password inside; use secretKey or extraHeaders');
  if (url.search !== '' || url.hash !== '') throw refuse('the base URL has a query or a fragment');
}

function refuse(reason: string) {
  return modelFailures.create('COAIA-4030', `The connection cannot be stored: ${reason}.`);
}

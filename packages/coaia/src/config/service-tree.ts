/** The `services` tree of coaia.json: one place for everything that Coaia speaks to. */
import type { SettingName } from './settings.ts';

/** Service and member to the setting that it is. */
export const services = {
  llm: {
    url: 'openai_api_url',
    apiKey: 'openai_api_key',
    model: 'model',
    maxInputTokens: 'max_input_tokens',
  },
  langfuse: {
    baseUrl: 'langfuse_base_url',
    publicKey: 'langfuse_public_key',
    secretKey: 'langfuse_secret_key',
  },
  stash: {
    kind: 'stash',
    url: 'redis_url',
    host: 'redis_host',
    port: 'redis_port',
    username: 'redis_username',
    password: 'redis_password',
    ssl: 'redis_ssl',
    db: 'redis_db',
    upstashUrl: 'upstash_url',
    upstashToken: 'upstash_token',
  },
  aws: {
    accessKeyId: 'aws_access_key_id',
    secretAccessKey: 'aws_secret_access_key',
    sessionToken: 'aws_session_token',
    region: 'aws_region',
    endpointUrl: 'aws_endpoint_url',
  },
  github: { token: 'github_token', baseUrl: 'github_base_url' },
  storage: {
    bucket: 's3_bucket',
    region: 's3_region',
    endpoint: 's3_endpoint',
    pathStyle: 's3_path_style',
    prefix: 's3_prefix',
    accessKeyId: 's3_access_key_id',
    secretAccessKey: 's3_secret_access_key',
    direct: 's3_direct',
  },
  audio: {
    transcriptionUrl: 'openai_transcription_api_url',
    transcriptionProvider: 'transcription_provider',
    transcriptionModel: 'transcription_model',
    transcriptionCommand: 'transcription_command',
    speechUrl: 'openai_speech_api_url',
    speechProvider: 'speech_provider',
    speechModel: 'speech_model',
    speechVoice: 'speech_voice',
    speechCommand: 'speech_command',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, SettingName>>>>;

const paths: ReadonlyMap<string, string> = new Map(
  Object.entries(services).flatMap(([service, members]) =>
    Object.entries(members).map(([member, name]) => [name, `services.${service}.${member}`]),
  ),
);

/** `services.llm.apiKey` for `openai_api_key`; undefined for settings that belong to no service. */
export function toServicePath(name: string): string | undefined {
  return paths.get(name);
}

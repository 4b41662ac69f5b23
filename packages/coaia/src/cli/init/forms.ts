/** What `coaia init` asks for each service, and why anybody would set it. */
import { services } from '#config';
import type { SettingName } from '#config';

export interface Field {
  /** Key in the `services` tree, which files of answers use. */
  readonly member: string;
  readonly setting: SettingName;
  readonly message: string;
  readonly isSecret?: boolean;
  readonly placeholder?: string;
  readonly isRequired?: boolean;
}

export type FormName = 'langfuse' | 'llm' | 'stash' | 'aws' | 'github';

export interface Form {
  readonly name: FormName;
  readonly title: string;
  /** What works without it, in one sentence. */
  readonly without: string;
  readonly fields: readonly Field[];
}

function field<S extends FormName>(
  service: S,
  member: keyof (typeof services)[S] & string,
  message: string,
  more: Omit<Field, 'member' | 'setting' | 'message'> = {},
): Field {
  const table = services[service] as Readonly<Record<string, SettingName>>;
  return { member, setting: table[member] as SettingName, message, ...more };
}

export const forms: readonly Form[] = [
  {
    name: 'langfuse',
    title: 'A Langfuse or Coaia server',
    without: 'Without one everything is kept in the store on this machine.',
    fields: [
      field('langfuse', 'baseUrl', 'Address', {
        placeholder: 'https://langfuse.example.com',
        isRequired: true,
      }),
      field('langfuse', 'publicKey', 'Public key', { placeholder: 'pk-lf-...', isRequired: true }),
      field('langfuse', 'secretKey', 'Secret key', { isSecret: true, isRequired: true }),
    ],
  },
  {
    name: 'llm',
    title: 'A model server that speaks the OpenAI API',
    without: 'Without one the commands that ask a model say so and do nothing.',
    fields: [
      field('llm', 'url', 'Address', {
        placeholder: 'http://127.0.0.1:11434/v1',
        isRequired: true,
      }),
      field('llm', 'apiKey', 'Key (empty when it needs none)', { isSecret: true }),
      field('llm', 'model', 'Model (empty to name it in each command)'),
    ],
  },
  {
    name: 'stash',
    title: 'Redis, Valkey or Upstash for the stash',
    without: 'Without one tash and fetch use the store.',
    fields: [
      field('stash', 'upstashUrl', 'Address over HTTP (Upstash; empty for a plain Redis)'),
      field('stash', 'upstashToken', 'Token of that address', { isSecret: true }),
      field('stash', 'host', 'Host of Redis', { placeholder: '127.0.0.1' }),
      field('stash', 'port', 'Port', { placeholder: '6379' }),
      field('stash', 'password', 'Password (empty when it needs none)', { isSecret: true }),
    ],
  },
  {
    name: 'aws',
    title: 'Amazon Polly for speech',
    without: 'Without it speech needs a program on this machine or an OpenAI-compatible server.',
    fields: [
      field('aws', 'accessKeyId', 'Access key id', { isRequired: true }),
      field('aws', 'secretAccessKey', 'Secret access key', { isSecret: true, isRequired: true }),
      field('aws', 'region', 'Region', { placeholder: 'us-east-1' }),
      field('aws', 'endpointUrl', 'Address (empty for the one of the region)'),
    ],
  },
  {
    name: 'github',
    title: 'GitHub',
    without: 'Without a token public repositories can be read.',
    fields: [
      field('github', 'token', 'Token', { isSecret: true, isRequired: true }),
      field('github', 'baseUrl', 'Address (empty for github.com)'),
    ],
  },
];

/** Fields that make no sense beside what was answered. */
export function isIdle(one: Field, answers: Answers): boolean {
  const hasUpstash = (answers.get('upstash_url') ?? '') !== '';
  if (one.setting === 'upstash_token') return !hasUpstash;
  return hasUpstash && one.setting.startsWith('redis_');
}

/** Texts by setting; an empty one leaves the setting alone. */
export type Answers = ReadonlyMap<SettingName, string>;

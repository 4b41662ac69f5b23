/** Every setting there is, once. Adding one is an entry here and a heading in docs/configuration.md. */
import {
  audioSettings,
  modelSettings,
  serviceSettings,
  stashSettings,
} from './service-settings.ts';
import type { SettingSpec } from './setting-spec.ts';

export type { SettingPlace, SettingSpec } from './setting-spec.ts';

const everywhere = ['home', 'project'] as const;

export const settings = [
  {
    name: 'langfuse_base_url',
    env: ['LANGFUSE_BASE_URL', 'LANGFUSE_HOST'],
    type: 'url',
    group: 'langfuse',
    also: ['langfuse.baseUrl'],
    places: everywhere,
    summary: 'Address of the server to work on; without it the store in your home is used',
  },
  {
    name: 'langfuse_public_key',
    env: ['LANGFUSE_PUBLIC_KEY'],
    type: 'text',
    group: 'langfuse',
    also: ['langfuse.publicKey'],
    places: everywhere,
    summary: 'Public key of the project',
  },
  {
    name: 'langfuse_secret_key',
    env: ['LANGFUSE_SECRET_KEY'],
    type: 'text',
    secret: true,
    group: 'langfuse',
    also: ['langfuse.secretKey'],
    places: everywhere,
    summary: 'Secret key of the project',
  },
  {
    name: 'database_url',
    env: ['DATABASE_URL'],
    type: 'text',
    secret: true,
    places: ['home'],
    summary: 'Postgres address of the store; without it SQLite in your home',
  },
  {
    name: 'durability',
    env: ['COAIA_DURABILITY'],
    type: 'choice',
    choices: ['full', 'relaxed'],
    default: 'full',
    places: ['home'],
    summary: 'full: an acknowledged write survives a power cut; relaxed: only a crash of Coaia',
  },
  {
    name: 'host',
    env: ['COAIA_HOST'],
    type: 'text',
    default: '127.0.0.1',
    places: ['home'],
    summary: 'Address that coaia up listens on',
  },
  {
    name: 'port',
    env: ['COAIA_PORT', 'PORT'],
    type: 'number',
    range: [0, 65_535],
    default: 26_242,
    places: ['home'],
    summary: 'Port that coaia up listens on; 0 takes any free one',
  },
  {
    name: 'requests_per_minute',
    env: ['COAIA_REQUESTS_PER_MINUTE'],
    type: 'number',
    range: [0, 100_000_000],
    places: ['home'],
    summary:
      'Requests that each key may make in a minute; 0 is any number. Without it 30,000, and any number on 127.0.0.1',
  },
  {
    name: 'offline',
    env: ['COAIA_OFFLINE'],
    type: 'flag',
    default: false,
    tightenOnly: true,
    places: everywhere,
    summary: 'Forbid every connection that leaves this machine',
  },
  {
    name: 's3_bucket',
    env: ['COAIA_S3_BUCKET'],
    type: 'text',
    places: ['home'],
    summary: 'Bucket of an S3-compatible storage for large files; without it they lie in your home',
  },
  {
    name: 's3_region',
    env: ['COAIA_S3_REGION'],
    type: 'text',
    default: 'us-east-1',
    places: ['home'],
    summary: 'Region of the bucket',
  },
  {
    name: 's3_endpoint',
    env: ['COAIA_S3_ENDPOINT'],
    type: 'url',
    places: ['home'],
    summary: 'Address of the storage when it is not AWS, such as http://127.0.0.1:9000',
  },
  {
    name: 's3_path_style',
    env: ['COAIA_S3_PATH_STYLE'],
    type: 'flag',
    places: ['home'],
    summary: 'Bucket in the path and not in the host name; default: with s3_endpoint',
  },
  {
    name: 's3_prefix',
    env: ['COAIA_S3_PREFIX'],
    type: 'text',
    places: ['home'],
    summary: 'Beginning of every key, such as coaia/',
  },
  {
    name: 's3_access_key_id',
    env: ['COAIA_S3_ACCESS_KEY_ID'],
    type: 'text',
    places: ['home'],
    summary: 'Access key of the storage',
  },
  {
    name: 's3_secret_access_key',
    env: ['COAIA_S3_SECRET_ACCESS_KEY'],
    type: 'text',
    secret: true,
    places: ['home'],
    summary: 'Secret key of the storage',
  },
  {
    name: 's3_direct',
    env: ['COAIA_S3_DIRECT'],
    type: 'flag',
    default: false,
    places: ['home'],
    summary: 'Clients load media from and to the bucket itself, not through this server',
  },
  {
    name: 'trainer_command',
    env: ['COAIA_TRAINER_COMMAND'],
    type: 'text',
    places: ['home'],
    summary:
      'Program that trains models on this machine, with {training}, {model}, {output}, {validation}, {epochs}, {batch_size} and {seed}',
  },
  {
    name: 'export_folder',
    env: ['COAIA_EXPORT_FOLDER'],
    type: 'text',
    places: ['home'],
    summary: 'Folder on the server below which projects may export; without it none may',
  },
  {
    name: 'export_hosts',
    env: ['COAIA_EXPORT_HOSTS'],
    type: 'text',
    places: ['home'],
    summary:
      'Hosts, with commas between, that projects may export to although they are private or plain HTTP',
  },
  {
    name: 'gateway_hosts',
    env: ['COAIA_GATEWAY_HOSTS'],
    type: 'text',
    places: ['home'],
    summary:
      'Hosts, with commas between, at which served models are asked wherever their gateway announces itself from',
  },
  {
    name: 'encryption_key',
    env: ['COAIA_ENCRYPTION_KEY'],
    type: 'text',
    secret: true,
    places: [],
    summary: 'Key that secrets in the store are encrypted under; without it one in your home',
  },
  {
    name: 'protected',
    env: ['COAIA_PROTECTED'],
    type: 'flag',
    default: false,
    tightenOnly: true,
    places: everywhere,
    summary: 'Deletions and moves of labels need --yes; meant for one profile',
  },
  {
    name: 'strict',
    env: ['COAIA_STRICT'],
    type: 'choice',
    choices: ['langfuse'],
    places: everywhere,
    summary: 'langfuse: apply the stricter limits of the Langfuse API',
  },
  {
    name: 'compat',
    env: ['COAIA_COMPAT'],
    type: 'choice',
    choices: ['coaiapy'],
    places: [],
    summary: 'coaiapy: exit codes and streams of CoAiAPy 0.4.5',
  },
  ...modelSettings,
  ...stashSettings,
  ...serviceSettings,
  ...audioSettings,
] as const satisfies readonly SettingSpec[];

type Setting = (typeof settings)[number];

export type SettingName = Setting['name'];

type ValueOf<S extends SettingSpec> = S['type'] extends 'flag'
  ? boolean
  : S['type'] extends 'number'
    ? number
    : S extends { readonly choices: readonly (infer C)[] }
      ? C
      : string;

/** The typed value of every setting; undefined where nothing sets it and there is no default. */
export type SettingValues = {
  readonly [S in Setting as S['name']]:
    | ValueOf<S>
    | (S extends { readonly default: unknown } ? never : undefined);
};

/** The entry of a setting by its exact name. */
export function findSetting(name: string): SettingSpec | undefined {
  return settings.find((setting) => setting.name === name);
}

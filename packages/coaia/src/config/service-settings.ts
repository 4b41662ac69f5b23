/** Settings of the services that rooms speak to: model servers, stash, AWS, GitHub, audio. See `settings.ts`. */
import type { SettingSpec } from './setting-spec.ts';

const everywhere = ['home', 'project'] as const;
const home = ['home'] as const;

const modelAddresses = ['openai_api_url', 'openai_transcription_api_url', 'openai_speech_api_url'];

export const modelSettings = [
  {
    name: 'openai_api_url',
    env: ['OPENAI_BASE_URL'],
    type: 'url',
    places: everywhere,
    summary:
      'Address of an OpenAI-compatible server for text commands, such as http://127.0.0.1:11434/v1; a whole .../chat/completions address is taken as well',
  },
  {
    name: 'openai_transcription_api_url',
    env: ['COAIA_TRANSCRIPTION_URL'],
    type: 'url',
    also: ['audio.transcriptionUrl'],
    places: everywhere,
    summary:
      'Address for transcriptions when it is another one than openai_api_url; an address that ends in /inference is a server of whisper.cpp',
  },
  {
    name: 'openai_speech_api_url',
    env: ['COAIA_SPEECH_URL'],
    type: 'url',
    also: ['audio.speechUrl'],
    places: everywhere,
    summary: 'Address for speech when it is another one than openai_api_url',
  },
  {
    name: 'openai_api_key',
    env: ['OPENAI_API_KEY'],
    type: 'text',
    secret: true,
    sentTo: modelAddresses,
    also: ['openai.apiKey'],
    places: everywhere,
    summary: 'Key of that server; alone it means the server of OpenAI itself',
  },
  {
    name: 'model',
    env: ['OPENAI_MODEL'],
    type: 'text',
    also: ['openai.model'],
    places: everywhere,
    summary: 'Model of text commands; mns may give short names to long ones',
  },
  {
    name: 'max_input_tokens',
    env: ['COAIA_MAX_INPUT_TOKENS'],
    type: 'number',
    range: [100, 100_000_000],
    places: everywhere,
    summary:
      'Longest text that goes to a model at once, in tokens; longer ones are summarized in parts',
  },
] as const satisfies readonly SettingSpec[];

export const stashSettings = [
  {
    name: 'stash',
    env: ['COAIA_STASH'],
    type: 'choice',
    choices: ['embedded', 'redis'],
    places: everywhere,
    summary:
      'embedded: the store in your home; redis: Redis, also at its default address. Default: Redis when one is set, else the server you work on, else embedded',
  },
  {
    name: 'upstash_url',
    env: ['UPSTASH_REDIS_REST_URL', 'KV_REST_API_URL'],
    type: 'url',
    also: ['redis.upstashUrl'],
    places: everywhere,
    summary: 'Address of a Redis that is spoken to over HTTP, as Upstash and Vercel have it',
  },
  {
    name: 'upstash_token',
    env: ['UPSTASH_REDIS_REST_TOKEN', 'KV_REST_API_TOKEN'],
    type: 'text',
    secret: true,
    sentTo: ['upstash_url'],
    also: ['redis.upstashToken'],
    places: everywhere,
    summary: 'Token of that address',
  },
  {
    name: 'redis_url',
    env: ['KV_URL', 'REDIS_URL'],
    type: 'text',
    secret: true,
    also: ['redis.url'],
    places: everywhere,
    summary: 'Redis or Valkey for the stash: redis://user:password@host:6379/0, rediss:// for TLS',
  },
  {
    name: 'redis_host',
    env: ['REDIS_HOST', 'UPSTASH_HOST'],
    type: 'text',
    also: ['jtaleconf.host', 'redis.host'],
    places: everywhere,
    summary: 'Host of Redis when there is no redis_url',
  },
  {
    name: 'redis_port',
    env: ['REDIS_PORT'],
    type: 'number',
    range: [1, 65_535],
    default: 6379,
    also: ['jtaleconf.port', 'redis.port'],
    places: everywhere,
    summary: 'Port of that host',
  },
  {
    name: 'redis_username',
    env: ['REDIS_USERNAME'],
    type: 'text',
    also: ['jtaleconf.username', 'redis.username'],
    places: everywhere,
    summary: 'User of Redis',
  },
  {
    name: 'redis_password',
    env: ['REDIS_PASSWORD', 'UPSTASH_PASSWORD'],
    type: 'text',
    secret: true,
    sentTo: ['redis_host'],
    also: ['jtaleconf.password', 'redis.password'],
    places: everywhere,
    summary: 'Password of Redis',
  },
  {
    name: 'redis_ssl',
    env: ['REDIS_SSL'],
    type: 'flag',
    default: false,
    also: ['jtaleconf.ssl', 'redis.ssl'],
    places: everywhere,
    summary: 'Speak to that host over TLS; its certificate is verified',
  },
  {
    name: 'redis_db',
    env: ['REDIS_DB'],
    type: 'number',
    range: [0, 1_000_000],
    default: 0,
    also: ['jtaleconf.db', 'redis.db'],
    places: everywhere,
    summary: 'Number of the database in Redis',
  },
] as const satisfies readonly SettingSpec[];

export const serviceSettings = [
  {
    name: 'aws_endpoint_url',
    env: ['AWS_ENDPOINT_URL_POLLY', 'AWS_ENDPOINT_URL'],
    type: 'url',
    places: home,
    summary: 'Address of Amazon Polly when it is not the one of the region',
  },
  {
    name: 'aws_access_key_id',
    env: ['AWS_ACCESS_KEY_ID', 'AWS_KEY_ID'],
    type: 'text',
    also: ['pollyconf.key', 'aws.accessKeyId'],
    places: everywhere,
    summary: 'Access key of AWS, for speech by Amazon Polly',
  },
  {
    name: 'aws_secret_access_key',
    env: ['AWS_SECRET_ACCESS_KEY', 'AWS_SECRET_KEY'],
    type: 'text',
    secret: true,
    also: ['pollyconf.secret', 'aws.secretAccessKey'],
    places: everywhere,
    summary: 'Secret key of AWS',
  },
  {
    name: 'aws_session_token',
    env: ['AWS_SESSION_TOKEN'],
    type: 'text',
    secret: true,
    also: ['aws.sessionToken'],
    places: everywhere,
    summary: 'Token of temporary AWS credentials',
  },
  {
    name: 'aws_region',
    env: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
    type: 'text',
    default: 'us-east-1',
    also: ['pollyconf.region', 'aws.region'],
    places: everywhere,
    summary: 'Region of AWS',
  },
  {
    name: 'github_base_url',
    env: ['GITHUB_API_URL'],
    type: 'url',
    default: 'https://api.github.com',
    also: ['github.base_url', 'github.baseUrl'],
    places: everywhere,
    summary: 'Address of the GitHub API; for GitHub Enterprise https://HOST/api/v3',
  },
  {
    name: 'github_token',
    env: ['GH_TOKEN', 'GITHUB_TOKEN'],
    type: 'text',
    secret: true,
    sentTo: ['github_base_url'],
    also: ['github.api_token', 'github.token'],
    places: everywhere,
    summary: 'Token of GitHub; without one public repositories can be read',
  },
] as const satisfies readonly SettingSpec[];

export const audioSettings = [
  {
    name: 'transcription_provider',
    env: ['COAIA_TRANSCRIPTION_PROVIDER'],
    type: 'choice',
    choices: ['openai', 'whisper-server', 'local'],
    also: ['audio.transcriptionProvider'],
    places: everywhere,
    summary:
      'openai: an OpenAI-compatible server; whisper-server: the server of whisper.cpp; local: a program on this machine. Default: local when its command is set, else by the address',
  },
  {
    name: 'transcription_model',
    env: ['COAIA_TRANSCRIPTION_MODEL'],
    type: 'text',
    also: ['audio.transcriptionModel'],
    places: everywhere,
    summary: 'Model of transcriptions; whisper-1 for OpenAI. For whisper-cli the file of the model',
  },
  {
    name: 'transcription_command',
    env: ['COAIA_TRANSCRIPTION_COMMAND'],
    type: 'text',
    also: ['audio.transcriptionCommand'],
    places: home,
    summary:
      'Program that transcribes, with {input}, {model}, {language}: words with spaces between, quotes as in a shell, run without a shell',
  },
  {
    name: 'speech_provider',
    env: ['COAIA_SPEECH_PROVIDER'],
    type: 'choice',
    choices: ['polly', 'openai', 'local'],
    also: ['audio.speechProvider'],
    places: everywhere,
    summary:
      'What speaks: Amazon Polly, an OpenAI-compatible server, or a program on this machine. Default: the first that has its settings, in this order',
  },
  {
    name: 'speech_model',
    env: ['COAIA_SPEECH_MODEL'],
    type: 'text',
    also: ['audio.speechModel'],
    places: everywhere,
    summary: 'Model of speech; engine of Polly (standard, neural, generative); voice file of piper',
  },
  {
    name: 'speech_voice',
    env: ['COAIA_SPEECH_VOICE'],
    type: 'text',
    also: ['audio.speechVoice'],
    places: everywhere,
    summary: 'Voice that speaks when none is named',
  },
  {
    name: 'speech_command',
    env: ['COAIA_SPEECH_COMMAND'],
    type: 'text',
    also: ['audio.speechCommand'],
    places: home,
    summary:
      'Program that speaks, with {output}, {voice}, {model}; the text is on its stdin. Default: espeak-ng or piper when installed',
  },
] as const satisfies readonly SettingSpec[];

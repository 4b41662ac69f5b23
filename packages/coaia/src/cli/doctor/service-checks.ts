/** The services that the settings name: model server, stash, AWS, GitHub, storage of large files. */
import { isObject } from '#base';
import { isLoopback } from '#egress';
import type { Check, CheckInput, CheckResult } from './check.ts';
import { fail, ok, warn } from './check.ts';
import { askService, toRefusal } from './probe.ts';

/** Nothing is set: fine in a round over everything, an error when that service was asked for by name. */
function notSet({ service }: CheckInput, name: string, setting: string, note: string): CheckResult {
  const detail = `not set; ${note}`;
  return service === name
    ? { ...fail(name, detail, `coaia config set ${setting} VALUE`), reason: 'missing' }
    : ok(name, detail);
}

/** Services elsewhere are asked only when the user said so. */
function isAsked({ network }: CheckInput, url: string): boolean {
  return network || isLoopback(new URL(url).hostname);
}

/** The root of an OpenAI-compatible server, without the path of a call. */
export function toModelRoot(url: string): string {
  return url.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
}

/** The model server of text commands: answers, takes the key, has the model. */
export const checkLlm: Check = async (input) => {
  if (input.settings === undefined) return [];
  const { openai_api_url: given, openai_api_key: key, model } = input.settings.values;
  if (given === undefined && key === undefined)
    return notSet(input, 'llm', 'openai_api_url', 'text commands need a model server');
  const root = toModelRoot(given ?? 'https://api.openai.com/v1');
  if (!isAsked(input, root)) return ok('llm', `${root} (not asked; add --network)`);
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const answer = await askService('llm', input, { url: `${root}/models`, headers });
  if ('failure' in answer) return answer.failure;
  const refusal = toRefusal('llm', root, answer.status, 'openai_api_key');
  return refusal ?? checkModel(root, listModels(answer.json), model);
};

function listModels(json: unknown): readonly string[] {
  const list = isObject(json) && Array.isArray(json['data']) ? json['data'] : [];
  return (list as readonly unknown[]).flatMap((one) => (isObject(one) ? [String(one['id'])] : []));
}

function checkModel(
  root: string,
  names: readonly string[],
  model: string | undefined,
): CheckResult {
  if (model === undefined) return ok('llm', `${root} answers, ${names.length} models`);
  if (names.length === 0 || names.includes(model))
    return ok('llm', `${root} answers, ${names.length} models, ${model} set`);
  const detail = `${root} answers but does not list the model ${model}`;
  return warn('llm', detail, `coaia config set model ${names[0] ?? 'NAME'}`);
}

/** GitHub: with a token, whose it is. */
export const checkGithub: Check = async (input) => {
  if (input.settings === undefined) return [];
  const { github_base_url: base, github_token: token } = input.settings.values;
  if (token === undefined)
    return notSet(
      input,
      'github',
      'github_token',
      'public repositories can be read without a token',
    );
  if (!isAsked(input, base)) return ok('github', `${base} (not asked; add --network)`);
  const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' };
  const answer = await askService('github', input, { url: `${base}/user`, headers });
  if ('failure' in answer) return answer.failure;
  const refusal = toRefusal('github', base, answer.status, 'github_token');
  const login = isObject(answer.json) ? String(answer.json['login']) : 'unknown';
  return refusal ?? ok('github', `${base} answers, token of ${login}`);
};

/** Amazon Polly: a signed request for its voices. */
export const checkAws: Check = async (input) => {
  if (input.settings === undefined) return [];
  const { values } = input.settings;
  const { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey } = values;
  if (accessKeyId === undefined || secretAccessKey === undefined)
    return notSet(input, 'aws', 'aws_access_key_id', 'speech by Amazon Polly needs both keys');
  const region = values.aws_region;
  const root = (values.aws_endpoint_url ?? `https://polly.${region}.amazonaws.com`).replace(
    /\/+$/,
    '',
  );
  if (!isAsked(input, root)) return ok('aws', `${root} (not asked; add --network)`);
  const { AwsV4Signer } = await import('aws4fetch');
  const { aws_session_token: sessionToken } = values;
  const signer = new AwsV4Signer({
    url: `${root}/v1/voices?LanguageCode=en-US`,
    method: 'GET',
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    service: 'polly',
    region,
  });
  const signed = await signer.sign();
  const headers = Object.fromEntries(signed.headers);
  const answer = await askService('aws', input, { url: signed.url.href, headers });
  if ('failure' in answer) return answer.failure;
  return (
    toRefusal('aws', root, answer.status, 'aws_access_key_id') ??
    ok('aws', `${root} answers and takes the keys`)
  );
};

/** Address of a stash outside the store; undefined when it is the store. */
function findStashHost({ settings }: CheckInput): string | undefined {
  if (settings === undefined || settings.values.stash === 'embedded') return undefined;
  const { upstash_url: upstash, redis_url: url, redis_host: host, stash } = settings.values;
  return upstash ?? url ?? host ?? (stash === 'redis' ? '127.0.0.1' : undefined);
}

/** The stash: reads a key that nobody has, through the same code that stashes. */
export const checkStash: Check = async (input) => {
  const { settings, context } = input;
  if (settings === undefined) return [];
  const host = findStashHost(input);
  if (host === undefined) return ok('stash', 'in the store');
  const isHere = /(?:^|@|\/\/)(?:localhost|127\.|\[?::1)/.test(host);
  if (!input.network && !isHere) return ok('stash', 'Redis (not asked; add --network)');
  const { probeStash } = await import('#main/probe-stash');
  const found = await probeStash({ env: context.env, settings, signal: context.signal });
  if (found.isGood) return ok('stash', `${found.place} answers in ${found.milliseconds} ms`);
  const reason = /refuses|password|auth|denied/i.test(found.message) ? 'refused' : 'unreachable';
  return { ...fail('stash', found.message, found.hint), reason };
};

/** Where large files go. */
export const checkStorage: Check = async (input) => {
  if (input.settings === undefined) return [];
  const { s3_bucket: bucket, s3_endpoint: endpoint, s3_region: region } = input.settings.values;
  if (bucket === undefined)
    return notSet(
      input,
      'storage',
      's3_bucket',
      `large files lie in ${input.settings.paths.blobs}`,
    );
  const root = endpoint ?? `https://s3.${region}.amazonaws.com`;
  if (!isAsked(input, root))
    return ok('storage', `${bucket} at ${root} (not asked; add --network)`);
  // Any answer shows that it is there; without a signature it refuses, as it should.
  const answer = await askService('storage', input, { url: root });
  return 'failure' in answer ? answer.failure : ok('storage', `${root} answers; bucket ${bucket}`);
};

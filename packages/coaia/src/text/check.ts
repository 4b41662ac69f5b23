/** Whether the model server of the settings works, for `coaia doctor`. */
import { isCoaiaError, isObject } from '#base';

export type ModelServerCheck =
  | { readonly isGood: true; readonly url: string; readonly models: readonly string[] }
  | {
      readonly isGood: false;
      readonly url: string;
      readonly problem: 'unreachable' | 'refused' | 'no-model-server';
      readonly message: string;
    };

/** Asks an OpenAI-compatible server for its models; nothing is generated. `url` is its base, such as .../v1. */
export async function checkModelServer(
  { url, key }: { readonly url: string; readonly key: string },
  fetch: (url: string, init: RequestInit) => Promise<Response>,
): Promise<ModelServerCheck> {
  const fail = (problem: 'unreachable' | 'refused' | 'no-model-server', message: string) =>
    ({ isGood: false, url, problem, message }) as const;
  let answer: Response;
  try {
    const headers = key === '' ? {} : { authorization: `Bearer ${key}` };
    answer = await fetch(`${url}/models`, { headers });
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    const system = typeof code === 'string' ? code : 'no answer';
    const reason = isCoaiaError(error) ? error.message : system;
    return fail('unreachable', `${url} cannot be reached: ${reason}`);
  }
  const text = await answer.text();
  if (answer.status === 401 || answer.status === 403)
    return fail('refused', `${url} refuses the key (${answer.status}).`);
  const data = parse(text);
  if (!answer.ok || data === undefined)
    return fail(
      'no-model-server',
      `${url}/models answers ${answer.status} without a list of models.`,
    );
  return { isGood: true, url, models: data };
}

function parse(text: string): readonly string[] | undefined {
  try {
    const body = JSON.parse(text) as unknown;
    const data = isObject(body) ? body['data'] : undefined;
    if (!Array.isArray(data)) return undefined;
    return data.map((one: unknown) => (isObject(one) ? String(one['id']) : ''));
  } catch {
    return undefined;
  }
}

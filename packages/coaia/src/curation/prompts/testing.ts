/** For tests of prompts: the whole application over one store, called without a socket. */
import { openAccess } from '#access';
import { createApp } from '#http/app';
import type { Database } from '#store';
import { createProvider } from '#main/provide';
import { promptRoutes } from './routes.ts';

export interface PromptAnswer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the suites check
  readonly body: any;
}

export interface PromptServer {
  /** `send('GET', '/v2/prompts/a')`, below `/api/public`; a whole path beginning with `/api/` stays. */
  readonly send: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<PromptAnswer>;
  /** Creates a version of a text prompt. */
  readonly create: (name: string, prompt: string, more?: object) => Promise<PromptAnswer>;
  readonly close: () => Promise<void>;
}

/** Opens the application for the project with fixed keys. `clock` counts up by a second with every write. */
export async function openPromptServer(db: Database): Promise<PromptServer> {
  const env = {
    LANGFUSE_INIT_PROJECT_PUBLIC_KEY: 'pk-lf-prompts',
    LANGFUSE_INIT_PROJECT_SECRET_KEY: 'sk-lf-prompts',
  };
  let now = Date.UTC(2026, 0, 1);
  const clock = () => (now += 1000);
  const access = await openAccess(db, { env });
  const app = createApp({
    routes: promptRoutes,
    provide: createProvider({ db, clock, blobs: undefined as never }),
    access,
  });
  const send: PromptServer['send'] = async (method, path, body, headers) => {
    const full = path.startsWith('/api/') ? path : `/api/public${path}`;
    const answer = await app.request(`http://127.0.0.1${full}`, {
      method,
      headers: {
        authorization: `Basic ${btoa('pk-lf-prompts:sk-lf-prompts')}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
  return {
    send,
    create: (name, prompt, more = {}) => send('POST', '/v2/prompts', { name, prompt, ...more }),
    close: () => access.close(),
  };
}

/** Requests to the running gateway of a project. */
import { CoaiaError, isObject } from '#base';
import { findHome, homePaths } from '#config';
import { createEgress } from '#egress';
import type { CommandContext } from '#surface';
import type { Signature } from '../../signatures/signature.ts';
import type { Project } from '../../projects/project.ts';
import { API_KEYS_VARIABLE } from '../child-contract.ts';
import { runningFailures } from '../errors.ts';
import { findRunning } from '../run-state.ts';

/** What `GET /v1/models/M` says. */
export interface ModelPage extends Pick<Signature, 'inputs' | 'outputs' | 'example'> {
  readonly name: string;
  readonly version: string;
}

export interface Target {
  readonly model: string;
  readonly version?: string | undefined;
}

export interface PredictAnswer {
  /** Of models with one output the value itself, of others an object. */
  readonly predictions: readonly unknown[];
  readonly model: string;
  readonly version: string;
  /** What the elements of `probability` stand for, in their order. */
  readonly classes?: readonly unknown[];
  readonly request_id: string;
  readonly trace_id: string;
  readonly flags?: readonly { readonly message: string }[];
  readonly warnings?: readonly string[];
}

export interface ExplainAnswer {
  readonly explanations: readonly unknown[];
  readonly scale?: string;
  readonly baseline?: string;
  readonly warnings?: readonly string[];
}

export interface GatewayClient {
  readonly url: string;
  /** What is sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** AO625 with what the service said. */
  readonly readModel: (target: Target) => Promise<ModelPage>;
  /** `rows` is one row, a list of rows, or CSV as a text. */
  readonly predict: (target: Target, rows: unknown) => Promise<PredictAnswer>;
  /** Why it would predict so; AO456 where the model cannot say. */
  readonly explain: (target: Target, rows: unknown) => Promise<ExplainAnswer>;
  readonly close: () => void;
}

/**
 * For a command: what its user should know besides the answer goes to stderr. `apiKey` is sent with every request, the
 * first of AO_API_KEYS when absent. AO623 when nothing runs.
 */
export function openGatewayClient(
  { env, cwd, signal, out }: Pick<CommandContext<unknown>, 'env' | 'cwd' | 'signal' | 'out'>,
  project: Pick<Project, 'folder' | 'name'>,
  apiKey: string | undefined,
): GatewayClient {
  const running = findRunning(project.folder);
  if (running?.url === undefined)
    throw runningFailures.create(
      'AO623',
      running === undefined
        ? `${project.name} is not running.`
        : `${project.name} is still starting.`,
      { hint: running === undefined ? 'ao up --detach' : 'ao logs -f' },
    );
  // A service that listens everywhere is asked on this machine.
  const url = running.url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
  const offline = /^(?:1|true|yes|on)$/i.test(env['COAIA_OFFLINE'] ?? '');
  const { egressLedger } = homePaths(findHome({ cwd, env }));
  let isTold = false;
  const onUnrecorded = (error: unknown) => {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    if (!isTold) out.notice(`Not recorded in ${egressLedger}, which cannot be written (${code}).`);
    isTold = true;
  };
  const egress = createEgress({ offline, ledgerPath: egressLedger, env, onUnrecorded });
  const key = apiKey ?? env[API_KEYS_VARIABLE]?.split(/[\s,]+/)[0];
  const headers: Record<string, string> =
    key === undefined ? {} : { authorization: `Bearer ${key}` };
  const send = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const answer = await egress.fetch('predict', new URL(path, url), {
      ...init,
      headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
      signal,
    });
    const body: unknown = await answer.json();
    if (!answer.ok) throw toFailure(body, answer.status);
    return body;
  };
  const post = (path: string, rows: unknown) => {
    const isCsv = typeof rows === 'string';
    return send(path, {
      method: 'POST',
      headers: {
        'content-type': isCsv ? 'text/csv' : 'application/json',
        accept: 'application/json',
      },
      body: isCsv ? rows : JSON.stringify(rows),
    });
  };
  return {
    url,
    headers,
    readModel: async (target) => (await send(toPath(target))) as ModelPage,
    predict: async (target, rows) =>
      (await post(`${toPath(target)}/predict`, rows)) as PredictAnswer,
    explain: async (target, rows) =>
      (await post(`${toPath(target)}/explain`, rows)) as ExplainAnswer,
    close: () => egress.close(),
  };
}

function toPath({ model, version }: Target): string {
  const base = `/v1/models/${encodeURIComponent(model)}`;
  return version === undefined ? base : `${base}/versions/${encodeURIComponent(version)}`;
}

/** The service cannot know how its caller sends a key; this one does. */
const KEY_HINT = `ao call --api-key KEY, or set ${API_KEYS_VARIABLE}`;

function toFailure(body: unknown, status: number) {
  const error = isObject(body) ? body['error'] : undefined;
  const { code, message, hint } = isObject(error) ? error : {};
  const said = typeof message === 'string' ? message : `status ${status}`;
  if (typeof code !== 'string') return runningFailures.create('AO625', said, { hint: 'ao logs' });
  // Under its own code, so that the reason is not wrapped in another.
  return new CoaiaError(code, runningFailures.table.AO625, said, {
    hint: code === 'AO440' ? KEY_HINT : typeof hint === 'string' ? hint : `ao explain ${code}`,
  });
}

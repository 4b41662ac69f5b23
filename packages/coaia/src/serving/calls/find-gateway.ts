/** Which gateway answers for a model, where it is asked, and what it is shown. */
import { hostname } from 'node:os';
import { toActor } from '#access';
import type { Scope } from '#base';
import type { ServingGatewayRow } from '#store';
import { createCallToken } from '../gateway/call-token.ts';
import { toSealContext } from '../versions/announce-gateway.ts';
import type { SealedText } from '../versions/ports.ts';
import { getDeployment } from '../versions/registry.ts';
import { readGateway } from '../versions/storage.ts';
import { callFailures } from './errors.ts';
import type { CallPorts } from './ports.ts';
import { findCallAddress } from '../versions/gateway-address.ts';

export interface FoundGateway {
  /** Addresses of the gateway begin with it. */
  readonly base: string;
  /** For this model at this gateway, good for minutes; undefined where no keys are asked for. */
  readonly token: string | undefined;
}

interface Announced {
  readonly call?: SealedText;
  readonly from?: string;
  readonly machine?: string;
}

/** The newest that is ready and may be asked. AO660, AO668, AO674, AO675. */
export async function findGateway(
  ports: CallPorts,
  scope: Scope,
  model: string,
): Promise<FoundGateway> {
  const { gateways } = await getDeployment(ports, scope, model);
  const rules = { hosts: ports.gatewayHosts, machine: hostname() };
  let refused: Error | undefined;
  for (const { id } of gateways.filter(({ state }) => state === 'ready')) {
    // The address and what signs calls to it come from one row: a token never goes where it was not made for.
    const [row] = await readGateway(ports.db, scope.projectId, id);
    if (row === undefined) continue;
    const { call, from, machine = row.host } = JSON.parse(row.detail) as Announced;
    const address = findCallAddress({ url: row.url, machine, from }, rules);
    if ('base' in address)
      return { base: address.base, token: call && toToken(ports, scope, { row, call, model }) };
    refused ??= toRefused(row.url, model, address);
  }
  throw refused ?? toUnserved(model);
}

function toToken(
  { clock, secrets }: CallPorts,
  scope: Scope,
  {
    row,
    call,
    model,
  }: { readonly row: ServingGatewayRow; readonly call: SealedText; readonly model: string },
): string {
  let secret: string;
  try {
    secret = secrets.open(call, toSealContext(row));
  } catch (error) {
    throw callFailures.create(
      'AO675',
      `${row.url} asks for keys, and what it announced for calls of the workbench is encrypted under a key that is not here.`,
      { hint: 'coaia config explain encryption_key', cause: error },
    );
  }
  return createCallToken(secret, { model, by: toActor(scope) }, clock());
}

function toRefused(
  url: string,
  model: string,
  { reason, isFinal = false }: { readonly reason: string; readonly isFinal?: boolean },
) {
  return callFailures.create(
    'AO674',
    `The gateway at ${url} is not asked for ${model}, because this address ${reason}.`,
    { hint: isFinal ? 'ao ps' : `coaia config set gateway_hosts ${new URL(url).host}` },
  );
}

function toUnserved(model: string) {
  return callFailures.create('AO668', `Nothing serves ${model} at the moment.`, {
    hint: 'ao run up',
    headers: { 'Retry-After': '5' },
  });
}

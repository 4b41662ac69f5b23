/** Gateways tell that they live; pages are told only when one answers otherwise than before. */
import { hostname } from 'node:os';
import type { Scope } from '#base';
import type { ServingGatewayRow } from '#store';
import type { GatewayInput } from '@coaia/client';
import type { DeploymentPorts } from './ports.ts';
import { toReachedUrl } from './gateway-address.ts';
import { deleteGateways, readGateway } from './storage.ts';
import { toGateway } from './wire.ts';

/** Gateways that ended longer ago are not shown. */
export const GATEWAY_MEMORY_MS = 24 * 3_600_000;

/** A gateway's sign of life. `from` is the address that it came from over HTTP, '' when that is not known. */
export async function announceGateway(
  { db, clock, secrets }: DeploymentPorts,
  scope: Scope,
  id: string,
  input: GatewayInput,
  from?: string,
): Promise<{ readonly id: string }> {
  const now = clock();
  const { projectId } = scope;
  const { link, models, monitor, name, url, folder, host, processId, state, startedAt } = input;
  const { callSecret } = input;
  const isLocked = callSecret !== undefined;
  const call =
    callSecret && secrets?.seal(callSecret, toSealContext({ project_id: projectId, id }));
  // What came over HTTP says what it likes of its machine; who took it knows its own.
  const machine = from === undefined ? host : hostname();
  const row: ServingGatewayRow = {
    project_id: projectId,
    id,
    name,
    url: toReachedUrl(url, from),
    folder,
    host,
    process_id: processId,
    state,
    detail: JSON.stringify({ link, models, monitor, call, isLocked, from, machine }),
    started_at: Date.parse(startedAt),
    seen_at: now,
  };
  await db.write(async (tx) => {
    const [before] = await readGateway(tx, projectId, id);
    await tx.upsert('serving_gateways', [row]);
    await deleteGateways(tx, projectId, now - GATEWAY_MEMORY_MS);
    await tx.addChanges(
      projectId,
      listChanged(before, row, now).map((model) => ({ kind: 'model', id: model })),
    );
  });
  return { id };
}

/** What the secret of a gateway is bound to: it opens in no other row. */
export const toSealContext = (row: Pick<ServingGatewayRow, 'project_id' | 'id'>) =>
  `gateway:${row.project_id}:${row.id}`;

/** Models of a gateway that answers otherwise than a moment ago; none for a mere sign of life. */
function listChanged(
  before: ServingGatewayRow | undefined,
  row: ServingGatewayRow,
  now: number,
): readonly string[] {
  const toPrint = (one: ServingGatewayRow) => {
    const { state, url, models } = toGateway(one, now);
    return JSON.stringify([
      state,
      url,
      models.map((each) => [each.model, each.version, each.state]),
    ]);
  };
  if (before !== undefined && toPrint(before) === toPrint(row)) return [];
  const seen = [row, ...(before === undefined ? [] : [before])].map((one) => toGateway(one, now));
  return [...new Set(seen.flatMap(({ models }) => models.map(({ model }) => model)))];
}

/** The official command line calls every operation of both major versions, as a user would type it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { readContract } from './contract.ts';
import type { Operation } from './contract.ts';
import { openLangfuseCli } from './langfuse-cli.ts';
import type { LangfuseCli } from './langfuse-cli.ts';
import { CASES, prepareCases } from './operation-cases.ts';
import type { Ids } from './operation-cases.ts';
import { PAIR } from './pair.ts';
import { createPlace, DATABASES } from './places.ts';
import type { Place } from './places.ts';

const IDS = { traceId: 'trace-a', observationId: 'generation-a', sessionId: 'session-a' };

/** Bodies and ids of the operations whose cases leave them to the suite that sends them. */
const BODIES: Readonly<Record<string, unknown>> = {
  ingestion_batch: { batch: [] },
  opentelemetry_exportTraces: { resourceSpans: [] },
  trace_deleteMultiple: { traceIds: ['not-there'] },
};

/** The words of the command line for one operation. */
function toWords(operation: Operation, made: Ids): string[] {
  const one = CASES[operation.operationId];
  const gone = operation.method === 'DELETE' ? { traceId: 'not-there' } : {};
  const ids: Ids = { ...IDS, ...made, ...gone, ...one?.ids };
  const places = (operation.pathParameterOrder ?? []).map((name) => ids[name] ?? 'nothing');
  const body = one?.body ?? BODIES[operation.operationId];
  return [
    'api',
    operation.command.resource,
    operation.command.action,
    ...places,
    ...toFlags(operation, one?.query?.(made)),
    ...(body === undefined ? [] : ['--body-json', JSON.stringify(body)]),
  ];
}

function toFlags(operation: Operation, query = ''): string[] {
  return [...new URLSearchParams(query)].flatMap(([name, value]) => {
    const parameter = operation.parameters.find((one) => one.name === name);
    return parameter === undefined ? [] : [`--${parameter.cliName}`, value];
  });
}

const CONTRACTS = [
  ['4.35.0', 'auto'],
  ['3.225.3', '3'],
] as const;

describe.each(DATABASES)('on %s', (kind) => {
  let place: Place;
  let server: ApiServer;
  let cli: LangfuseCli;
  let made: Ids = {};
  beforeAll(async () => {
    place = await createPlace(kind);
    server = await openApiServer(place);
    cli = openLangfuseCli(server);
    await server.ingest(PAIR);
    made = await prepareCases(server);
  });
  afterAll(async () => {
    cli.close();
    await server.stop();
    await place.remove();
  });

  describe.each(CONTRACTS)('operations of Langfuse %s', (contract, version) => {
    const operations = readContract(contract).filter(
      ({ operationId, deprecated }) => CASES[operationId] !== undefined && deprecated !== true,
    );

    test.concurrent.each(operations)('$command.resource $command.action', async (operation) => {
      await CASES[operation.operationId]?.before?.(server);
      const words = ['--api-version', version, ...toWords(operation, made)];
      const secretKey = server.findSecretKey(operation.method, operation.path);
      const { code, stdout, stderr } = await cli.run(words, secretKey);
      expect({ words, code, stdout, stderr }).toMatchObject({ code: 0 });
    });
  });
});

/** A server of prompts and of one trivial answer of the same bytes, as a process of its own; ends with stdin. */
import { curationPorts } from '../../packages/coaia/src/curation/ports.ts';
import { promptRoutes } from '../../packages/coaia/src/curation/prompts/routes.ts';
import { BASIC, openTestStore, startTestServer } from '../../packages/coaia/src/http/testing.ts';
import { defineRoute } from '../../packages/coaia/src/surface/index.ts';

const store = await openTestStore();
let same: unknown;

/** The answer of the prompt, parsed once: routing, keys, turning into JSON and sending stay. */
const trivial = defineRoute({
  method: 'GET',
  path: '/api/v1/bench/same-bytes',
  operation: 'bench.sameBytes',
  summary: 'The same bytes every time.',
  access: 'page',
  needs: curationPorts,
  async handler({ api, scope }) {
    same ??= await readSame(api.db, scope.projectId);
    return { json: same };
  },
});

async function readSame(db: typeof store.db, projectId: string): Promise<unknown> {
  const { getPrompt } = await import('../../packages/coaia/src/curation/prompts/prompts.ts');
  const scope = { projectId, level: 'project', via: 'local' } as const;
  return getPrompt({ db, clock: Date.now }, scope, 'team-7/prompt-7');
}

const server = await startTestServer(store, [...promptRoutes, trivial], {
  provide: () => ({ db: store.db, clock: Date.now }),
});
process.stdout.write(`${JSON.stringify({ port: server.port, authorization: BASIC })}\n`);
process.stdin.resume().once('end', () => {
  void server.close().then(store.close);
});

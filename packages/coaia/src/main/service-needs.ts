/** What stands behind the needs of commands that speak to services: models, the stash. See `command-needs.ts`. */
import { systemClock } from '#base';
import type { Implementation } from './implementation.ts';

export const serviceNeeds: readonly (readonly [string, Implementation])[] = [
  [
    'connections',
    {
      async openLocal(db, scope, { env, ledgerPath, offline, settings: { paths, values } }) {
        const [{ createEgress }, { openLocalConnections, openSecretBox }, { createRecorder }] =
          await Promise.all([import('#egress'), import('#models'), import('#observability')]);
        const ports = {
          db,
          clock: systemClock,
          recorder: createRecorder({ db, clock: systemClock }),
          egress: createEgress({ offline, ledgerPath, env }),
          secrets: openSecretBox({ folder: paths.keys, key: values.encryption_key }),
        };
        return openLocalConnections(ports, scope);
      },
      async openRemote(client) {
        const [{ createConnectionsApi }, { openRemoteCalls }] = await Promise.all([
          import('@coaia/client'),
          import('#observability'),
        ]);
        return openRemoteCalls(createConnectionsApi(client));
      },
    } satisfies Implementation,
  ],
  [
    'evaluators',
    {
      async openLocal(db, scope, options) {
        const { openEvaluatorsNeed } = await import('./open-evaluations.ts');
        return openEvaluatorsNeed(db, scope, options);
      },
      async openRemote(client) {
        const [{ createEvaluatorsApi }, { openRemoteCalls }] = await Promise.all([
          import('@coaia/client'),
          import('#observability'),
        ]);
        return openRemoteCalls(createEvaluatorsApi(client));
      },
    } satisfies Implementation,
  ],
  [
    'serving-gateway',
    {
      async openLocal(db, scope, options) {
        const { openServingHere } = await import('./open-serving.ts');
        return openServingHere(db, scope, options);
      },
      async openRemote(client, options) {
        const { openServingRemote } = await import('./open-serving.ts');
        return openServingRemote(client, options);
      },
    } satisfies Implementation,
  ],
  [
    'deployments',
    {
      async openLocal(db, scope) {
        const { openLocalDeployments } = await import('#serving');
        return openLocalDeployments({ db, clock: systemClock }, scope);
      },
      async openRemote(client) {
        const [{ createDeploymentsApi }, { openRemoteCalls }] = await Promise.all([
          import('@coaia/client'),
          import('#observability'),
        ]);
        return openRemoteCalls(createDeploymentsApi(client));
      },
    } satisfies Implementation,
  ],
  [
    'predictions',
    {
      async openLocal(db, scope) {
        const [serving, { openLocalDatasets }, { createRecorder }] = await Promise.all([
          import('#serving'),
          import('#curation'),
          import('#observability'),
        ]);
        const ports = { db, clock: systemClock };
        const recorder = createRecorder(ports);
        return {
          ...(await openLocalDatasets(ports, scope)),
          ...(await serving.openLocalDeployments(ports, scope)),
          ...(await serving.openLocalPredictions({ ...ports, recorder }, scope)),
        };
      },
      async openRemote(client) {
        const [calls, { openRemoteCalls }] = await Promise.all([
          import('@coaia/client'),
          import('#observability'),
        ]);
        return openRemoteCalls({
          ...calls.createDatasetsApi(client),
          ...calls.createDeploymentsApi(client),
          ...calls.createPredictionsApi(client),
        });
      },
    } satisfies Implementation,
  ],
  [
    'audio',
    {
      async openLocal(db, scope, options) {
        const { openLocalAudio } = await import('./open-audio.ts');
        return openLocalAudio(db, scope, options);
      },
      async openRemote(client, options) {
        const { openRemoteAudio } = await import('./open-audio.ts');
        return openRemoteAudio(client, options);
      },
    } satisfies Implementation,
  ],
  [
    'text',
    {
      async openLocal(db, scope, options) {
        const { openLocalText } = await import('./open-text.ts');
        return openLocalText(db, scope, options);
      },
      async openRemote(client, options) {
        const { openRemoteText } = await import('./open-text.ts');
        return openRemoteText(client, options);
      },
    } satisfies Implementation,
  ],
  [
    'check-assistant',
    {
      async openLocal(db, scope, options) {
        const { openLocalAssistant } = await import('./open-check-assistant.ts');
        return openLocalAssistant(db, scope, options);
      },
      async openRemote(client, options) {
        const { openRemoteAssistant } = await import('./open-check-assistant.ts');
        return openRemoteAssistant(client, options);
      },
    } satisfies Implementation,
  ],
  [
    'stash',
    {
      async openAlone(options) {
        const { openStashAlone } = await import('./open-stash.ts');
        return openStashAlone(options);
      },
      async openLocal(db, scope) {
        const { openLocalStash } = await import('./open-stash.ts');
        return openLocalStash(db, scope);
      },
      async openRemote(client) {
        const { openServerStash } = await import('./open-stash.ts');
        return openServerStash(client);
      },
    } satisfies Implementation,
  ],
];

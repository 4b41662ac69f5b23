/** A manifest for KServe: gateway and workers in one container, by the second version of its protocol. */
import { stringify } from 'yaml';
import { toImageName } from './image-facts.ts';
import {
  CONTAINER_SECURITY,
  RESOURCES,
  toMounts,
  toObjectName,
  toSecretEnv,
} from './kubernetes.ts';
import type { ManifestProject } from './kubernetes.ts';

/** Where KServe expects REST. */
const PORT = 8080;

/**
 * An InferenceService with a predictor of our own image. KServe reads the protocol of such a predictor from the
 * variable PROTOCOL of the container `kserve-container`; who may call is KServe's matter, so no keys are asked for.
 */
export function renderKserve(project: ManifestProject, tag: string): string {
  const listen = ['--host', '0.0.0.0', '--port', String(PORT), '--insecure'];
  const probe = { httpGet: { path: '/v2/health/ready', port: PORT } };
  const mounts = toMounts();
  const service = {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: {
      name: toObjectName(project.name, 'model'),
      labels: { 'app.kubernetes.io/part-of': toObjectName(project.name, 'ao') },
    },
    spec: {
      predictor: {
        minReplicas: 1,
        maxReplicas: 5,
        scaleMetric: 'concurrency',
        scaleTarget: 16,
        timeout: 30,
        containers: [
          {
            name: 'kserve-container',
            image: `${toImageName(project, 'model-service')}:${tag}`,
            args: ['serve', 'gateway', '--frozen', '--link', 'pipe', ...listen],
            env: [
              { name: 'PROTOCOL', value: 'v2' },
              // Under which name it is asked is KServe's matter, too.
              { name: 'AO_API_HOSTS', value: '*' },
              ...toSecretEnv(project.name, project.secrets),
            ],
            ports: [{ containerPort: PORT, protocol: 'TCP' }],
            readinessProbe: { ...probe, periodSeconds: 5, timeoutSeconds: 5 },
            resources: RESOURCES,
            securityContext: { ...CONTAINER_SECURITY, runAsNonRoot: true },
            volumeMounts: mounts,
          },
        ],
        volumes: mounts.map(({ name }) => ({ name, emptyDir: {} })),
      },
    },
  };
  const head = `# ${project.name} on KServe. Yours to change: \`ao build\` only sets the tag of the image.\n`;
  return `${head}${stringify(service, { aliasDuplicateObjects: false })}`;
}

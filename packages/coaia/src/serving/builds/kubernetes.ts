/** Manifests for Kubernetes 1.24 and newer: deployments, services, autoscalers, network policies. */
import { stringify } from 'yaml';
import type { Project } from '../projects/project.ts';
import {
  IMAGE_USER,
  toCommand,
  toHealthCommand,
  toImageName,
  toPort,
  WRITTEN_FOLDERS,
} from './image-facts.ts';
import type { ServiceName } from './image-facts.ts';

export type ManifestProject = Pick<Project, 'name' | 'secrets'> & {
  readonly build: Pick<Project['build'], 'image'>;
  readonly link?: Pick<Project['link'], 'tls'>;
};

const USER = Number(IMAGE_USER.split(':')[0]);

/** Names in Kubernetes: small letters, digits and dashes, at most 63 (RFC 1123). */
export function toObjectName(project: string, suffix: string): string {
  const stem = project
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '');
  return `${stem.slice(0, 62 - suffix.length).replace(/-+$/, '')}-${suffix}`;
}

/** One file for a service: everything that it needs in one namespace. */
export function renderKubernetes(
  service: ServiceName,
  project: ManifestProject,
  tag: string,
): string {
  const objects = [
    toDeployment(service, project, tag),
    toService(service, project),
    toAutoscaler(service, project),
    toNetworkPolicy(service, project),
  ];
  const head = [
    `# ${service} of ${project.name}. Yours to change: \`ao build\` only sets the tag of the image.`,
    ...(service === 'api-service'
      ? [
          '# Callers need a key. Make the keys first, several with commas:',
          `#   kubectl create secret generic ${toObjectName(project.name, 'keys')} --from-literal=AO_API_KEYS=...`,
        ]
      : listSecretNotes(project)),
  ];
  return `${head.join('\n')}\n${objects.map((object) => stringify(object, { aliasDuplicateObjects: false })).join('---\n')}`;
}

function listSecretNotes({ name, secrets }: ManifestProject): readonly string[] {
  if (secrets.length === 0) return [];
  const values = secrets.map((secret) => `--from-literal=${secret.env ?? secret.name}=...`);
  return [
    '# The model needs secrets. Make them first:',
    `#   kubectl create secret generic ${toObjectName(name, 'secrets')} ${values.join(' ')}`,
  ];
}

function toLabels(service: ServiceName, { name }: ManifestProject) {
  return {
    'app.kubernetes.io/name': toObjectName(name, service),
    'app.kubernetes.io/component': service,
    'app.kubernetes.io/part-of': toObjectName(name, 'ao'),
  };
}

/** Only the name says which pods; the rest may change. */
function toSelector(service: ServiceName, { name }: ManifestProject) {
  return { 'app.kubernetes.io/name': toObjectName(name, service) };
}

function toDeployment(service: ServiceName, project: ManifestProject, tag: string) {
  const labels = toLabels(service, project);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: toObjectName(project.name, service), labels },
    spec: {
      selector: { matchLabels: toSelector(service, project) },
      // A new version answers before the old one goes.
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: USER,
            runAsGroup: USER,
            fsGroup: USER,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          terminationGracePeriodSeconds: 30,
          containers: [toContainer(service, project, tag)],
          volumes: WRITTEN_FOLDERS.map((_, index) => ({ name: `written-${index}`, emptyDir: {} })),
        },
      },
    },
  };
}

/** Folders that are written to, as volumes of the pod. */
export function toMounts() {
  return WRITTEN_FOLDERS.map((mountPath, index) => ({ name: `written-${index}`, mountPath }));
}

/** No rights beyond those of an ordinary process. */
export const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;

/** Values to begin with; a model with large packages needs more memory. */
export const RESOURCES = {
  requests: { cpu: '250m', memory: '256Mi' },
  limits: { memory: '1Gi' },
} as const;

function toContainer(service: ServiceName, project: ManifestProject, tag: string) {
  const port = toPort(service);
  const probe = toProbe(service, project);
  return {
    name: service,
    image: `${toImageName(project, service)}:${tag}`,
    args: [...toCommand(service, toObjectName(project.name, 'model-service'))],
    env: toEnv(service, project),
    ports: [{ name: service === 'api-service' ? 'http' : 'grpc', containerPort: port }],
    // Packages and models take a while to load; until then nothing else is asked.
    startupProbe: { ...probe, periodSeconds: 2, failureThreshold: 60, timeoutSeconds: 5 },
    readinessProbe: { ...probe, periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 5 },
    // A gateway without its model is not ready, and starting it again would not help.
    livenessProbe: {
      ...(service === 'api-service' ? { tcpSocket: { port } } : probe),
      periodSeconds: 10,
      failureThreshold: 6,
      timeoutSeconds: 5,
    },
    resources: RESOURCES,
    securityContext: CONTAINER_SECURITY,
    volumeMounts: toMounts(),
  };
}

/** The kubelet's own question over gRPC is not encrypted; with certificates the program asks. */
function toProbe(service: ServiceName, { link }: ManifestProject) {
  const port = toPort(service);
  if (service === 'api-service') return { httpGet: { path: '/health', port } };
  const isSecure = link?.tls?.cert !== undefined && link.tls.key !== undefined;
  return isSecure ? { exec: { command: [...toHealthCommand(service)] } } : { grpc: { port } };
}

function toEnv(service: ServiceName, { name, secrets }: ManifestProject) {
  if (service === 'api-service')
    return [toSecretVariable('AO_API_KEYS', toObjectName(name, 'keys'))];
  return toSecretEnv(name, secrets);
}

/** Secrets of the model as variables, taken from an object of the cluster. */
export function toSecretEnv(project: string, secrets: Project['secrets']) {
  return secrets.map(({ name, env }) =>
    toSecretVariable(env ?? name, toObjectName(project, 'secrets')),
  );
}

function toSecretVariable(name: string, secret: string) {
  return { name, valueFrom: { secretKeyRef: { name: secret, key: name } } };
}

function toService(service: ServiceName, project: ManifestProject) {
  const name = service === 'api-service' ? 'http' : 'grpc';
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: toObjectName(project.name, service),
      labels: toLabels(service, project),
    },
    spec: {
      selector: toSelector(service, project),
      ports: [{ name, port: toPort(service), targetPort: name, appProtocol: name }],
    },
  };
}

function toAutoscaler(service: ServiceName, project: ManifestProject) {
  const name = toObjectName(project.name, service);
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, labels: toLabels(service, project) },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 1,
      maxReplicas: 5,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
    },
  };
}

/** The model answers the gateway only; the gateway answers everybody in the cluster who has a key. */
function toNetworkPolicy(service: ServiceName, project: ManifestProject) {
  const ports = [{ protocol: 'TCP', port: toPort(service) }];
  const from = [{ podSelector: { matchLabels: toSelector('api-service', project) } }];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: toObjectName(project.name, service),
      labels: toLabels(service, project),
    },
    spec: {
      podSelector: { matchLabels: toSelector(service, project) },
      policyTypes: ['Ingress'],
      ingress: [service === 'api-service' ? { ports } : { from, ports }],
    },
  };
}

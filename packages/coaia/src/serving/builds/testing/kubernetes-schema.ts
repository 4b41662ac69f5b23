/**
 * JSON Schemas of the parts of Kubernetes and KServe objects that we write, closed: a field that is not named here is
 * a mistake. Names and types as in the API reference of Kubernetes 1.31 and in KServe's definition of
 * `inferenceservices.serving.kserve.io`, v1beta1.
 */

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string', minLength: 1 };
const count = { type: 'integer', minimum: 0 };
const flag = { type: 'boolean' };
const words = { type: 'array', items: text };
const texts = { type: 'object', additionalProperties: text };
/** RFC 1123. */
const name = { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 };
const quantity = {
  type: 'object',
  additionalProperties: { type: 'string', pattern: '^\\d+(m|Mi|Gi)?$' },
};

const closed = (properties: Schema, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const list = (items: Schema): Schema => ({ type: 'array', items, minItems: 1 });

const probe = {
  ...closed({
    httpGet: closed({ path: text, port: count }, ['port']),
    grpc: closed({ port: count }, ['port']),
    tcpSocket: closed({ port: count }, ['port']),
    periodSeconds: count,
    failureThreshold: count,
    timeoutSeconds: count,
  }),
  oneOf: [{ required: ['httpGet'] }, { required: ['grpc'] }, { required: ['tcpSocket'] }],
};

const container = closed(
  {
    name,
    image: text,
    args: words,
    env: {
      type: 'array',
      items: closed(
        {
          name: text,
          value: text,
          valueFrom: closed({ secretKeyRef: closed({ name, key: text }, ['name', 'key']) }),
        },
        ['name'],
      ),
    },
    ports: list(
      closed({ name, containerPort: count, protocol: { enum: ['TCP'] } }, ['containerPort']),
    ),
    startupProbe: probe,
    readinessProbe: probe,
    livenessProbe: probe,
    resources: closed({ requests: quantity, limits: quantity }),
    securityContext: closed({
      allowPrivilegeEscalation: flag,
      readOnlyRootFilesystem: flag,
      runAsNonRoot: flag,
      capabilities: closed({ drop: words, add: words }),
    }),
    volumeMounts: list(closed({ name, mountPath: text }, ['name', 'mountPath'])),
  },
  ['name', 'image'],
);

const volumes = list(closed({ name, emptyDir: { type: 'object' } }, ['name']));

const pod = closed(
  {
    automountServiceAccountToken: flag,
    securityContext: closed({
      runAsNonRoot: flag,
      runAsUser: count,
      runAsGroup: count,
      fsGroup: count,
      seccompProfile: closed({ type: { enum: ['RuntimeDefault', 'Unconfined', 'Localhost'] } }),
    }),
    terminationGracePeriodSeconds: count,
    containers: list(container),
    volumes,
  },
  ['containers'],
);

const selector = closed({ matchLabels: texts }, ['matchLabels']);

const specs: Readonly<Record<string, Schema>> = {
  'apps/v1 Deployment': closed(
    {
      replicas: count,
      selector,
      strategy: closed({
        type: { enum: ['RollingUpdate', 'Recreate'] },
        rollingUpdate: closed({ maxUnavailable: count, maxSurge: count }),
      }),
      template: closed({ metadata: closed({ labels: texts }), spec: pod }, ['metadata', 'spec']),
    },
    ['selector', 'template'],
  ),
  'v1 Service': closed({
    selector: texts,
    ports: list(
      closed(
        { name, port: count, targetPort: { type: ['string', 'integer'] }, appProtocol: text },
        ['port'],
      ),
    ),
  }),
  'autoscaling/v2 HorizontalPodAutoscaler': closed(
    {
      scaleTargetRef: closed({ apiVersion: text, kind: text, name }, ['kind', 'name']),
      minReplicas: count,
      maxReplicas: count,
      metrics: list(
        closed(
          {
            type: { enum: ['Resource'] },
            resource: closed({
              name: { enum: ['cpu', 'memory'] },
              target: closed({ type: { enum: ['Utilization'] }, averageUtilization: count }),
            }),
          },
          ['type'],
        ),
      ),
    },
    ['scaleTargetRef', 'maxReplicas'],
  ),
  'networking.k8s.io/v1 NetworkPolicy': closed(
    {
      podSelector: selector,
      policyTypes: { type: 'array', items: { enum: ['Ingress', 'Egress'] } },
      ingress: list(
        closed({
          from: list(closed({ podSelector: selector })),
          ports: list(closed({ protocol: { enum: ['TCP'] }, port: count })),
        }),
      ),
    },
    ['podSelector'],
  ),
  'serving.kserve.io/v1beta1 InferenceService': closed(
    {
      predictor: closed(
        {
          minReplicas: count,
          maxReplicas: count,
          scaleMetric: { enum: ['cpu', 'memory', 'concurrency', 'rps'] },
          scaleTarget: count,
          timeout: count,
          containers: list(container),
          volumes,
        },
        ['containers'],
      ),
    },
    ['predictor'],
  ),
};

/** The schema of an object by its version and kind; undefined for others. */
export function findObjectSchema(apiVersion: string, kind: string): Schema | undefined {
  const spec = specs[`${apiVersion} ${kind}`];
  if (spec === undefined) return undefined;
  return closed(
    {
      apiVersion: { const: apiVersion },
      kind: { const: kind },
      metadata: closed({ name, labels: texts, annotations: texts }, ['name']),
      spec,
    },
    ['apiVersion', 'kind', 'metadata', 'spec'],
  );
}

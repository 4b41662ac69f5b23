import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { Project } from '../projects/project.ts';
import { renderDockerfile } from './dockerfile.ts';
import { renderProjectFiles, setTags, writeProjectFiles } from './project-files.ts';
import { findObjectSchema } from './testing/kubernetes-schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'ao-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const build = { engine: 'auto', args: {}, platforms: [], systemPackages: [] } as const;
const project: Pick<Project, 'folder' | 'name' | 'secrets' | 'build'> = {
  folder,
  name: 'Churn 2026',
  secrets: [{ name: 'DB_PASSWORD' }],
  build,
};
const files = renderProjectFiles(project, '7');

interface Shown {
  readonly apiVersion: string;
  readonly kind: string;
}

it('manifests for Kubernetes and KServe fit the schemas of their kinds', () => {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  const kinds: string[] = [];
  for (const [path, text] of files) {
    if (!path.startsWith('deploy/')) continue;
    for (const document of parseAllDocuments(text)) {
      const object = document.toJS() as Shown;
      const schema = findObjectSchema(object.apiVersion, object.kind);
      kinds.push(object.kind);
      const check = ajv.compile(schema ?? false);
      check(object);
      expect([path, object.kind, check.errors]).toEqual([path, object.kind, null]);
      expect(JSON.stringify(object)).not.toContain('hunter2');
    }
  }
  const each = ['Deployment', 'Service', 'HorizontalPodAutoscaler', 'NetworkPolicy'];
  expect(kinds).toEqual([...each, ...each, 'InferenceService']);
});

it('KServe learns the protocol, and pods lose every right', () => {
  const kserve = files.get('deploy/kserve.yaml') ?? '';
  expect(kserve).toContain('name: kserve-container');
  expect(parse(kserve)).toMatchObject({
    spec: {
      predictor: {
        containers: [
          { env: [{ name: 'PROTOCOL', value: 'v2' }, { name: 'AO_API_HOSTS', value: '*' }, {}] },
        ],
      },
    },
  });
  const model = files.get('deploy/k8s/model-service.yaml') ?? '';
  expect(model).toContain('grpc:\n              port: 50051');
  for (const line of ['runAsNonRoot: true', 'readOnlyRootFilesystem: true', '- ALL'])
    expect(model).toContain(line);
});

it('the compose file opens one port, to this machine, and holds no value of a secret', () => {
  const compose = parse(files.get('docker-compose.yml') ?? '') as {
    services: Record<string, Record<string, unknown>>;
    networks: unknown;
  };
  expect(compose.services['model-service']).toMatchObject({
    image: 'churn-2026-model-service:7',
    read_only: true,
    cap_drop: ['ALL'],
    environment: ['DB_PASSWORD'],
    networks: ['inside'],
  });
  expect(compose.services['model-service']).not.toHaveProperty('ports');
  expect(compose.services['api-service']).toMatchObject({
    ports: ['127.0.0.1:8000:8000'],
    environment: ['AO_API_HOSTS=api-service'],
  });
  expect(compose.networks).toMatchObject({ inside: { internal: true } });
});

describe('files of the user', () => {
  it('are written once; later only tags change', async () => {
    expect(await writeProjectFiles(project, '7')).toHaveLength(5);
    expect(await writeProjectFiles(project, '7')).toEqual([]);
    const compose = join(folder, 'docker-compose.yml');
    writeFileSync(compose, `# mine\n${readFileSync(compose, 'utf8')}`);
    expect(await writeProjectFiles(project, '8')).toEqual([
      'docker-compose.yml',
      'deploy/k8s/api-service.yaml',
      'deploy/k8s/model-service.yaml',
      'deploy/kserve.yaml',
    ]);
    const text = readFileSync(compose, 'utf8');
    expect(text).toMatch(/^# mine\n/);
    expect(text).toContain('image: churn-2026-api-service:8');
  });

  it('keep their registry and every other image', () => {
    const text = 'image: "r.example:5000/team/churn-2026-api-service:1"\nimage: redis:7\n';
    expect(setTags(text, project, '9')).toBe(
      'image: "r.example:5000/team/churn-2026-api-service:9"\nimage: redis:7\n',
    );
  });
});

it('Dockerfiles start from the language of the model, or from nothing', () => {
  const input = { project: 'churn', interpreterVersion: '3.12.4' };
  const python = renderDockerfile('model-service', { ...input, language: 'python' });
  expect(python).toContain('ARG BASE=python:3.12-slim-bookworm');
  expect(python).toContain('USER 65532:65532');
  const r = renderDockerfile('model-service', { ...input, language: 'r' });
  expect(r).toContain('ARG BASE=rocker/r-ver:3.12.4');
  for (const service of ['api-service', 'model-service'] as const)
    expect(renderDockerfile(service, { ...input, language: 'onnx' })).toContain('ARG BASE=scratch');
});

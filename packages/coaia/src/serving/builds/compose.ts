/** `docker-compose.yml` for docker compose, docker-compose 1.29 and podman-compose. */
import type { Project } from '../projects/project.ts';
import { API_PORT, IMAGE_USER, toCommand, toImageName, WRITTEN_FOLDERS } from './image-facts.ts';
import type { ServiceName } from './image-facts.ts';

/**
 * Two services: REST on this machine's port 8000 only, the model on a network that nothing else reaches. Values of
 * secrets come from the environment of the one who starts it.
 */
export function renderCompose(
  project: Pick<Project, 'name' | 'secrets' | 'build'>,
  tag = '1',
): string {
  const secrets = project.secrets.map(({ name, env }) => env ?? name);
  return `${[
    `# ${project.name} in containers. Yours to change: \`ao build\` only sets the tags of its two images.`,
    '# Each image brings the command that asks for its health (HEALTHCHECK).',
    'services:',
    ...renderService('model-service', project, tag),
    ...renderEnvironment(secrets),
    '    networks: [inside]',
    '',
    ...renderService('api-service', project, tag),
    '    depends_on: [model-service]',
    '    networks: [inside, outside]',
    "    # Nobody but this machine reaches the port, so no keys are asked for. To open it: remove '--insecure', set",
    '    # AO_API_KEYS in the environment of the service, and leave 127.0.0.1 out below.',
    '    # Without keys it answers under these names and those of this machine only, so that no web page can rebind one.',
    '    environment:',
    '      - AO_API_HOSTS=api-service',
    `    command: ${JSON.stringify([...toCommand('api-service'), '--insecure'])}`,
    `    ports: ["127.0.0.1:${API_PORT}:${API_PORT}"]`,
    '',
    'networks:',
    '  # The model answers only the api-service.',
    '  inside:',
    '    internal: true',
    '  outside: {}',
  ].join('\n')}\n`;
}

function renderService(
  service: ServiceName,
  project: Pick<Project, 'name' | 'build'>,
  tag: string,
): readonly string[] {
  return [
    `  ${service}:`,
    `    image: ${toImageName(project, service)}:${tag}`,
    '    restart: unless-stopped',
    `    user: "${IMAGE_USER}"`,
    '    read_only: true',
    '    cap_drop: [ALL]',
    '    security_opt: ["no-new-privileges:true"]',
    `    tmpfs: ${JSON.stringify(WRITTEN_FOLDERS)}`,
    '    ulimits:',
    '      nofile: { soft: 8192, hard: 8192 }',
    '      nproc: { soft: 1024, hard: 1024 }',
  ];
}

function renderEnvironment(names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : ['    environment:', ...names.map((name) => `      - ${name}`)];
}

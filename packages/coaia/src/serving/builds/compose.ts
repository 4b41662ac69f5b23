/** `docker-compose.yml` for docker compose, docker-compose 1.29 and podman-compose. */
import type { Project } from '../projects/project.ts';
import {
  API_PORT,
  HEALTH,
  IMAGE_USER,
  STATE_FOLDER,
  toHealthCommand,
  toImageName,
} from './image-facts.ts';
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
    'services:',
    ...renderService('model-service', project, tag),
    ...renderEnvironment(secrets),
    '    networks: [inside]',
    '',
    ...renderService('api-service', project, tag),
    ...renderEnvironment(secrets),
    '    depends_on: [model-service]',
    '    networks: [inside, outside]',
    '    # Without the address the port is open to the network: then set keys first (docs: serving).',
    `    ports: ["127.0.0.1:${API_PORT}:${API_PORT}"]`,
    '    volumes:',
    `      - state:${STATE_FOLDER}`,
    '',
    'networks:',
    '  # The model answers only the api-service.',
    '  inside:',
    '    internal: true',
    '  outside: {}',
    '',
    'volumes:',
    '  # Predictions and outcomes.',
    '  state: {}',
  ].join('\n')}\n`;
}

function renderService(
  service: ServiceName,
  { name, build }: Pick<Project, 'name' | 'build'>,
  tag: string,
): readonly string[] {
  return [
    `  ${service}:`,
    `    image: ${toImageName(build.image ?? name, service)}:${tag}`,
    '    restart: unless-stopped',
    `    user: "${IMAGE_USER}"`,
    '    read_only: true',
    '    cap_drop: [ALL]',
    '    security_opt: ["no-new-privileges:true"]',
    '    tmpfs: [/tmp]',
    '    ulimits:',
    '      nofile: { soft: 8192, hard: 8192 }',
    '      nproc: { soft: 1024, hard: 1024 }',
    '    healthcheck:',
    `      test: ${JSON.stringify(['CMD', ...toHealthCommand(service)])}`,
    `      interval: ${HEALTH.interval}s`,
    `      timeout: ${HEALTH.timeout}s`,
    `      retries: ${HEALTH.retries}`,
    `      start_period: ${HEALTH.startPeriod}s`,
  ];
}

function renderEnvironment(names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : ['    environment:', ...names.map((name) => `      - ${name}`)];
}

/** Dockerfiles as files of the project: written once by `ao init`, then the user's own. */
import {
  ENTRYPOINT,
  HEALTH,
  IMAGE_ENV,
  IMAGE_USER,
  PROGRAM_FOLDER,
  PROJECT_FOLDER,
  STATE_FOLDER,
  toCommand,
  toDefaultBase,
  toHealthCommand,
  toPort,
  WRITTEN_FOLDERS,
} from './image-facts.ts';
import type { ServiceName } from './image-facts.ts';
import type { Language } from '../versions/version.ts';

export interface DockerfileInput {
  readonly project: string;
  /** Of the models; with several languages the first that needs an interpreter decides. */
  readonly language: Language;
  /** Of the interpreter, `3.11.2`; chooses the base. */
  readonly interpreterVersion?: string;
}

/**
 * A Dockerfile for docker, podman and buildah. Its build folder is `.ao/build/context/SERVICE`, which `ao build` fills:
 * `runtime/` (Node and, for a base of nothing, its libraries), `program/`, `project/`, `lock/` and `state/`.
 */
export function renderDockerfile(service: ServiceName, input: DockerfileInput): string {
  const isBare = service === 'api-service' || input.language === 'onnx';
  const base = isBare ? 'scratch' : toDefaultBase(input.language, input.interpreterVersion);
  return `${[
    `# ${service} of ${input.project}. Yours to change: \`ao build\` reads this file and never writes it.`,
    '# The folders that are copied are filled by `ao build` in .ao/build/context.',
    `ARG BASE=${base}`,
    'FROM $BASE',
    ...(isBare ? [] : ['USER 0', ...renderPackages(), ...renderLock(input.language)]),
    '',
    '# Node, the program and the frozen versions.',
    'COPY runtime/ /',
    `COPY program/ ${PROGRAM_FOLDER}/`,
    `COPY project/ ${PROJECT_FOLDER}/`,
    '# Folders that are written to.',
    ...(isBare ? WRITTEN_FOLDERS : [STATE_FOLDER]).map(
      (folder) => `COPY --chown=${IMAGE_USER} state/ ${folder}/`,
    ),
    '',
    ...renderSettings(service),
  ].join('\n')}\n`;
}

function renderPackages(): readonly string[] {
  return [
    '',
    '# [build] system_packages of ao.toml.',
    'ARG SYSTEM_PACKAGES=""',
    'RUN if [ -n "$SYSTEM_PACKAGES" ]; then apt-get update \\',
    '    && apt-get install -y --no-install-recommends $SYSTEM_PACKAGES \\',
    '    && rm -rf /var/lib/apt/lists/*; fi',
  ];
}

function renderLock(language: Language): readonly string[] {
  if (language === 'r')
    return [
      '',
      '# Packages of renv.lock in its versions, otherwise those of DESCRIPTION and of the model in the versions that the',
      '# repository of the base has, and jsonlite, which the worker speaks.',
      'COPY lock/ /tmp/lock/',
      'RUN cd /tmp/lock && if [ -s renv.lock ]; then Rscript \\',
      '      -e \'install.packages("renv")\' \\',
      '      -e \'renv::restore(lockfile = "renv.lock", library = .Library, prompt = FALSE)\'; fi \\',
      '    && Rscript \\',
      '      -e \'wanted <- c("jsonlite", sub(" .*", "", readLines("packages.txt")))\' \\',
      "      -e 'missing <- setdiff(wanted, rownames(installed.packages()))' \\",
      "      -e 'if (length(missing) > 0) install.packages(missing)' \\",
      '    && rm -rf /tmp/lock',
    ];
  return [
    '',
    '# Packages of requirements.txt, otherwise those that the model was fitted with. Installed ones are kept.',
    'COPY lock/ /tmp/lock/',
    'RUN if [ -s /tmp/lock/requirements.txt ]; then PIP_BREAK_SYSTEM_PACKAGES=1 \\',
    '    python3 -m pip install --no-cache-dir -r /tmp/lock/requirements.txt; fi \\',
    '    && rm -rf /tmp/lock',
  ];
}

function renderSettings(service: ServiceName): readonly string[] {
  const env = Object.entries(IMAGE_ENV).map(([name, value]) => `${name}=${value}`);
  const health = [
    `--interval=${HEALTH.interval}s --timeout=${HEALTH.timeout}s`,
    `--retries=${HEALTH.retries} --start-period=${HEALTH.startPeriod}s`,
  ].join(' ');
  return [
    `ENV ${env.join(' \\\n    ')}`,
    `WORKDIR ${PROJECT_FOLDER}`,
    `USER ${IMAGE_USER}`,
    `VOLUME ${JSON.stringify(WRITTEN_FOLDERS)}`,
    `EXPOSE ${toPort(service)}`,
    'STOPSIGNAL SIGTERM',
    `HEALTHCHECK ${health} \\`,
    `    CMD ${JSON.stringify(toHealthCommand(service))}`,
    `ENTRYPOINT ${JSON.stringify(ENTRYPOINT)}`,
    `CMD ${JSON.stringify(toCommand(service))}`,
  ];
}

/** What never goes into a build folder, should the project's own folder be used as one. */
export function renderDockerignore(): string {
  return `${[
    '.git',
    '.env*',
    'ao.local.toml',
    '**/*.pem',
    '**/*.key',
    '**/id_rsa*',
    '**/.netrc',
    '**/.pypirc',
    '**/.Renviron',
    '**/.Rhistory',
    '**/__pycache__',
    '**/.venv',
    '**/.rlib',
    '**/venv',
    '**/renv/library',
    '**/node_modules',
    '.ao',
    '!.ao/build/context',
  ].join('\n')}\n`;
}

/** The way to the models: workers of this process, or a host behind gRPC. */
import { openGrpcLink } from '../hosts/grpc-link.ts';
import type { ModelLink } from '../hosts/link.ts';
import { openRepository } from '../hosts/repository.ts';
import type { Project } from '../projects/project.ts';
import { readSecrets } from '../projects/read-secrets.ts';
import type { Env } from '../projects/read-secrets.ts';
import { readTls } from '../projects/read-tls.ts';
import type { WorkerLine } from '../runtimes/runtime.ts';
import { findVersionsIn } from './find-versions.ts';

export interface LinkChoice {
  readonly kind: 'pipe' | 'grpc';
  /** Of the host, `127.0.0.1:50051`. */
  readonly address: string;
  /** For a host that records what others than its gateway ask for. */
  readonly token?: string | undefined;
  readonly isSandboxed: boolean | 'auto';
  /** Where values of `[secrets]` are looked up. */
  readonly env: Env;
  /** Told at once what ao.toml asks for and is not there. */
  readonly onMissing?: (text: string) => void;
  readonly onLine: (line: WorkerLine) => void;
  readonly checkEgress: (host: string, port: number) => void;
}

/** Opens the link that was chosen; nothing is loaded yet. */
export async function openLink(project: Project, choice: LinkChoice): Promise<ModelLink> {
  if (choice.kind === 'pipe') return openPipe(project, choice);
  const tls = await readTls(project);
  const [model] = project.models;
  // It is for hosts of ours, and nobody else's business.
  const { token } = project.link.models.length === 0 ? choice : {};
  return openGrpcLink({
    address: choice.address,
    ...(tls === undefined ? {} : { tls }),
    ...(token === undefined ? {} : { token }),
    batch: {
      enabled: true,
      maxRows: model?.batch.maxRows ?? 64,
      maxWaitMs: model?.batch.maxWaitMs ?? 0,
      maxQueue: model?.maxQueue ?? 1000,
    },
    egressCheck: choice.checkEgress,
    onLine: choice.onLine,
  });
}

/** Loaded versions in this process. */
export function openPipe(
  project: Project,
  {
    onLine,
    isSandboxed,
    env,
    onMissing,
  }: Pick<LinkChoice, 'onLine' | 'isSandboxed' | 'env' | 'onMissing'>,
): ModelLink {
  const { memoryMb } = project.traffic;
  const secrets = readSecrets(project, env);
  if (onMissing !== undefined) for (const text of secrets.missing) onMissing(text);
  return openRepository({
    ...findVersionsIn(project),
    ...(memoryMb === undefined ? {} : { memoryBytes: memoryMb * 1_048_576 }),
    onLine,
    isSandboxed,
    env: secrets.values,
  });
}

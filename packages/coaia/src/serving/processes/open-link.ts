/** The way to the models: workers of this process, or a host behind gRPC. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openGrpcLink } from '../hosts/grpc-link.ts';
import type { ModelLink } from '../hosts/link.ts';
import { openRepository } from '../hosts/repository.ts';
import type { Project } from '../projects/project.ts';
import type { WorkerLine } from '../runtimes/runtime.ts';
import { findVersionsIn } from './find-versions.ts';

export interface LinkChoice {
  readonly kind: 'pipe' | 'grpc';
  /** Of the host, `127.0.0.1:50051`. */
  readonly address: string;
  readonly isSandboxed: boolean | 'auto';
  readonly onLine: (line: WorkerLine) => void;
  readonly checkEgress: (host: string, port: number) => void;
}

/** Opens the link that was chosen; nothing is loaded yet. */
export async function openLink(project: Project, choice: LinkChoice): Promise<ModelLink> {
  if (choice.kind === 'pipe') return openPipe(project, choice);
  const tls = await readTls(project);
  const [model] = project.models;
  return openGrpcLink({
    address: choice.address,
    ...(tls === undefined ? {} : { tls }),
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
  { onLine, isSandboxed }: Pick<LinkChoice, 'onLine' | 'isSandboxed'>,
): ModelLink {
  const { memoryMb } = project.traffic;
  return openRepository({
    ...findVersionsIn(project),
    ...(memoryMb === undefined ? {} : { memoryBytes: memoryMb * 1_048_576 }),
    onLine,
    isSandboxed,
  });
}

type Tls = { readonly ca?: string; readonly cert?: string; readonly key?: string };

/** PEM texts of the files that `[link] tls` names; undefined: no TLS. */
export async function readTls({ folder, link }: Project): Promise<Tls | undefined> {
  if (link.tls === undefined) return undefined;
  const texts = await Promise.all(
    Object.entries(link.tls).map(
      async ([name, file]) => [name, await readFile(resolve(folder, file), 'utf8')] as const,
    ),
  );
  return Object.fromEntries(texts);
}

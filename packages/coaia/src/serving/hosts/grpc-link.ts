/** Models behind gRPC: our own host, or any server of the Open Inference Protocol v2. */
import type { WorkerLine } from '../runtimes/runtime.ts';
import type { ModelLink } from './link.ts';

export interface GrpcLinkOptions {
  /** `127.0.0.1:50051` or `name:port`. */
  readonly address: string;
  /** PEM texts: the authority that signed the server's certificate, and what this client shows. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  /** Requests that wait are merged, up to so many rows, with so many calls under way for each version. */
  readonly batch: {
    readonly enabled: boolean;
    readonly maxRows: number;
    readonly maxWaitMs: number;
    readonly maxQueue: number;
    readonly lanes?: number;
  };
  /** Asked before the connection is made; throws when it may not be. */
  readonly egressCheck: (host: string, port: number) => void;
  /** What the models print, when the host tells. */
  readonly onLine?: (line: WorkerLine) => void;
}

export function openGrpcLink(options: GrpcLinkOptions): ModelLink {
  throw new Error(`not built yet: ${options.address}`);
}

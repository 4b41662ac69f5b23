/** The model host: versions of a link behind gRPC, as the Open Inference Protocol v2 has it. */
import type { ModelCatalog } from '../versions/catalog.ts';
import type { ModelLink } from './link.ts';

/** PEM texts. */
export interface HostTls {
  readonly cert: string;
  readonly key: string;
  /** Clients must show a certificate signed by this authority. */
  readonly ca?: string;
}

export interface GrpcHostOptions {
  readonly link: ModelLink;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly tls?: HostTls;
  /** Chooses the version for requests that name none, and knows aliases and rules. */
  readonly catalog?: ModelCatalog;
}

export interface GrpcHost {
  /** `127.0.0.1:50051`. */
  readonly address: string;
  /** Lets running calls end, at most five seconds, then ends the rest. The link stays open. */
  close(): Promise<void>;
}

/** Fails with AO470 when something listens there already, AO471 and AO472 for address and certificates. */
export async function openGrpcHost(options: GrpcHostOptions): Promise<GrpcHost> {
  throw new Error(`not built yet: ${options.host}:${options.port}`);
}

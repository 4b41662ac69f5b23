/** The model host: versions of a link behind gRPC, as the Open Inference Protocol v2 has it. */
import { logVerbosity, Server, ServerCredentials, setLogVerbosity } from '@grpc/grpc-js';
import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import type { ModelCatalog } from '../versions/catalog.ts';
import { hostFailures } from './errors.ts';
import { createAnopsService } from './grpc/anops-service.ts';
import { toForgiving, toStream, toUnary } from './grpc/call.ts';
import type { Handle, HostPorts } from './grpc/call.ts';
import { createHealthService } from './grpc/health-service.ts';
import type { LineShelf } from './grpc/line-shelf.ts';
import type { CallObserver } from './grpc/observed-call.ts';
import { createInferenceService } from './grpc/inference-service.ts';
import { createReflectionService } from './grpc/reflection-service.ts';
import { createServedModels } from './grpc/served-models.ts';
import {
  isForTriton,
  toStreamSerializer,
  toTritonAnswer,
  toTritonFailure,
} from './grpc/stream-form.ts';
import { createTypedServices } from './grpc/typed-service.ts';
import type { TypedServices } from './grpc/typed-service.ts';
import type { ModelLink } from './link.ts';
import { methodsOf, protoFiles, serviceOf } from './protos/registry.ts';
import type { GrpcMethod } from './protos/registry.ts';

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
  /** Hears of failures that have no code of ours; callers are told nothing of them. */
  readonly onDefect?: (error: unknown) => void;
  /** Of a line shelf: what the models print for a request, for the trace that our own link writes. */
  readonly takeLines?: LineShelf['take'];
  /** Hears of predictions that others than our gateway ask for. Needs `catalog`. Absent: nobody does. */
  readonly observe?: CallObserver | undefined;
}

export interface GrpcHost {
  /** `127.0.0.1:50051`. */
  readonly address: string;
  /** Lets running calls end, at most five seconds, then ends the rest. The link stays open. */
  close(): Promise<void>;
}

const MAX_MESSAGE = 64 * 1024 * 1024;
const GRACE_MS = 5000;

const NAMES = [
  'inference.GRPCInferenceService',
  'anops.AnOps',
  'grpc.health.v1.Health',
  'grpc.reflection.v1.ServerReflection',
  'grpc.reflection.v1alpha.ServerReflection',
] as const;

/** Fails with AO470 when something listens there already, AO471 and AO472 for address and certificates. */
export async function openGrpcHost(options: GrpcHostOptions): Promise<GrpcHost> {
  const { host, tls } = options;
  // What it would print is in the errors that we throw.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server({
    // Two servers on one port would share its requests.
    'grpc.so_reuseport': 0,
    'grpc.max_receive_message_length': MAX_MESSAGE,
    'grpc.max_send_message_length': MAX_MESSAGE,
  });
  const stop = addServices(server, options);
  const credentials = tls === undefined ? ServerCredentials.createInsecure() : toCredentials(tls);
  const port = await bind(server, options, credentials);
  const end = () => {
    stop();
    return close(server);
  };
  return { address: toAddress(host, port), close: end };
}

/** Returns how to stop listening to the catalog. */
function addServices(server: Server, options: GrpcHostOptions): () => void {
  const { link, catalog, onDefect = () => {}, takeLines = () => [] } = options;
  const ports = { onDefect, takeLines, observe: options.observe };
  const models = createServedModels(link, catalog);
  const [inference, anops, health, reflection, alpha] = NAMES;
  const { ModelInfer, ...others } = createInferenceService(models, takeLines);
  const unary = (handlers: Readonly<Record<string, Handle>>) =>
    Object.fromEntries(
      Object.entries(handlers).map(([name, handle]) => [name, toUnary(handle, ports)]),
    );
  const protocol = unary({ ModelInfer, ...others });
  addOwn(server, inference, {
    ...protocol,
    ModelStreamInfer: toStream(ModelInfer, ports, TRITON_FORM),
  });
  addRepository(server, protocol);
  addOwn(server, anops, unary({ ...createAnopsService(models) }));
  const typed = createTypedServices(models, catalog);
  addTyped(server, typed, ports);
  const stop = catalog?.onChange(() => addTyped(server, typed, ports));
  const services = () => [...NAMES, ...typed.names()];
  const offer = { services, files: () => [...protoFiles(), ...typed.files()] };
  add(server, health, { ...createHealthService(models, services) });
  add(server, reflection, createReflectionService(offer));
  add(server, alpha, createReflectionService(offer));
  return () => stop?.();
}

/** Clients of MLServer ask for its repository under another name as well; the messages are the same. */
function addRepository(server: Server, handlers: UntypedServiceImplementation): void {
  const methods = methodsOf(serviceOf('inference.GRPCInferenceService'));
  for (const [name, { responseSerialize, requestDeserialize }] of Object.entries(methods)) {
    const handle = handlers[name];
    if (!name.startsWith('Repository') || handle === undefined) continue;
    const path = `/inference.model_repository.ModelRepositoryService/${name}`;
    server.register(path, handle, responseSerialize, toForgiving(requestDeserialize), 'unary');
  }
}

const asIs = (bytes: Buffer) => bytes;

/** A service stays when its model goes, and says so. */
function addTyped(server: Server, typed: TypedServices, ports: HostPorts): void {
  for (const service of typed.names())
    for (const method of ['Predict', 'PredictBatch'] as const) {
      const handle = toUnary(
        (bytes, context) => typed.handle(service, method, bytes, context),
        ports,
      );
      // False when it is there already.
      server.register(`/${service}/${method}`, handle as never, asIs, asIs, 'unary');
    }
}

const TRITON_FORM = { isFor: isForTriton, toAnswer: toTritonAnswer, toFailure: toTritonFailure };

function add(server: Server, name: string, handlers: UntypedServiceImplementation): void {
  server.addService(methodsOf(serviceOf(name)), handlers);
}

/** Services whose handlers judge what cannot be read. */
function addOwn(server: Server, name: string, handlers: UntypedServiceImplementation): void {
  const methods: Record<string, GrpcMethod> = {};
  for (const [key, method] of Object.entries(methodsOf(serviceOf(name))))
    methods[key] = {
      ...method,
      requestDeserialize: toForgiving(method.requestDeserialize),
      ...(key === 'ModelStreamInfer' ? { responseSerialize: toStreamSerializer() } : {}),
    };
  server.addService(methods, handlers);
}

function toCredentials({ cert, key, ca }: HostTls): ServerCredentials {
  const pair = { cert_chain: Buffer.from(cert), private_key: Buffer.from(key) };
  const root = ca === undefined ? null : Buffer.from(ca);
  return ServerCredentials.createSsl(root, [pair], ca !== undefined);
}

async function bind(
  server: Server,
  { host, port, tls }: GrpcHostOptions,
  credentials: ServerCredentials,
): Promise<number> {
  const address = toAddress(host, port);
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(toBindFailure(error, address, tls !== undefined));
    try {
      server.bindAsync(address, credentials, (error, bound) => {
        if (error === null) resolve(bound);
        else fail(error);
      });
    } catch (error) {
      fail(error as Error);
    }
  });
}

function toBindFailure(cause: Error, address: string, isSecure: boolean): Error {
  const { message } = cause;
  if (message.includes('EADDRINUSE'))
    return hostFailures.create('AO470', `Something listens on ${address} already.`, {
      hint: 'ao ps',
      cause,
    });
  if (isSecure && /PEM|key|certificate|ssl/iu.test(message))
    return hostFailures.create(
      'AO472',
      `The certificates for ${address} cannot be used: ${message}`,
      { hint: 'ao config link.tls', cause },
    );
  return hostFailures.create('AO471', `Cannot listen on ${address}: ${message}`, {
    hint: 'ao config link.address',
    cause,
  });
}

const toAddress = (host: string, port: number) =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

async function close(server: Server): Promise<void> {
  const timer = setTimeout(() => server.forceShutdown(), GRACE_MS);
  await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  clearTimeout(timer);
}

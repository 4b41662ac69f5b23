/** `grpc.health.v1.Health`: of the server, of its services and of each model. */
import { status as STATUS } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall, ServerWritableStream } from '@grpc/grpc-js';
import { isReady } from './inference-service.ts';
import type { ServedModels } from './served-models.ts';

/** Numbers of `HealthCheckResponse.ServingStatus`. */
const SERVING = 1;
const NOT_SERVING = 2;
const SERVICE_UNKNOWN = 3;

/** How often a watched health is looked at, in milliseconds. */
const WATCH_MS = 500;

interface HealthRequest {
  readonly service: string;
}

/** Handlers of grpc-js by method. `services` are the full names of what the server offers. */
export function createHealthService(models: ServedModels, services: () => readonly string[]) {
  const look = async (service: string): Promise<number> => {
    try {
      const isWhole = service === '' || services().includes(service);
      const isUp = isWhole ? await models.link.isLive() : await isReady(models, service, '');
      return isUp ? SERVING : NOT_SERVING;
    } catch {
      return SERVICE_UNKNOWN;
    }
  };
  return {
    Check(call: ServerUnaryCall<HealthRequest, object>, callback: sendUnaryData<object>): void {
      const { service } = call.request;
      void look(service).then((status) => {
        const details = `There is no service or model "${service}".`;
        if (status === SERVICE_UNKNOWN) callback({ code: STATUS.NOT_FOUND, details });
        else callback(null, { status });
      });
    },
    Watch(call: ServerWritableStream<HealthRequest, object>): void {
      let last = 0;
      const tell = async () => {
        const status = await look(call.request.service);
        if (status === last || call.cancelled) return;
        last = status;
        call.write({ status });
      };
      const timer = setInterval(() => void tell(), WATCH_MS);
      timer.unref();
      call.on('cancelled', () => clearInterval(timer));
      void tell();
    },
  };
}

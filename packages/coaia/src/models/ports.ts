/** What the models room's use cases take. */
import type { Clock, Recorder } from '#base';
import type { Egress } from '#egress';
import type { Database, Transaction } from '#store';
import { needs } from '#surface';
import type { ConnectionsApi } from '@coaia/client';
import type { SecretBox } from './secrets/secret-box.ts';

export interface ModelPorts {
  readonly db: Database;
  readonly clock: Clock;
  /** Through which calls become traces. */
  readonly recorder: Recorder<Transaction>;
  /** The way to model servers. */
  readonly egress: Pick<Egress, 'fetch'>;
  /** Encrypts the keys of connections. */
  readonly secrets: SecretBox;
  /** An OpenAI-compatible server that settings name; asked when a call names no connection. */
  readonly server?: SettingsServer;
}

export interface SettingsServer {
  /** Null: the server of OpenAI itself. */
  readonly baseUrl: string | null;
  /** Empty: none is sent. */
  readonly secretKey: string;
}

/** What the room's routes need. */
export const modelPorts = needs<ModelPorts>('model-ports');

/** What the commands about connections need: the embedded store or a server, behind one interface. */
export const connectionsApi = needs<ConnectionsApi>('connections');

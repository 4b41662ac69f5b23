/** For tests: the models room over one store, with a connection to a test model server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scope } from '#base';
import { createEgress } from '#egress';
import { createRecorder } from '#observability';
import type { Database } from '#store';
import type { ChatModels } from '../chat/chat.ts';
import { openChat } from '../chat/open-chat.ts';
import { updateConnection } from '../connections/connections.ts';
import { connectionBody } from '../connections/schema.ts';
import type { ModelPorts } from '../ports.ts';
import { openSecretBox } from '../secrets/secret-box.ts';

export interface RecordedCall {
  readonly id: string;
  readonly trace_id: string;
  readonly name: string;
  readonly type: string;
  readonly model: string;
  readonly level: string;
  readonly status_message: string | null;
  readonly parent_observation_id: string | null;
  readonly prompt_name: string | null;
  readonly environment: string;
  readonly start_time: number;
  readonly end_time: number;
  readonly completion_start_time: number | null;
  readonly input: unknown;
  readonly output: unknown;
  readonly usage_details: unknown;
  readonly model_parameters: unknown;
  readonly metadata: unknown;
}

export interface TestModels {
  readonly ports: ModelPorts;
  readonly chat: ChatModels;
  readonly scope: Scope;
  /** Folder of the key file and the ledger. */
  readonly home: string;
  /** Stores a connection; fields are those of `PUT /llm-connections`. */
  connect(body: Readonly<Record<string, unknown>>): Promise<void>;
  /** What was recorded of a generation, its JSON parsed; the newest one without an id. */
  readRecord(id?: string): Promise<RecordedCall | undefined>;
  close(): Promise<void>;
}

/** The embedded project's scope; it needs no keys. */
const SCOPE: Scope = { projectId: 'default', level: 'project', via: 'local' };

export function openTestModels(db: Database, offline = false): TestModels {
  const home = mkdtempSync(join(tmpdir(), 'coaia-models-'));
  const egress = createEgress({ offline, ledgerPath: join(home, 'egress.jsonl'), env: {} });
  const clock = Date.now;
  const ports: ModelPorts = {
    db,
    clock,
    recorder: createRecorder({ db, clock }),
    egress,
    secrets: openSecretBox({ folder: join(home, 'keys') }),
  };
  return {
    ports,
    chat: openChat(ports),
    scope: SCOPE,
    home,
    async connect(body) {
      await updateConnection(ports, SCOPE, connectionBody.parse(body));
    },
    async readRecord(id) {
      const [row] = await db.read<Record<string, string | null>>(
        `SELECT * FROM observations WHERE project_id = ? ${id === undefined ? '' : 'AND id = ?'}
         ORDER BY created_at DESC, start_time DESC LIMIT 1`,
        id === undefined ? ['default'] : ['default', id],
      );
      return row === undefined ? undefined : toRecorded(row);
    },
    async close() {
      egress.close();
      await db.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const JSON_COLUMNS = ['input', 'output', 'usage_details', 'model_parameters', 'metadata'];

function toRecorded(row: Readonly<Record<string, string | null>>): RecordedCall {
  const parsed = JSON_COLUMNS.map((name) => {
    const text = row[name];
    return [name, typeof text === 'string' ? JSON.parse(text) : null];
  });
  return { ...row, ...Object.fromEntries(parsed) } as RecordedCall;
}

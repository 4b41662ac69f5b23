/** Projects on the server's own machine, made from a dropped file, started and stopped from the page. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, extname, join } from 'node:path';
import type { Clock, Scope } from '#base';
import type { Database } from '#store';
import { needs } from '#surface';
import type { DeploymentGateway } from '@coaia/client';
import { listDeployments } from '../versions/registry.ts';
import { deskFailures } from './errors.ts';
import { runAo } from './run-ao.ts';
import type { AoRunner } from './run-ao.ts';

export interface DeskPorts {
  readonly db: Database;
  readonly clock: Clock;
  /** Folder that holds a folder for each project made here. */
  readonly folder: string;
  readonly ao: AoRunner;
}

export const deskPorts = needs<DeskPorts>('serving-desk');

const KINDS: ReadonlySet<string> = new Set([
  '.joblib',
  '.pkl',
  '.pickle',
  '.skops',
  '.rds',
  '.onnx',
]);
/** Opening one of these runs code that is inside. */
const UNSAFE: ReadonlySet<string> = new Set(['.joblib', '.pkl', '.pickle', '.rds']);

export interface DroppedFile {
  /** `churn.joblib`; folders in it are ignored. */
  readonly fileName: string;
  /** Of the model; the file's own otherwise. */
  readonly name?: string | undefined;
  /** The user says that the file may be opened. */
  readonly isTrusted: boolean;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Makes a project of a fitted model and starts it. AO670 to AO673; nothing stays of what failed. */
export async function deployFile(
  ports: DeskPorts,
  file: DroppedFile,
): Promise<{ readonly name: string; readonly folder: string; readonly url: string }> {
  const { name, fileName } = checkFile(file);
  const folder = join(ports.folder, name);
  if (existsSync(folder)) throw toTaken(name, folder);
  await mkdir(ports.folder, { recursive: true, mode: 0o700 });
  const place = await mkdtemp(join(ports.folder, '.upload-'));
  try {
    const path = join(place, fileName);
    await writeAll(path, file.bytes);
    await runAo(ports.ao, ['init', name, '--from', path], place);
    // Fails where somebody else made a project of this name meanwhile; theirs stays as it is.
    await rename(join(place, name), folder).catch((error: unknown) => {
      throw toTaken(name, folder, error);
    });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
  return { name, folder, url: await start(ports, folder) };
}

function toTaken(name: string, folder: string, cause?: unknown) {
  return deskFailures.create(
    'AO672',
    `There is a project ${name} already. Take another name, or deploy a version of it there.`,
    {
      hint: `ao deploy (in ${folder})`,
      cause,
    },
  );
}

function checkFile({ fileName, name, isTrusted }: DroppedFile) {
  const own = basename(fileName.replaceAll('\\', '/'));
  const kind = extname(own).toLowerCase();
  const model = (name ?? basename(own, extname(own))).trim();
  if (!KINDS.has(kind))
    throw deskFailures.create(
      'AO670',
      `A file of this name is no model that can be served; those end in ${[...KINDS].join(', ')}.`,
    );
  if (!/^[A-Za-z0-9][\w-]{0,63}$/.test(model))
    throw deskFailures.create(
      'AO670',
      `"${model}" cannot be the name of a model: letters, digits, dashes and underscores, 64 at most.`,
    );
  if (UNSAFE.has(kind) && !isTrusted)
    throw deskFailures.create(
      'AO671',
      `Opening ${own} runs code that is inside it; confirm that you trust it.`,
    );
  return { name: model, fileName: own };
}

async function writeAll(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const piece of bytes) await file.write(piece);
  } finally {
    await file.close();
  }
}

async function start(ports: DeskPorts, folder: string): Promise<string> {
  const started = await runAo(ports.ao, ['up', '--detach'], folder);
  const { url } = started as { readonly url?: unknown };
  if (typeof url === 'string') return url;
  throw deskFailures.create('AO673', 'ao up ended without saying where the service answers.', {
    hint: 'ao logs',
  });
}

/** Starts the project of a gateway that ended. AO672, AO673. */
export async function startGateway(ports: DeskPorts, scope: Scope, id: string) {
  const { folder } = await findHere(ports, scope, id);
  return { url: await start(ports, folder) };
}

/** Ends a gateway after what it has begun. AO672, AO673. */
export async function stopGateway(ports: DeskPorts, scope: Scope, id: string) {
  const { folder } = await findHere(ports, scope, id);
  await runAo(ports.ao, ['down'], folder);
  return { stopped: true };
}

async function findHere(ports: DeskPorts, scope: Scope, id: string): Promise<DeploymentGateway> {
  const { data } = await listDeployments(ports, scope);
  const gateway = data.flatMap(({ gateways }) => gateways).find((one) => one.id === id);
  if (gateway === undefined)
    throw deskFailures.create('AO672', `There is no gateway ${id}.`, { hint: 'ao ps' });
  if (gateway.host !== hostname() || !existsSync(gateway.folder))
    throw deskFailures.create(
      'AO672',
      `${gateway.name} runs on ${gateway.host}, which is another machine than this server.`,
      { hint: 'ao up (on that machine)' },
    );
  return gateway;
}

/**
 * Training on this machine by a program that the owner names in `trainer_command`. It runs by itself: a folder
 * of its own holds its files, what it printed, and how it ended, so its state is known after a restart too.
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toIso } from '#base';
import { fineTuningFailures } from './errors.ts';
import type { Trainer, TrainingOrder, TrainingPlace, TrainingReport } from './trainer.ts';

export interface LocalTrainerOptions {
  /** Words with {training}, {validation}, {model}, {output}, {epochs}, {batch_size}, {seed}; absent: none is set. */
  readonly command: string | undefined;
  /** Holds a folder for each job. */
  readonly folder: string;
}

/** The program ends, and only then does the file with its exit code appear: whole, or not at all. */
const WRAPPER = '"$@"; code=$?; printf %s "$code" > exit.part && mv exit.part exit';

export function createLocalTrainer({ command, folder }: LocalTrainerOptions): Trainer {
  const toFolder = ({ jobId }: Pick<TrainingPlace, 'jobId'>) => join(folder, jobId);
  return {
    async start(_scope, order) {
      if (command === undefined)
        throw fineTuningFailures.create('COAIA-2303', 'No program that trains is set up here.', {
          hint: 'coaia config set trainer_command "python3 train.py --data {training} --model {model} --output {output}"',
        });
      const place = join(folder, order.jobId);
      const pid = begin(place, toWords(command, order, place), order);
      return { ...toReport(place, String(pid)), connection: null };
    },
    read: async (place) => toReport(toFolder(place), place.providerJobId),
    async cancel(place) {
      const at = toFolder(place);
      if (readExit(at) === undefined) {
        writeFileSync(join(at, 'cancelled'), '', { mode: 0o600 });
        stop(Number(place.providerJobId));
      }
      return toReport(at, place.providerJobId);
    },
    async listEvents(place, limit) {
      const at = join(toFolder(place), 'log');
      const createdAt = toIso(statSync(at).mtimeMs);
      const lines = readFileSync(at, 'utf8')
        .split('\n')
        .filter((line) => line !== '');
      const newest = lines.slice(-limit).toReversed();
      return newest.map((message) => ({ createdAt, level: 'info', message }));
    },
    async listArtifacts(place) {
      const output = join(toFolder(place), 'output');
      const names = await readdir(output);
      return names.toSorted().map((name) => ({ name, place: join(output, name) }));
    },
  };
}

function toWords(command: string, order: TrainingOrder, place: string): readonly string[] {
  const { epochs = 'auto', batchSize = 'auto', seed = 0 } = order.hyperparameters;
  const values: Readonly<Record<string, string>> = {
    training: join(place, 'training.jsonl'),
    validation: order.validation === undefined ? '' : join(place, 'validation.jsonl'),
    model: order.model,
    output: join(place, 'output'),
    epochs: String(epochs),
    batch_size: String(batchSize),
    seed: String(seed),
  };
  // Split first: what is put in stays one word, whatever it holds.
  const words = command.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  return words.map((word) =>
    word
      .replace(/^(["'])(.*)\1$/s, '$2')
      .replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole),
  );
}

function begin(place: string, words: readonly string[], order: TrainingOrder): number {
  mkdirSync(join(place, 'output'), { recursive: true, mode: 0o700 });
  const write = (name: string, text: string) =>
    writeFileSync(join(place, name), text, { mode: 0o600 });
  write('training.jsonl', order.training);
  if (order.validation !== undefined) write('validation.jsonl', order.validation);
  const log = openSync(join(place, 'log'), 'a', 0o600);
  try {
    const child = spawn('/bin/sh', ['-c', WRAPPER, 'train', ...words], {
      cwd: place,
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.unref();
    if (child.pid === undefined)
      throw fineTuningFailures.create('COAIA-2303', 'The program that trains cannot be started.');
    write('started', String(Date.now()));
    return child.pid;
  } finally {
    closeSync(log);
  }
}

function read(place: string, name: string): string | undefined {
  try {
    return readFileSync(join(place, name), 'utf8');
  } catch {
    return undefined;
  }
}

function readExit(place: string): number | undefined {
  const text = read(place, 'exit');
  return text === undefined ? undefined : Number(text);
}

function stop(pid: number): void {
  try {
    // The group: the program and whatever it started.
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended meanwhile.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function toReport(place: string, providerJobId: string): TrainingReport {
  const exit = readExit(place);
  const startedAt = Number(read(place, 'started') ?? 0) || null;
  const known = { providerJobId, startedAt, trainedTokens: null };
  if (exit === 0) {
    const finishedAt = statSync(join(place, 'exit')).mtimeMs;
    return {
      ...known,
      state: 'succeeded',
      resultModel: join(place, 'output'),
      finishedAt: Math.round(finishedAt),
      error: null,
    };
  }
  if (exit === undefined && isAlive(Number(providerJobId)))
    return { ...known, state: 'running', resultModel: null, finishedAt: null, error: null };
  const isCancelled = read(place, 'cancelled') !== undefined;
  const lastLine = (read(place, 'log') ?? '').trimEnd().split('\n').at(-1) ?? '';
  const error =
    exit === undefined ? 'the program ended without a word' : `exit code ${exit}: ${lastLine}`;
  return {
    ...known,
    state: isCancelled ? 'cancelled' : 'failed',
    resultModel: null,
    finishedAt: Date.now(),
    error: isCancelled ? null : error,
  };
}

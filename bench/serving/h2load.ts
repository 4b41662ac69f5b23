/** One burst of the same request from many connections, measured by Debian's h2load. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toPercentile } from '../lib/process.ts';

export interface Burst {
  /** Requests a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers that were not 2xx, and requests without an answer. */
  readonly errors: number;
}

export interface BurstOptions {
  readonly url: string;
  readonly body: string;
  readonly clients: number;
  readonly requests: number;
  /** For files of the meter. */
  readonly folder: string;
}

/** HTTP/1.1 with connections that are kept. */
export function runBurst(options: BurstOptions): Promise<Burst> {
  const { url, body, clients, requests, folder } = options;
  const data = join(folder, 'request.json');
  const log = join(folder, 'times.tsv');
  writeFileSync(data, body);
  writeFileSync(log, '');
  const load = ['--h1', '-c', String(clients), '-n', String(requests), '-d', data];
  const args = [...load, '-H', 'content-type: application/json', `--log-file=${log}`, url];
  return new Promise((resolve, reject) => {
    execFile('h2load', args, { timeout: 120_000 }, (error, stdout) => {
      if (error === null) resolve(toBurst(stdout, readFileSync(log, 'utf8'), requests));
      else reject(new Error(`h2load: ${error.message}`, { cause: error }));
    });
  });
}

function toBurst(text: string, log: string, requests: number): Burst {
  const rate = Number(/finished in [^,]+, ([\d.]+) req\/s/.exec(text)?.[1] ?? Number.NaN);
  const good = Number(/status codes: (\d+) 2xx/.exec(text)?.[1] ?? 0);
  const times = log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Number(line.split('\t')[2]) / 1000);
  return {
    rate,
    p50: toPercentile(times, 0.5),
    p99: toPercentile(times, 0.99),
    errors: requests - good,
  };
}

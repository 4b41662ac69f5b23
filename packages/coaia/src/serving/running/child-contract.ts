/**
 * What the supervisor and its children agree on. A child is `coaia ops serve gateway|host` with the flags of
 * `toGatewayWords`. It
 * - prints one ready line on stdout when a prediction can be answered, and anything else before and after it;
 * - ends when its stdin closes, and on SIGTERM after what is running has been answered;
 * - when it cannot start, ends with the error as JSON on stderr, as every command does under --json.
 */
import { basename } from 'node:path';

/** Said once by a child that can answer. */
export interface Ready {
  /** `http://127.0.0.1:26243` of a gateway, `127.0.0.1:50051` of a host. */
  readonly address: string;
  /** What is served, with a row that works. */
  readonly models?: readonly {
    readonly name: string;
    readonly version: number;
    readonly example?: Readonly<Record<string, unknown>>;
    /** Why the files as they stand do not answer, and this version of before does. */
    readonly setback?: string;
  }[];
}

const MARK = 'ao-ready ';

/** The line that a child prints. */
export function toReadyLine(ready: Ready): string {
  return `${MARK}${JSON.stringify(ready)}\n`;
}

/** What a line of a child's stdout says, if it is the ready line. */
export function parseReadyLine(line: string): Ready | undefined {
  if (!line.startsWith(MARK)) return undefined;
  try {
    return JSON.parse(line.slice(MARK.length)) as Ready;
  } catch {
    return undefined;
  }
}

/** Flags of `up` that its children get. */
export interface UpFlags {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly workers?: number | undefined;
  readonly link?: string | undefined;
  readonly insecure?: boolean | undefined;
  /** Saves change nothing. */
  readonly 'no-reload'?: boolean | undefined;
}

/** Variable in which keys reach the gateway: several with commas. Never on a command line, which others can see. */
export const API_KEYS_VARIABLE = 'AO_API_KEYS';

/** Words of a gateway. Once it ran, it gets its own port again; `linkAddress` is a host that is ready. */
export function toGatewayWords(
  folder: string,
  flags: UpFlags,
  linkAddress: string | undefined,
): readonly string[] {
  const link = linkAddress === undefined ? [] : ['--link-address', linkAddress];
  const { 'no-reload': isStill, ...shared } = flags;
  const watch = isStill === true ? [] : ['--watch'];
  const own = ['serve', 'gateway', '--json', '--with-parent', ...watch, '--project', folder];
  return [...own, ...toFlags(shared), ...link];
}

/** Words of a model host. Once it ran, it gets its own address again: the gateway knows no other. */
export function toHostWords(
  folder: string,
  { workers }: UpFlags,
  address: string | undefined,
): readonly string[] {
  const own = ['serve', 'host', '--json', '--with-parent', '--project', folder];
  const place = address === undefined ? [] : ['--address', address];
  return [...own, ...toFlags({ workers }), ...place];
}

/** Only what was given. */
export function toFlags(flags: UpFlags): readonly string[] {
  const { port, host, workers, link, insecure } = flags;
  const pairs = Object.entries({ port, host, workers, link });
  return [
    ...pairs.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)])),
    ...(insecure === true ? ['--insecure'] : []),
    ...(flags['no-reload'] === true ? ['--no-reload'] : []),
  ];
}

/**
 * Megabytes for young objects of a process that answers requests: what is remembered until the next write of the
 * prediction log dies there instead of being moved (measured: a sixth of the processor time of a request).
 */
const YOUNG_MB = 64;

/** The command line that runs `ao WORDS` with this very program. */
export function toProgramLine(
  words: readonly string[],
  flags: readonly string[] = [],
): readonly string[] {
  const [, entry = ''] = process.argv;
  const isAo = /^ao(?:\.|$)/.test(basename(entry));
  const own = isAo ? words : ['ops', ...words];
  return [process.execPath, ...process.execArgv, ...flags, entry, ...own];
}

/** The same for a process that answers requests. */
export function toServiceLine(words: readonly string[]): readonly string[] {
  return toProgramLine(words, [`--max-semi-space-size=${YOUNG_MB}`]);
}

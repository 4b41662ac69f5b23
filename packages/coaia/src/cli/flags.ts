/** Options that every command takes, wherever they stand on the line. */
import type { GlobalFlags, OptionSpec } from '#surface';

export const globalOptions = {
  help: { type: 'boolean', short: 'h', summary: 'Show help for these words' },
  version: { type: 'boolean', short: 'V', summary: 'Show the version' },
  json: { type: 'boolean', summary: 'Print the result as JSON, errors as JSON on stderr' },
  quiet: { type: 'boolean', short: 'q', summary: 'No notices and confirmations' },
  yes: { type: 'boolean', short: 'y', summary: 'Answer yes to every question' },
  'no-input': { type: 'boolean', summary: 'Never ask; fail where an answer is needed' },
  'no-color': { type: 'boolean', summary: 'No colours (also NO_COLOR)' },
  timeout: { type: 'number', placeholder: 'SECONDS', summary: 'Stop after this many seconds' },
  profile: { type: 'string', placeholder: 'NAME', summary: 'Use this profile of the settings' },
  env: {
    type: 'string',
    placeholder: 'PATH',
    repeatable: true,
    summary: 'Read variables from a JSON or dotenv file; later files win',
  },
  debug: { type: 'boolean', summary: 'Show stack traces of unexpected errors' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** What was given, by option name. */
export type GivenOptions = ReadonlyMap<string, unknown>;

/** Flags as handlers see them, from the global options that were given. */
export function toFlags(given: GivenOptions): GlobalFlags {
  const timeout = given.get('timeout');
  const profile = given.get('profile');
  return {
    json: given.get('json') === true,
    quiet: given.get('quiet') === true,
    yes: given.get('yes') === true,
    noInput: given.get('no-input') === true,
    debug: given.get('debug') === true,
    color: given.get('no-color') !== true,
    timeout: typeof timeout === 'number' ? timeout : undefined,
    profile: typeof profile === 'string' ? profile : undefined,
  };
}

/** The few flags needed to print an error before the line could be parsed. */
export function readEarlyFlags(argv: readonly string[]): {
  readonly json: boolean;
  readonly debug: boolean;
  readonly color: boolean;
} {
  const end = argv.indexOf('--');
  const before = end === -1 ? argv : argv.slice(0, end);
  return {
    json: before.includes('--json'),
    debug: before.includes('--debug'),
    color: !before.includes('--no-color'),
  };
}

/** What both commands take: which server, which keys, which kinds, since when. */
import { parseTime, toIso } from '#base';
import { openEnvKeys, readEnvFile, toAbsolutePath } from '#config';
import type { CommandContext } from '#surface';
import { migrationErrors } from '../errors.ts';
import { KIND_NAMES } from '../kinds/kind-names.ts';
import type { KindName } from '../kinds/kind-names.ts';
import type { MigrationApi } from '../ports.ts';
import type { SourceAddress } from '../sources/api-reader.ts';

export const sourceOptions = {
  from: {
    type: 'string',
    placeholder: 'URL',
    required: true,
    summary: 'Address of the other server',
  },
  keys: {
    type: 'string',
    placeholder: 'FILE',
    summary:
      'File with LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY of that server; otherwise COAIA_FROM_PUBLIC_KEY and COAIA_FROM_SECRET_KEY',
  },
  only: {
    type: 'string',
    placeholder: 'A,B',
    summary: `Only these kinds: ${KIND_NAMES.join(', ')}`,
  },
  since: {
    type: 'string',
    placeholder: 'TIME',
    summary: 'Only traces, observations, scores and sessions from then on (ISO 8601)',
  },
} as const;

export interface SourceValues {
  readonly from: string;
  readonly keys: string | undefined;
  readonly only: string | undefined;
  readonly since: string | undefined;
}

export interface SourceChoice {
  readonly source: SourceAddress;
  readonly only: readonly KindName[];
  readonly since?: string;
}

/** Reads the options. Throws COAIA-0850 (no keys), COAIA-0852 (address, kind or time). */
export function toSourceChoice(
  context: CommandContext<MigrationApi>,
  values: SourceValues,
): SourceChoice {
  const only = toKinds(values.only);
  const since = values.since === undefined ? {} : { since: toTime(values.since) };
  return { source: toSource(context, values), only, ...since };
}

function toSource(
  { env, cwd }: CommandContext<MigrationApi>,
  { from, keys }: SourceValues,
): SourceAddress {
  const file =
    keys === undefined
      ? undefined
      : readEnvFile(toAbsolutePath(keys, { cwd, env }), openEnvKeys({ cwd, env }))?.values;
  const [publicKey, secretKey] =
    keys === undefined
      ? [env['COAIA_FROM_PUBLIC_KEY'], env['COAIA_FROM_SECRET_KEY']]
      : [file?.['LANGFUSE_PUBLIC_KEY'], file?.['LANGFUSE_SECRET_KEY']];
  const baseUrl = from.trim().replace(/\/+$/, '');
  if (!/^https?:\/\/[^/]/i.test(baseUrl) || !URL.canParse(baseUrl))
    throw migrationErrors.create('COAIA-0852', `"${from}" is no http or https address.`, {
      hint: '--from https://langfuse.example.com',
    });
  if (publicKey && secretKey) return { baseUrl, publicKey, secretKey };
  const place = keys === undefined ? 'in the environment' : `in ${keys}`;
  throw migrationErrors.create('COAIA-0850', `The keys of ${baseUrl} are not set ${place}.`, {
    hint:
      keys === undefined
        ? 'export COAIA_FROM_PUBLIC_KEY=pk-lf-... COAIA_FROM_SECRET_KEY=sk-lf-...'
        : 'the file needs the lines LANGFUSE_PUBLIC_KEY=... and LANGFUSE_SECRET_KEY=...',
  });
}

function toKinds(text: string | undefined): readonly KindName[] {
  if (text === undefined) return [];
  return text.split(',').map((part) => {
    const kind = KIND_NAMES.find((name) => name === part.trim());
    if (kind !== undefined) return kind;
    throw migrationErrors.create('COAIA-0852', `There is no kind of records "${part.trim()}".`, {
      hint: `--only ${KIND_NAMES.join(',')}`,
    });
  });
}

function toTime(text: string): string {
  const time = parseTime(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (time !== undefined) return toIso(time);
  throw migrationErrors.create('COAIA-0852', `"${text}" is no ISO 8601 time.`, {
    hint: '--since 2026-01-31 or --since 2026-01-31T12:00:00Z',
  });
}

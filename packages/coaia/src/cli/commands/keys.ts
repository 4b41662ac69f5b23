/** `coaia keys`: the address and the keys of this workbench as lines that can be pasted or evaluated. */
import { readCredentials } from '#access';
import { EXPORT_FORMATS, renderExports } from '#base';
import type { ExportFormat, Variables } from '#base';
import { readServerLock } from '#store';
import { defineCommand } from '#surface';
import { cliErrors } from '../errors.ts';
import { toServerHome } from './server/server-home.ts';

/** Where `coaia up` listens unless it is told otherwise. */
const DEFAULT_ADDRESS = 'http://127.0.0.1:26242';

export const command = defineCommand({
  words: 'keys',
  summary: 'Print address and keys for SDKs as environment variables',
  description:
    'The first project of this home. Programs that use a Langfuse SDK need these three variables; --otel adds those of OpenTelemetry exporters.',
  positionals: [],
  options: {
    export: { type: 'boolean', summary: 'Lines for eval: export NAME=...' },
    'export-format': {
      type: 'string',
      choices: EXPORT_FORMATS,
      placeholder: 'FORMAT',
      summary: 'Another form: sh, fish, powershell, dotenv, json, github',
    },
    otel: { type: 'boolean', summary: 'Also the variables of OpenTelemetry exporters' },
  },
  examples: ['coaia keys', 'eval "$(coaia keys --export)"', 'coaia keys --export-format dotenv'],
  run: async (context, { options }) => {
    const { paths } = toServerHome(context, {});
    const state = await readCredentials(paths.credentials);
    if (state.kind !== 'present') {
      throw cliErrors.create('COAIA-0506', `There are no keys in ${paths.credentials} yet.`, {
        hint: 'coaia up',
      });
    }
    const url = readServerLock(paths.home)?.url ?? DEFAULT_ADDRESS;
    const { publicKey, secretKey } = state.credentials;
    const variables: Variables = [
      ['LANGFUSE_BASE_URL', url],
      ['LANGFUSE_PUBLIC_KEY', publicKey],
      ['LANGFUSE_SECRET_KEY', secretKey],
      ...(options.otel === true ? toOtel(url, publicKey, secretKey) : []),
    ];
    const format = toFormat(options);
    if (context.flags.json) context.out.json(Object.fromEntries(variables));
    else if (format === undefined) {
      for (const [name, value] of variables) context.out.line(`${name}=${value}`);
    } else context.out.line(renderExports(format, variables));
  },
});

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/ : header values are percent-encoded. */
function toOtel(url: string, publicKey: string, secretKey: string): Variables {
  const basic = Buffer.from(`${publicKey}:${secretKey}`).toString('base64');
  return [
    ['OTEL_EXPORTER_OTLP_ENDPOINT', `${url}/api/public/otel`],
    ['OTEL_EXPORTER_OTLP_HEADERS', `Authorization=Basic%20${basic}`],
  ];
}

function toFormat(options: {
  readonly export?: boolean | undefined;
  readonly 'export-format'?: string | undefined;
}): ExportFormat | undefined {
  if (options['export-format'] !== undefined) return options['export-format'] as ExportFormat;
  return options.export === true ? 'sh' : undefined;
}

import type { ServerSession } from '../../lib/server.ts';

/** A way to send a first trace: what it is called and text that works when pasted. */
export interface SnippetTab {
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

interface Keys {
  readonly host: string;
  readonly publicKey: string;
  readonly secretKey: string;
}

/** The snippets with this server's own address and keys filled in. */
export function toSnippets(session: ServerSession): readonly SnippetTab[] {
  const keys: Keys = {
    host: session.server.baseUrl,
    publicKey: session.credentials.publicKey,
    secretKey: session.credentials.secretKey ?? '<secret key>',
  };
  return [
    { id: 'cli', label: 'Command line', text: toCli() },
    { id: 'otlp', label: 'OpenTelemetry', text: toOtlp(keys) },
    { id: 'js5', label: 'Langfuse JS v5', text: toJs5(keys) },
    { id: 'js3', label: 'Langfuse JS v3', text: toJs3(keys) },
    { id: 'python', label: 'Python', text: toPython(keys) },
  ];
}

function toEnv({ host, publicKey, secretKey }: Keys): string {
  return [
    `export LANGFUSE_HOST=${host}`,
    `export LANGFUSE_BASE_URL=${host}`,
    `export LANGFUSE_PUBLIC_KEY=${publicKey}`,
    `export LANGFUSE_SECRET_KEY=${secretKey}`,
  ].join('\n');
}

function toCli(): string {
  return ['# any command becomes a trace', 'coaia trace --name hello -- echo "Hello, trace"'].join(
    '\n',
  );
}

function toOtlp({ host, publicKey, secretKey }: Keys): string {
  const token = btoa(`${publicKey}:${secretKey}`);
  return [
    `export OTEL_EXPORTER_OTLP_ENDPOINT=${host}/api/public/otel`,
    'export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
    `export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Basic%20${encodeURIComponent(token)}"`,
  ].join('\n');
}

function toJs5(keys: Keys): string {
  return [
    toEnv(keys),
    'npm install @langfuse/tracing @langfuse/otel @opentelemetry/sdk-node',
    "cat > hello.mjs <<'JS'",
    "import { NodeSDK } from '@opentelemetry/sdk-node';",
    "import { LangfuseSpanProcessor } from '@langfuse/otel';",
    "import { startActiveObservation } from '@langfuse/tracing';",
    '',
    'const sdk = new NodeSDK({ spanProcessors: [new LangfuseSpanProcessor()] });',
    'sdk.start();',
    "await startActiveObservation('hello', async (span) => {",
    "  span.update({ input: 'Hello?', output: 'Hello, trace' });",
    '});',
    'await sdk.shutdown();',
    'JS',
    'node hello.mjs',
  ].join('\n');
}

function toJs3({ host, publicKey, secretKey }: Keys): string {
  return [
    'npm install langfuse@3',
    "cat > hello.mjs <<'JS'",
    "import { Langfuse } from 'langfuse';",
    '',
    'const langfuse = new Langfuse({',
    `  baseUrl: '${host}',`,
    `  publicKey: '${publicKey}',`,
    `  secretKey: '${secretKey}',`,
    '});',
    "langfuse.trace({ name: 'hello', input: 'Hello?', output: 'Hello, trace' });",
    'await langfuse.shutdownAsync();',
    'JS',
    'node hello.mjs',
  ].join('\n');
}

function toPython(keys: Keys): string {
  return [
    toEnv(keys),
    'pip install langfuse',
    "python3 - <<'PY'",
    'from langfuse import get_client',
    '',
    'langfuse = get_client()',
    'with langfuse.start_as_current_observation(as_type="span", name="hello") as span:',
    '    span.update(input="Hello?", output="Hello, trace")',
    'langfuse.flush()',
    'PY',
  ].join('\n');
}

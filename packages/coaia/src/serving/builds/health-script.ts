/**
 * What a container is asked with: a file beside the program, because images from nothing have no shell and no curl.
 * `node health.mjs http 8000` asks `/health`; `node health.mjs grpc 50051` calls `grpc.health.v1.Health/Check` for
 * the whole server. Ends with 0 when it is ready, with 1 otherwise.
 */
export const HEALTH_SCRIPT = `const [kind, port] = process.argv.slice(2);
const end = (isReady) => process.exit(isReady ? 0 : 1);
setTimeout(() => end(false), 4000);
if (kind === 'http') {
  const { get } = await import('node:http');
  get({ host: '127.0.0.1', port, path: '/health' }, ({ statusCode }) => end(statusCode === 200)).on('error', () => end(false));
} else {
  const { connect } = await import('node:http2');
  const session = connect('http://127.0.0.1:' + port);
  session.on('error', () => end(false));
  const call = session.request({
    ':method': 'POST',
    ':path': '/grpc.health.v1.Health/Check',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  const chunks = [];
  call.on('data', (chunk) => chunks.push(chunk));
  call.on('error', () => end(false));
  // HealthCheckResponse { status: SERVING }: field 1, value 1, after the five bytes of its frame.
  call.on('end', () => end(Buffer.concat(chunks).equals(Buffer.from([0, 0, 0, 0, 2, 8, 1]))));
  call.end(Buffer.alloc(5));
}
`;

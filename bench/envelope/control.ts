/** The trivial server that must meet the same limit in the same minute, or the run says nothing. */
import { createServer } from 'node:http';

const body = JSON.stringify({ status: 'OK', padding: 'x'.repeat(2000) });
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.keepAliveTimeout = 75_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});

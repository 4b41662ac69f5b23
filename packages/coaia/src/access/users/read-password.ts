/** A password from stdin, so that it stands in no history and no list of processes. */
import { invalidRequest } from '#base';

/** The first line. Throws COAIA-0002 when there is none. */
export async function readPassword(context: {
  readonly stdin: () => Promise<Buffer>;
  readonly stdinIsTerminal: boolean;
}): Promise<string> {
  const text = context.stdinIsTerminal ? '' : (await context.stdin()).toString('utf8');
  const [line = ''] = text.split(/\r?\n/);
  if (line !== '') return line;
  throw invalidRequest(
    'The password is read from stdin, and nothing came.',
    undefined,
    'printf %s "$PASSWORD" | coaia users password EMAIL',
  );
}

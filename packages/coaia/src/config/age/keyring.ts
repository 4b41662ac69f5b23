/** The keyring of the system through its own tool: `secret-tool` on Linux, `security` on macOS. */
import type { Env } from '../home.ts';

const SERVICE = 'coaia-env';

interface Tool {
  readonly program: string;
  readonly lookup: readonly string[];
  readonly store: readonly string[];
  /** What the tool reads from stdin, where no list of processes shows it. */
  readonly toInput: (secret: string) => string;
}

/** The account is the path of the home, so that several homes do not share a key. */
function toTool(account: string): Tool {
  if (process.platform === 'darwin') {
    const quoted = `"${account.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
    return {
      program: 'security',
      lookup: ['find-generic-password', '-s', SERVICE, '-a', account, '-w'],
      store: ['-i'],
      toInput: (secret) =>
        `add-generic-password -U -s ${SERVICE} -a ${quoted} -w "${secret.replaceAll('\n', ' ')}"\n`,
    };
  }
  return {
    program: 'secret-tool',
    lookup: ['lookup', 'service', SERVICE, 'account', account],
    store: ['store', '--label=Coaia environment key', 'service', SERVICE, 'account', account],
    toInput: (secret) => secret,
  };
}

function run(env: Env, program: string, words: readonly string[], input: string) {
  const options = { env: { ...env }, input, encoding: 'utf8', timeout: 10_000 } as const;
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { status, stdout } = spawnSync(program, words, options);
  return status === 0 ? stdout : undefined;
}

/** What is kept for this home; undefined when there is no keyring, it is locked, or it has nothing. */
export function readKeyring(env: Env, account: string): string | undefined {
  const tool = toTool(account);
  return run(env, tool.program, tool.lookup, '')?.trim() || undefined;
}

/** Keeps the text and reads it back; false when the keyring cannot be used. */
export function writeKeyring(env: Env, account: string, secret: string): boolean {
  const tool = toTool(account);
  return (
    run(env, tool.program, tool.store, tool.toInput(secret)) !== undefined &&
    readKeyring(env, account) === secret
  );
}

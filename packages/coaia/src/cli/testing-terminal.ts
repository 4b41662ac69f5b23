/** A real terminal for tests: a program in a pseudo terminal of Python, typed at step by step. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** Types `send` and waits until `until` was printed after it, at most `seconds` (default 10). */
export interface Step {
  readonly send: string;
  readonly until?: string;
  readonly seconds?: number;
}

export interface TerminalRun {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

const DRIVER = `
import fcntl, json, os, pty, select, signal, struct, sys, termios, time
spec = json.loads(os.environ.pop('TERMINAL_RUN'))
pid, fd = pty.fork()
if pid == 0:
    os.chdir(spec['cwd'])
    os.execvpe(spec['argv'][0], spec['argv'], spec['env'])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 50, 160, 0, 0))
def read(seconds, until):
    got = b''
    end = time.time() + seconds
    while time.time() < end:
        if select.select([fd], [], [], 0.05)[0]:
            try:
                data = os.read(fd, 65536)
            except OSError:
                return got
            if not data:
                return got
            got += data
            # What shells ask a terminal about itself.
            if b'\\x1b[6n' in data:
                os.write(fd, b'\\x1b[1;1R')
            if b'\\x1b[c' in data or b'\\x1b[0c' in data:
                os.write(fd, b'\\x1b[?62c')
        if until and until.encode() in got:
            return got
    return got
outputs = []
for step in spec['steps']:
    if step['send']:
        os.write(fd, step['send'].encode())
    outputs.append(read(step.get('seconds', 10), step.get('until')).decode('utf8', 'replace'))
try:
    os.kill(pid, signal.SIGKILL)
except ProcessLookupError:
    pass
print(json.dumps(outputs))
`;

/** Why a program cannot be driven here; undefined when it can. */
export function findObstacle(program: string): string | undefined {
  const folders = ['/bin', '/usr/bin', '/usr/local/bin'];
  const missing = ['python3', program].find(
    (name) => !folders.some((folder) => existsSync(`${folder}/${name}`)),
  );
  return missing === undefined ? undefined : `not run: ${missing} is missing`;
}

/** What the program printed after each step, with the terminal's control sequences left out. */
export async function runInTerminal(run: TerminalRun): Promise<readonly string[]> {
  const child = spawn('python3', ['-c', DRIVER], {
    env: { ...process.env, TERMINAL_RUN: JSON.stringify(run) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (data: Buffer) => {
    text += data.toString();
  });
  await new Promise((resolve) => {
    child.once('close', resolve);
  });
  return (JSON.parse(text) as readonly string[]).map((printed) =>
    stripVTControlCharacters(printed),
  );
}

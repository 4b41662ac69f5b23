/** Child processes for the scripts: run one to its end, or in the foreground with signals passed on. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './setup.mjs';

/**
 * Runs a program to its end and keeps what it printed.
 * Returns `{ code, output, seconds }`; never throws, a program that cannot be started has code 127.
 */
export function runQuiet(file, args, options = {}) {
  const begin = Date.now();
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    const end = (code) => resolve({ code, output, seconds: (Date.now() - begin) / 1000 });
    child.on('error', (error) => {
      output += `${error.message}\n`;
      end(127);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}

/** npm ends without its child when it is ended by a signal; then the child would run on unseen. */
function onOrphaned(stop) {
  if (process.env.npm_lifecycle_event === undefined) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 500);
  return () => clearInterval(timer);
}

const waitForChild = () => {};

/**
 * Runs a program in the foreground: its streams are ours, signals are passed on.
 * Returns its exit code; 128 + signal when a signal ended it.
 */
export function runForeground(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options });
    // A terminal sends Ctrl-C to both of us, and a second one would mean "at once".
    const signals = process.stdin.isTTY ? ['SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const pass = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, pass);
    if (process.stdin.isTTY) process.on('SIGINT', waitForChild);
    const forget = onOrphaned(() => child.kill('SIGTERM'));
    const end = (code) => {
      forget();
      for (const signal of signals) process.off(signal, pass);
      process.off('SIGINT', waitForChild);
      resolve(code);
    };
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      end(127);
    });
    child.on('close', (code, signal) => end(code ?? 128 + (constants.signals[signal] ?? 1)));
  });
}

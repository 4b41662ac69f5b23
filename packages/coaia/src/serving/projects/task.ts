/** `[tasks]`: what may be written, and the task that it means. */
import type { Task } from './project.ts';
import { parseDuration } from './setting-check.ts';

const KEYS = ['run', 'needs', 'env', 'cwd', 'timeout'] as const;

interface TaskProblem {
  readonly code: 'AO101' | 'AO102';
  readonly what: string;
  readonly fix: string;
}

type Table = Readonly<Record<string, unknown>>;

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isCommands(value: unknown): boolean {
  return typeof value === 'string' || isTexts(value);
}

/** What is wrong with the value of a task; undefined when nothing is. */
export function checkTask(value: unknown): TaskProblem | undefined {
  if (isCommands(value)) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date)
    return {
      code: 'AO102',
      what: 'is a command, a list of commands, or a table',
      fix: 'write name = "command" or name = ["first", "second"]',
    };
  const table = value as Table;
  const unknown = Object.keys(table).find((key) => !(KEYS as readonly string[]).includes(key));
  if (unknown !== undefined)
    return {
      code: 'AO101',
      what: `has no setting \`${unknown}\``,
      fix: `use one of ${KEYS.join(', ')}`,
    };
  return checkParts(table);
}

interface Rule {
  readonly isRight: (table: Table) => boolean;
  readonly what: string;
  readonly fix: string;
}

const RULES: readonly Rule[] = [
  {
    isRight: ({ run, needs }) => run !== undefined || needs !== undefined,
    what: 'says neither what to run nor what it needs',
    fix: 'add run = "command"',
  },
  {
    isRight: ({ run }) => run === undefined || isCommands(run),
    what: 'has a `run` that is no command',
    fix: 'write run = "command" or a list of them',
  },
  {
    isRight: ({ needs }) => needs === undefined || isTexts(needs),
    what: 'has `needs` that are no list of tasks',
    fix: 'write needs = ["other"]',
  },
  {
    isRight: ({ env }) => env === undefined || isVariables(env),
    what: 'has an `env` that is no table of texts',
    fix: 'write env = { NAME = "value" }',
  },
  {
    isRight: ({ cwd }) => cwd === undefined || typeof cwd === 'string',
    what: 'has a `cwd` that is no folder',
    fix: 'write cwd = "model-service"',
  },
  {
    isRight: ({ timeout }) => timeout === undefined || isTime(timeout),
    what: 'has a `timeout` that is no time',
    fix: 'write timeout = "10m"',
  },
];

function checkParts(table: Table): TaskProblem | undefined {
  const broken = RULES.find(({ isRight }) => !isRight(table));
  return broken === undefined ? undefined : { code: 'AO102', what: broken.what, fix: broken.fix };
}

function isTime(value: unknown): boolean {
  if (typeof value === 'number') return value > 0;
  return typeof value === 'string' && parseDuration(value) !== undefined;
}

function isVariables(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((item) => typeof item === 'string')
  );
}

/** The task of a checked value. A timeout without a unit is in seconds. */
export function toTask(name: string, value: unknown): Task {
  const table = (isCommands(value) ? { run: value } : value) as Table;
  const { run = [], needs = [], env = {}, cwd, timeout } = table;
  const timeoutMs = typeof timeout === 'number' ? timeout * 1000 : parseDuration(String(timeout));
  return {
    name,
    commands: typeof run === 'string' ? [run] : (run as readonly string[]),
    needs: needs as readonly string[],
    env: env as Readonly<Record<string, string>>,
    ...(cwd === undefined ? {} : { cwd: cwd as string }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}

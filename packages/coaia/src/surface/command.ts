/** A command is data plus one handler; parsing, help, completion and docs derive from the data. */
import type { Variables } from '#base';
import type { Column } from './column.ts';
import type { ListValues, ListView } from './list.ts';
import type { Need } from './need.ts';

export interface OptionSpec {
  /** `list` is greedy: it takes tokens up to the next one that starts with a dash. */
  readonly type: 'string' | 'boolean' | 'number' | 'list';
  readonly summary: string;
  /** One letter without the dash. */
  readonly short?: string;
  /** Other long names, without dashes. */
  readonly aliases?: readonly string[];
  /** Single-dash words that set this option: `{ te: 'EVENT' }` makes `-te` mean `--type EVENT`. */
  readonly shorthands?: Readonly<Record<string, string>>;
  readonly placeholder?: string;
  /** Allowed values, compared without regard to case; the declared spelling is what the handler gets. */
  readonly choices?: readonly string[];
  readonly default?: string | number | boolean | readonly string[];
  readonly required?: boolean;
  /** May be given several times; the handler gets an array (string options only). */
  readonly repeatable?: boolean;
  /**
   * Takes `KEY=VALUE` in one word or `KEY VALUE` in two; the handler gets the words as they were written
   * (repeatable string options only).
   */
  readonly isPair?: boolean;
  /** Part of the frozen CoAiAPy option list: unique prefixes are resolved among these first. */
  readonly compat?: boolean;
  readonly hidden?: boolean;
  /** Its value names the profile to use, as --profile does. */
  readonly isProfile?: boolean;
}

export interface PositionalSpec {
  readonly name: string;
  readonly summary: string;
  readonly required?: boolean;
  /** Takes all that remain; must be last. */
  readonly variadic?: boolean;
}

type ValueOf<O extends OptionSpec> = O['type'] extends 'boolean'
  ? boolean
  : O['type'] extends 'number'
    ? number
    : O['type'] extends 'list'
      ? readonly string[]
      : O extends { readonly repeatable: true }
        ? readonly string[]
        : string;

type OptionValues<O extends Readonly<Record<string, OptionSpec>>> = {
  readonly [K in keyof O]:
    | ValueOf<O[K]>
    | (O[K] extends { readonly default: unknown } | { readonly required: true }
        ? never
        : undefined);
};

type PositionalValues<P extends readonly PositionalSpec[]> = {
  readonly [K in P[number] as K['name']]: K extends { readonly variadic: true }
    ? readonly string[]
    : K extends { readonly required: true }
      ? string
      : string | undefined;
};

/** stdout carries only the result; everything else goes to stderr. */
export interface Output {
  /** A result line on stdout. */
  line(text: string): void;
  /** Result bytes exactly as given, no newline added. */
  raw(text: string): void;
  /** The same for bytes that need not be text. */
  bytes(bytes: Uint8Array): void;
  /** The result as pretty JSON on stdout. */
  json(value: unknown): void;
  /** ASCII frame of the CoAiAPy contract, ending in `Total <things>: N`; empty: `No <things> found.` */
  table<Row>(things: string, rows: readonly Row[], columns: readonly Column<Row>[]): void;
  /** The rows in the form that `listOptions` and --json ask for; a table otherwise. Exit 2 for two forms at once. */
  list<Row extends object>(view: ListView<Row>, options: ListValues): void;
  /** Notices, progress and confirmations: stderr, silent under --quiet. */
  notice(text: string): void;
  /** A confirmation: stdout, unless --json, --quiet or --export-env is given (then stderr or nothing). */
  confirm(text: string): void;
  /** Tells `coaia shell` and completion which variables this result sets, whether or not they were asked for. */
  exported(variables: Variables): void;
  /** Terminal styling that honours NO_COLOR, --no-color and pipes. */
  style(kind: 'bold' | 'muted' | 'ok' | 'warn' | 'error' | 'accent', text: string): string;
  /** Width of the terminal in columns; 80 when stdout is not a terminal. */
  readonly width: number;
  readonly isTerminal: boolean;
}

export interface GlobalFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly yes: boolean;
  readonly noInput: boolean;
  readonly debug: boolean;
  readonly color: boolean;
  /** Seconds; undefined means the default of the operation. */
  readonly timeout: number | undefined;
  readonly profile: string | undefined;
}

/** What a handler receives besides its own values. */
export interface CommandContext<Api> {
  /** Opens what the command declared in `needs` (local store or remote server), once. */
  readonly open: () => Promise<Api>;
  readonly out: Output;
  readonly flags: GlobalFlags;
  /** Process environment overlaid by `--env` files; never mutated. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What each --env file holds, in the order given; `env` contains it already. For `resolveSettings`. */
  readonly envFiles: readonly {
    readonly path: string;
    readonly values: Readonly<Record<string, string>>;
  }[];
  readonly cwd: string;
  /** All of stdin as bytes; empty when it is a terminal. */
  readonly stdin: () => Promise<Buffer>;
  readonly stdinIsTerminal: boolean;
  /**
   * Asks before something that cannot be undone. True at once with --yes; asks on the terminal (stderr);
   * without a terminal or with --no-input it throws COAIA-0504 (exit 2), whose hint is to add --yes.
   */
  readonly confirm: (question: string) => Promise<boolean>;
  /** Aborted by Ctrl-C or --timeout. */
  readonly signal: AbortSignal;
}

export interface CommandSpec<
  Api,
  P extends readonly PositionalSpec[],
  O extends Readonly<Record<string, OptionSpec>>,
> {
  /** The words as typed, for example `fuse traces create`. */
  readonly words: string;
  readonly summary: string;
  readonly description?: string;
  readonly needs?: Need<Api>;
  readonly positionals: P;
  readonly options: O;
  /** Everything after `--` is passed on verbatim as `rest` (commands that run other commands). */
  readonly takesRest?: boolean;
  /** How `rest` stands in the usage line; `-- COMMAND [ARGS...]` when absent, nothing when empty. */
  readonly restUsage?: string;
  /**
   * Options that are not declared are passed on in `rest`, each with the value behind it: their names come from what
   * the command works on. Declared options are then not abbreviated.
   */
  readonly takesUnknown?: boolean;
  /** After Ctrl-C it ends by itself, in its own time and with its own exit code (a server). */
  readonly endsItself?: boolean;
  /** At least one line that works when pasted. */
  readonly examples: readonly string[];
  /** Returns an exit code (`EXIT`), or nothing for 0. Throws CoaiaError for failures. */
  readonly run: (
    context: CommandContext<Api>,
    input: {
      readonly options: OptionValues<O>;
      readonly args: PositionalValues<P>;
      readonly rest: readonly string[];
    },
  ) => Promise<number | void>;
}

/** A command with its types forgotten, as the router holds it. */
export type Command = CommandSpec<
  never,
  readonly PositionalSpec[],
  Readonly<Record<string, OptionSpec>>
>;

/** Checks a command's types where it is written and returns it as table material. */
export function defineCommand<
  Api,
  const P extends readonly PositionalSpec[],
  const O extends Readonly<Record<string, OptionSpec>>,
>(spec: CommandSpec<Api, P, O>): Command {
  return spec as unknown as Command;
}

/** One line of a room's `commands.ts`: cheap to import, so help and routing load no command. */
export interface CommandEntry {
  readonly words: string;
  readonly summary: string;
  /** Other full spellings that mean the same command. */
  readonly aliases?: readonly string[];
  /** Answers when only the group's words are typed (`fuse traces` lists). */
  readonly groupDefault?: string;
  /** Boolean options that may stand between the group's words and an action (`fuse traces --x trace-view T`). */
  readonly leadingOptions?: readonly string[];
  /** Counts only when the line contains `--`; otherwise the words mean something else (`trace` is `traces`). */
  readonly onlyWithRest?: boolean;
  /**
   * Words that, typed behind this command, mean another one: `ops run up` is `ops up`, its last word replaced. Only
   * exactly these; any other word stays an argument.
   */
  readonly forwards?: readonly string[];
  readonly hidden?: boolean;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** What a command showed, kept until it has ended well: completion learns names from it. */
import type { Variables } from '#base';
import type { Command } from '#surface';
import type { Listed } from './completion/learn.ts';
import type { Environment } from './environment.ts';
import type { CliIo } from './io.ts';

export interface Witness {
  readonly onList: (things: string, rows: readonly unknown[]) => void;
  readonly onExported: (variables: Variables) => void;
  /** Keeps the names when a person is at the terminal; scripts pay nothing for it. */
  readonly learn: (command: Command, input: Input, where: Where) => Promise<void>;
}

interface Input {
  readonly options: Readonly<Record<string, unknown>>;
  readonly args: Readonly<Record<string, unknown>>;
}

interface Where {
  readonly environment: Environment;
  readonly profile: string | undefined;
}

/** Watches one command. */
export function createWitness(io: CliIo): Witness {
  const listed: Listed[] = [];
  let exported: Readonly<Record<string, string>> = {};
  return {
    onList: (things, rows) => listed.push({ things, rows }),
    onExported: (variables) => {
      exported = { ...exported, ...Object.fromEntries(variables) };
      io.onExported?.(variables);
    },
    learn: async (command, { options, args }, { environment, profile }) => {
      if (!io.stdinIsTerminal && !io.stdoutIsTerminal) return;
      const { learn } = await import('./completion/learn.ts');
      const { env, files } = environment;
      const where = { env, cwd: io.cwd, envFiles: files };
      learn(
        { command, options, args, listed, exported },
        profile === undefined ? where : { ...where, profile },
      );
    },
  };
}

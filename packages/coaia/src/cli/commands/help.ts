import { version } from '#base';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { describeAll, describeCommand } from '../describe.ts';
import { renderCommandHelp, renderGroupHelp } from '../help.ts';
import { renderGlobalOptions, renderRootHelp } from '../root-help.ts';
import { findRoute } from '../route.ts';
import type { Route } from '../route.ts';
import { toUnknownCommand } from '../signposts.ts';
import { allCommands } from '../tables.ts';

type Context = Pick<CommandContext<unknown>, 'out' | 'flags'>;

async function printAll({ out, flags }: Context): Promise<void> {
  if (flags.json) out.json(await describeAll(allCommands, version));
  else out.raw(renderRootHelp(allCommands, out.width));
}

async function printGroup({ out, flags }: Context, group: readonly string[]): Promise<void> {
  if (!flags.json) {
    out.raw(renderGroupHelp(allCommands, group, out.width));
    return;
  }
  const prefix = `${group.join(' ')} `;
  const inside = allCommands.filter(({ words, aliases = [] }) =>
    [words, ...aliases].some((spelling) => spelling.startsWith(prefix)),
  );
  out.json(await describeAll(inside, version));
}

async function printCommand(
  { out, flags }: Context,
  { entry, words }: Extract<Route, { readonly kind: 'command' }>,
): Promise<void> {
  const { command: found } = await entry.load();
  if (flags.json) out.json(describeCommand(entry, found));
  else out.raw(renderCommandHelp(entry, found, words, out.width));
}

export const command = defineCommand({
  words: 'help',
  summary: 'Show help for a command, a group or all of it',
  positionals: [
    { name: 'words', summary: 'A command or group; nothing: all of them', variadic: true },
  ],
  options: {},
  examples: ['coaia help', 'coaia help config set', 'coaia help --json'],
  run: async (context, { args: { words } }) => {
    if (words.length === 0) return printAll(context);
    if (words.join(' ') === 'options') {
      context.out.raw(renderGlobalOptions(context.out.width));
      return;
    }
    // With `--`, so that commands which need it are found too.
    const route = findRoute(allCommands, [...words, '--']);
    if (route.kind === 'none') return printAll(context);
    const unknown = route.kind === 'group' ? route.unknown : route.line[0];
    if (unknown !== undefined && unknown !== '--')
      throw toUnknownCommand(allCommands, route.words, unknown);
    return route.kind === 'command' && !route.byDefault
      ? printCommand(context, route)
      : printGroup(context, route.words);
  },
});

/** `coaia tlid`: times as 12 digits, and back. */
import { systemClock, toIso } from '#base';
import { defineCommand } from '#surface';
import { parseTimeArgument, toTlid } from '../time-argument.ts';

export const command = defineCommand({
  words: 'tlid',
  summary: 'Print a time as TLID (yyMMddHHmmss), or a TLID as ISO 8601',
  positionals: [{ name: 'time', summary: 'Any time that --start-time takes (default now)' }],
  options: {
    utc: { type: 'boolean', summary: 'In UTC (the default)' },
    local: { type: 'boolean', summary: "In this machine's zone" },
    tz: { type: 'string', placeholder: 'ZONE', summary: 'In this zone' },
    iso: { type: 'boolean', summary: 'Print ISO 8601 instead of digits' },
  },
  examples: ['coaia tlid', 'coaia tlid 251216143022 --iso', 'coaia tlid -5m --local'],
  async run({ out, flags }, { options, args }) {
    const now = systemClock();
    const zone = options.tz ?? (options.local === true ? 'local' : 'UTC');
    const iso = args.time === undefined ? toIso(now) : parseTimeArgument(args.time, { now, zone });
    const tlid = toTlid(Date.parse(iso), zone);
    if (flags.json) out.json({ tlid, iso: toIso(Date.parse(iso)) });
    else out.line(options.iso === true ? toIso(Date.parse(iso)) : tlid);
  },
});

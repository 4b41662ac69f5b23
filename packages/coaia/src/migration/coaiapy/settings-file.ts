/** coaia.json: old keys to settings, and closed to others. */
import { chmodSync, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  backUp,
  createFolder,
  parseJsonRecord,
  readSmallFile,
  toMasked,
  updateFile,
  writeWholeFile,
} from '#config';
import type { JsonRecord, SettingsTools } from '#config';
import { asIs, toProblem } from './finding.ts';
import type { Finding } from './finding.ts';

const KIND = 'settings';

/** Keys that CoAiAPy wrote and nothing reads any more. */
const UNREAD =
  /^(?:model2|username|user_id|ca_mns|langfuse_auth3|langfuse_project|dalle_api_endpoint|pyapp_dalle_api_2405|default_size|default_preprompt_instruction\w*|\w*pre_prompt)$/;

function isOpen(path: string): boolean {
  return process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
}

function findUnmapped(
  { findSettingsProblems }: SettingsTools,
  path: string,
  text: string,
  record: JsonRecord,
): readonly string[] {
  const past = Object.keys(record).filter((key) => UNREAD.test(key));
  const odd = findSettingsProblems(path, text, false).map(
    ({ key, line, message }) => `${key}${line === undefined ? '' : ` (line ${line})`} ${message}`,
  );
  return [...past.map((key) => `${key} is read by nothing`), ...odd];
}

/** A file at one of the usual places; undefined when it is not there. */
export function inspectSettings(path: string, tools: SettingsTools): Finding | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const text = readSmallFile(path) ?? '';
    const record = parseJsonRecord(path, text) ?? {};
    const { moves } = tools.moveOldKeys(record);
    const isClosed = !isOpen(path);
    const changes = [
      ...moves.map(({ from, to, value, isDropped }) => {
        const shown = JSON.stringify(toMasked(from.replaceAll('.', '_'), String(value)));
        return { text: isDropped ? `${from}: ${shown} goes` : `${from}: ${shown} becomes ${to}` };
      }),
      ...(isClosed ? [] : [{ text: 'closed to other users (0600)' }]),
    ];
    const note = 'read as it is; tags, mns and model names keep their keys';
    const unmapped = findUnmapped(tools, path, text, record);
    const base = { ...asIs(path, KIND, note), unmapped };
    return changes.length === 0
      ? base
      : { ...base, changes, apply: () => convert(path, moves.length > 0, tools) };
  } catch (error) {
    return toProblem(path, KIND, error);
  }
}

function convert(
  path: string,
  hasMoves: boolean,
  { moveOldKeys }: SettingsTools,
): string | undefined {
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  if (!hasMoves) return undefined;
  const backup = backUp(path);
  updateFile(path, () => {
    const record = parseJsonRecord(path, readSmallFile(path) ?? '') ?? {};
    return `${JSON.stringify(moveOldKeys(record).record, null, 2)}\n`;
  });
  return backup;
}

/** A file at an old place that counts only while there is no coaia.json: it is copied to the usual one. */
export function inspectOldPlace(
  path: string,
  target: string,
  tools: SettingsTools,
): Finding | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const text = readSmallFile(path) ?? '';
    const record = parseJsonRecord(path, text) ?? {};
    const copy = () => {
      createFolder(dirname(target));
      writeWholeFile(target, `${JSON.stringify(tools.moveOldKeys(record).record, null, 2)}\n`);
      return undefined;
    };
    const base = asIs(path, KIND, 'read only while there is no coaia.json');
    const changes = [{ text: `copied to ${target}` }];
    return { ...base, changes, unmapped: findUnmapped(tools, path, text, record), apply: copy };
  } catch (error) {
    return toProblem(path, KIND, error);
  }
}

import type { QueryClient } from '@tanstack/react-query';
import { promptsQuery, versionQuery } from '../../curation/prompts/queries.ts';
import type { Column } from './draft.ts';
import { toCallColumn, toPromptColumn } from './from-stored.ts';
import { callQuery } from './queries.ts';

/** What a first column may start from. */
export interface Start {
  readonly prompt: string | undefined;
  readonly version: string | undefined;
  readonly observation: string | undefined;
}

/** Reads the recorded call or the stored prompt; the newest version without a number. Rejects with ApiError. */
export async function readStart(
  client: QueryClient,
  project: string,
  { prompt = '', version, observation }: Start,
): Promise<Partial<Column>> {
  if (observation !== undefined)
    return toCallColumn(await client.query(callQuery(project, observation)));
  const number =
    version === undefined ? await readNewest(client, project, prompt) : Number(version);
  return toPromptColumn(await client.query(versionQuery(project, prompt, number, true)));
}

async function readNewest(client: QueryClient, project: string, name: string): Promise<number> {
  const rows = await client.query(promptsQuery(project));
  return Math.max(1, ...(rows.find((row) => row.name === name)?.versions ?? []));
}

/** `GET /api/v1/about`: what runs here, where its data lies, and whose work is in it. */
import { readFile } from 'node:fs/promises';
import { isAdministrator } from '#base';
import { defineRoute } from '#surface';
import { z } from 'zod';
import { LANGFUSE_VERSION, platformPorts } from './platform-ports.ts';

const about = z.object({
  coaia: z.string(),
  langfuse: z.string(),
  node: z.string(),
  platform: z.string(),
  licence: z.string(),
  store: z.object({
    dialect: z.enum(['sqlite', 'postgres']),
    engine: z.string(),
    schemaVersion: z.int(),
    durability: z.enum(['full', 'relaxed']),
    bytes: z.number(),
    location: z.string().nullable(),
  }),
  software: z.array(z.object({ name: z.string(), version: z.string(), licence: z.string() })),
});

export const getAbout = defineRoute({
  method: 'GET',
  path: '/api/v1/about',
  operation: 'about.get',
  summary: 'Versions, store and licences; where the data lies is told to owners and admins.',
  access: 'page',
  permission: 'project:read',
  needs: platformPorts,
  response: about,
  handler: async ({ api, scope }) => {
    const info = await api.db.info();
    return {
      json: {
        coaia: api.version,
        langfuse: LANGFUSE_VERSION,
        node: process.versions.node,
        platform: `${process.platform} ${process.arch}`,
        licence: 'Apache-2.0',
        store: {
          dialect: info.dialect,
          engine: info.engineVersion,
          schemaVersion: info.schemaVersion,
          durability: info.durability,
          bytes: info.bytes + info.walBytes,
          location: isAdministrator(scope) ? info.location : null,
        },
        software: parseNotices(await readNotices()),
      },
    };
  },
});

/** Stands beside the built program; sources bundle nothing and have none. */
async function readNotices(): Promise<string> {
  try {
    return await readFile(new URL('THIRD-PARTY-NOTICES', import.meta.url), 'utf8');
  } catch {
    return '';
  }
}

/** The headings of the notices: `name version (licence)` between two rules. */
export function parseNotices(text: string) {
  const headings = text.matchAll(/^-{78}\n(\S+) (\S+) \((.+)\)\n-{78}$/gm);
  return [...headings].map(([, name = '', version = '', licence = '']) => ({
    name,
    version,
    licence,
  }));
}

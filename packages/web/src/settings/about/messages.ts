import { createCatalogue } from '../../lib/i18n.ts';

const en = {
  title: 'This server',
  failed: 'The facts about this server could not be read.',
  coaia: 'Coaia',
  langfuse: 'Speaks the API of Langfuse',
  node: 'Node',
  platform: 'Machine',
  address: 'Address',
  store: 'Store',
  engines: { sqlite: 'SQLite', postgres: 'PostgreSQL' },
  schema: 'Schema',
  durability: 'Durability',
  size: 'Size',
  location: 'Where the data lies',
  hidden: 'told to owners and admins',
  licence: 'Licence',
  software: {
    title: 'Software in it',
    lead: 'Each part stays under its own licence; the texts lie in THIRD-PARTY-NOTICES beside the program.',
    none: 'The list is made when the program is built; this server runs from its sources.',
    list: 'Software in Coaia',
    name: 'Name',
    version: 'Version',
    licence: 'Licence',
  },
};

/** Words of the part about the server. */
export const words = createCatalogue({ en });

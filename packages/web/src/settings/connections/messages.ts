import { createCatalogue } from '../../lib/i18n.ts';

const en = {
  title: 'Model connections',
  lead: 'Servers that the playground and evaluators ask. Test really calls the server and lists its models.',
  addLead:
    'A connection of the same name is replaced. The key is stored encrypted and never shown again.',
};

/** Words of the part about model connections. */
export const words = createCatalogue({ en });

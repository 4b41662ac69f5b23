import { createCatalogue } from '../../lib/i18n.ts';

const en = {
  title: 'This project',
  failed: 'The settings of the project could not be read.',
  saveFailed: 'The settings could not be saved.',
  saved: 'Project saved',
  name: 'Name',
  id: 'Id',
  organization: 'Organization',
  labels: 'Protected labels of prompts',
  labelsHint: 'With commas, such as production, staging. Only owners and admins move them.',
  strict: 'Limits of Langfuse',
  strictHint: 'Strict refuses what Langfuse would refuse; a move to it then needs no change.',
  stricts: { server: 'As the server is set', on: 'Strict', off: 'Coaia’s own' },
  metadata: 'Metadata',
  metadataHint: 'A JSON object for your own use; it comes with the project over the API.',
  metadataObject: 'Metadata is a JSON object.',
  projects: {
    title: 'Projects',
    lead: 'Each project has records, prompts, keys and settings of its own.',
    label: 'Projects you may enter',
    open: 'Open',
    opening: (name: string) => `Open ${name}`,
    openFailed: 'The project could not be opened.',
    here: 'open now',
    role: 'Your role',
    add: 'Add project',
    addFailed: 'The project could not be added.',
    added: (name: string) => `Project ${name} added`,
    newName: 'Name of the new project',
    actions: 'Actions',
  },
  remove: {
    title: 'Delete this project',
    lead: 'The project closes at once, and everything it holds is removed in the background: traces, prompts, datasets, files, keys.',
    action: 'Delete project',
    failed: 'The project could not be deleted.',
    last: 'This is the only project you may enter; add another one first.',
    confirm: (name: string) =>
      `Programs that send to ${name} are refused from now on. Nothing of it can be brought back, except from a backup: coaia db backup.`,
  },
};

/** Words of the project's own settings. */
export const words = createCatalogue({ en });

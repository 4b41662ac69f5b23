import { createCatalogue } from '../lib/i18n.ts';

const en = {
  title: 'Settings',
  sections: {
    general: 'Project',
    members: 'Members',
    keys: 'API keys',
    connections: 'Model connections',
    models: 'Models and prices',
    retention: 'Retention',
    media: 'Media',
    exports: 'Scheduled exports',
    appearance: 'Appearance',
    about: 'About',
  },
  menu: 'Parts of the settings',
  missing: 'There is no such part of the settings',
  readOnly: (role: string, permission: string) =>
    `You can look but not change: ${role} lacks the permission ${permission}. Owners and admins can give you another role.`,
  refused: (role: string, permission: string) =>
    `This part is not shown: ${role} lacks the permission ${permission}. Owners and admins can give you another role.`,
  roleOf: (role: string) => `the role ${role.toLowerCase()}`,
  keyOf: 'a key without a role',
  meFailed: 'Who you are could not be read.',
  save: 'Save',
  discard: 'Discard',
  appearance: {
    lead: 'Kept in this browser; nothing of it leaves this machine.',
    theme: 'Theme',
    density: 'Rows of lists',
    times: 'Times',
    keysOn: 'Single letters such as j, k and g t act at once',
    keysHint:
      'Switch them off if you steer by voice or press keys by accident; Ctrl+K and all others stay.',
    sample: 'A time in the lists',
  },
};

/** Words of the settings. */
export const words = createCatalogue({ en });

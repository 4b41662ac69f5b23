import { createCatalogue } from '../../lib/i18n.ts';

const en = {
  title: 'Members',
  lead: 'Everybody who may be in this project, with the role that counts here.',
  failed: 'The members could not be read.',
  empty:
    'Nobody but the owner of this machine. Invite somebody below; they sign in by a link that you give them.',
  list: 'Members of this project',
  name: 'Name',
  role: 'Role',
  from: 'From',
  fromProject: 'this project',
  fromOrganization: 'the organization',
  inactive: 'signed out for good',
  actions: 'Actions',
  roleFor: (name: string) => `Role of ${name}`,
  remove: (name: string) => `Take the role of ${name} in this project away`,
  removed: (name: string) => `${name} has no role of their own here any more`,
  removeFailed: 'The role could not be taken away.',
  changed: (name: string, role: string) => `${name} is ${role} here`,
  changeFailed: 'The role could not be changed.',
  invite: 'Invite somebody',
  inviteLead: 'Somebody new gets a link that signs them in once, within ten minutes.',
  email: 'E-mail address',
  personName: 'Name (may be empty)',
  inviteAction: 'Invite',
  inviteFailed: 'The invitation did not work.',
  invited: (email: string) => `${email} is in`,
  linkTitle: (email: string) => `Give ${email} this link; it works once, within ten minutes`,
  link: 'Sign-in link',
  roles: {
    title: 'What each role may do',
    lead: 'Made from the table by which the server decides. A key without a role may do what stands below Key.',
    failed: 'The table of roles could not be read.',
    list: 'What each role may do',
    what: 'May',
    key: 'Key',
    yes: 'yes',
    no: 'no',
    names: { OWNER: 'Owner', ADMIN: 'Admin', MEMBER: 'Member', VIEWER: 'Viewer', NONE: 'None' },
  },
};

/** Words of the members. */
export const words = createCatalogue({ en });

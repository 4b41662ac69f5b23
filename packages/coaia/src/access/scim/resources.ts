/** What SCIM clients ask first: what this server can, which resources it has, how they look (RFC 7643, 5 to 7). */
import { LIST_SCHEMA, USER_SCHEMA } from './scim-user.ts';

const PATH = '/api/public/scim';

export const SERVICE_PROVIDER_CONFIG = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  documentationUri: 'https://www.rfc-editor.org/rfc/rfc7644',
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: 100 },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [
    {
      name: 'HTTP Basic',
      description: 'Public key and secret key of an organization.',
      specUri: 'https://www.rfc-editor.org/rfc/rfc7617',
      type: 'httpbasic',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${PATH}/ServiceProviderConfig` },
};

export const RESOURCE_TYPES = {
  schemas: [LIST_SCHEMA],
  totalResults: 1,
  Resources: [
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      id: 'User',
      name: 'User',
      endpoint: '/Users',
      description: 'Somebody who belongs to the organization.',
      schema: USER_SCHEMA,
      schemaExtensions: [],
      meta: { resourceType: 'ResourceType', location: `${PATH}/ResourceTypes/User` },
    },
  ],
};

interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: string;
  readonly returned: string;
  readonly uniqueness: string;
  readonly subAttributes?: readonly Attribute[];
}

/** An attribute that may be written, with what differs from the usual. */
function toAttribute(
  name: string,
  description: string,
  change: Partial<Attribute> = {},
): Attribute {
  return {
    name,
    type: 'string',
    description,
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...change,
  };
}

export const SCHEMAS = {
  schemas: [LIST_SCHEMA],
  totalResults: 1,
  Resources: [
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: USER_SCHEMA,
      name: 'User',
      description: 'Somebody who belongs to the organization.',
      attributes: [
        toAttribute('userName', 'The address, by which people sign in.', {
          required: true,
          mutability: 'immutable',
          uniqueness: 'server',
        }),
        toAttribute('name', 'The name.', {
          type: 'complex',
          subAttributes: [toAttribute('formatted', 'The whole name.')],
        }),
        toAttribute('emails', 'The address again.', {
          type: 'complex',
          multiValued: true,
          mutability: 'readOnly',
          subAttributes: [
            toAttribute('value', 'The address.', { mutability: 'readOnly' }),
            toAttribute('type', 'Always work.', { mutability: 'readOnly' }),
            toAttribute('primary', 'Always true.', { type: 'boolean', mutability: 'readOnly' }),
          ],
        }),
        toAttribute('active', 'False takes the user out of the organization.', {
          type: 'boolean',
        }),
        toAttribute('roles', 'One of OWNER, ADMIN, MEMBER, VIEWER, NONE.', {
          multiValued: true,
          mutability: 'writeOnly',
          returned: 'never',
        }),
      ],
      meta: { resourceType: 'Schema', location: `${PATH}/Schemas/${USER_SCHEMA}` },
    },
  ],
};

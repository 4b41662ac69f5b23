/** What the page of settings reads and writes, below `/api/v1`. */
import type { ApiKey, RoleName } from './administration-api.ts';

/** `GET /api/v1/me`. */
export interface Me {
  /** Null for keys and for the owner of the machine. */
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly name: string | null;
  } | null;
  readonly via: 'key' | 'page' | 'local';
  /** In the project that is open; null for keys without a role. */
  readonly role: RoleName | null;
  /** Names such as `prompts:write`; the table is docs/reference/permissions.md. */
  readonly permissions: readonly string[];
  readonly projectId: string;
  readonly organizations: readonly OwnPlace[];
  readonly projects: readonly (OwnPlace & { readonly organizationId: string })[];
}

export interface OwnPlace {
  readonly id: string;
  readonly name: string;
  readonly role: RoleName | null;
}

/** `GET` and `PATCH /api/v1/projects/{projectId}`. */
export interface ProjectSettings {
  readonly id: string;
  readonly name: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Null: everything is kept. */
  readonly retentionDays: number | null;
  /** Null: as the server is set. */
  readonly strict: boolean | null;
  readonly protectedLabels: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Body of the `PATCH`; what is not given stays. */
export type ProjectSettingsChange = Partial<
  Pick<ProjectSettings, 'name' | 'metadata' | 'retentionDays' | 'strict' | 'protectedLabels'>
>;

/** `GET /api/v1/projects/{projectId}/api-keys`: `{ apiKeys }`; `POST` answers with a NewApiKey. */
export interface ProjectApiKey extends ApiKey {
  readonly role: RoleName | null;
  readonly requestsPerMinute: number | null;
  /** Null: what its role says. */
  readonly scopes: readonly string[] | null;
}

/** Body of the `POST`. */
export interface ProjectApiKeyDraft {
  readonly note?: string | null;
  readonly publicKey?: string | null;
  readonly secretKey?: string | null;
  /** ISO 8601 with an offset. */
  readonly expiresAt?: string | null;
  readonly role?: RoleName | null;
  readonly requestsPerMinute?: number | null;
  readonly scopes?: readonly string[] | null;
}

/** `GET /api/v1/projects/{projectId}/members`: `{ members }`. */
export interface ProjectMember {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  /** The role that counts in this project. */
  readonly role: RoleName;
  readonly organizationRole: RoleName;
  /** Null: the organization's role counts. */
  readonly projectRole: RoleName | null;
  readonly isActive: boolean;
}

/** Body of the `PUT`: somebody known, or anybody by address, who is invited when nobody has it. */
export type ProjectMemberDraft =
  | { readonly userId: string; readonly role: RoleName }
  | { readonly email: string; readonly name?: string | null; readonly role: RoleName };

/** Answer of the `PUT`; `signInPath` signs somebody new in once, within ten minutes. */
export interface ProjectMemberChange {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: RoleName;
  readonly signInPath: string | null;
}

import { queryOptions, useQuery } from '@tanstack/react-query';
import { sendRequest } from '../lib/api.ts';

/** Who is asking, and what they may. */
export interface Me {
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly name: string | null;
  } | null;
  readonly role: string | null;
  readonly permissions: readonly string[];
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly projects: readonly {
    readonly id: string;
    readonly name: string;
    readonly role: string | null;
  }[];
}

/** `GET /api/v1/me`. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => sendRequest<Me>('/api/v1/me', { signal }),
});

/** True when the person may; false until it is known. */
export function useMay(permission: string): boolean {
  return useQuery(meQuery).data?.permissions.includes(permission) ?? false;
}

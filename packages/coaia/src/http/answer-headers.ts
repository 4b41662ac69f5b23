/** Headers every answer carries, and the few that only some do. */

/** Policy of the page: nothing from elsewhere, nothing inline, no frames around it. */
export const PAGE_POLICY = [
  "default-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "style-src 'self'",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ');

const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const;

/** For API answers: no cache keeps them and nothing in them is ever run. */
export const API_HEADERS: Readonly<Record<string, string>> = {
  ...COMMON,
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** For the page and its files; caching is decided per file. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  ...COMMON,
  'cross-origin-opener-policy': 'same-origin',
  'content-security-policy': PAGE_POLICY,
};

/** Browsers on any page may call what a public key opens; without credentials the cookie stays out. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};

/** Answer to a preflight: the headers that were asked for, if they look like header names. */
export function toPreflightHeaders(
  methods: string,
  requested: string | null | undefined,
): Readonly<Record<string, string>> {
  const isPlain =
    requested !== null && requested !== undefined && /^[\w\-, ]{1,1000}$/.test(requested);
  return {
    ...CORS_HEADERS,
    'access-control-allow-methods': methods,
    'access-control-allow-headers': isPlain ? requested : 'authorization, content-type',
    'access-control-max-age': '86400',
    vary: 'access-control-request-headers',
  };
}

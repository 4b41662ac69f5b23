/** See postgres.mjs. */
export function openPostgres(options?: {
  readonly durable?: boolean;
}): Promise<{ url?: string; reason?: string; close?: () => Promise<void> }>;

/** See redis.mjs. */
export function openRedis(
  wanted?: number,
): Promise<{ url?: string; port?: number; reason?: string; close?: () => Promise<void> }>;

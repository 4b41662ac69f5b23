/** Entity tags of prompts (RFC 9110, 8.8.3): the same tag means the same answer. */
import { hash } from 'node:crypto';
import type { Prompt } from '@coaia/client';

/**
 * A strong tag. Within one version only labels, tags and what was put in can change; the rest is named by the id
 * and never changes, so it need not be read again.
 */
export function toEntityTag(prompt: Prompt): string {
  const { id, updatedAt, labels, tags, resolutionGraph } = prompt;
  const changing = resolutionGraph === null ? null : [resolutionGraph, prompt.prompt];
  const text = JSON.stringify([id, updatedAt, labels, tags, changing]);
  return `"${hash('sha1', text, 'base64url')}"`;
}

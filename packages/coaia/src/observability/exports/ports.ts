/** What exports take besides the store. */
import type { Egress } from '#egress';
import { needs } from '#surface';
import type { ExportsApi } from '@coaia/client';
import type { ObservabilityPorts } from '../ports.ts';

/** Encrypts what lies in the store; wired in main/ to the one of the models room. */
export interface SecretKeeper {
  seal(text: string, context: string): SealedText;
  open(secret: SealedText, context: string): string;
}

interface SealedText {
  readonly keyId: string;
  readonly sealed: string;
}

export interface ExportPorts extends ObservabilityPorts {
  readonly secrets: SecretKeeper;
  /** The way to buckets. */
  readonly egress: Pick<Egress, 'fetch'>;
  /** Folder below which projects may export; undefined: none may. */
  readonly exportFolder?: string | undefined;
  /** Hosts, with or without port, that may be private or plain HTTP. */
  readonly exportHosts: readonly string[];
}

export const exportPorts = needs<ExportPorts>('export-ports');

/** What the commands about exports take. */
export const exportsApi = needs<ExportsApi>('exports');

/** Models as a gateway sees them: every version there is, and who gets which. */
import type { Traffic } from './traffic.ts';
import type { VersionManifest } from './version.ts';

export interface CatalogModel {
  readonly name: string;
  readonly traffic: Traffic;
  readonly versions: ReadonlyMap<number, VersionManifest>;
}

/** Answers from memory; changes made by `ao deploy`, the page or a reload arrive by `onChange`. */
export interface ModelCatalog {
  list(): readonly CatalogModel[];
  find(name: string): CatalogModel | undefined;
  /** Looks now for what others changed. */
  refresh?(): Promise<void>;
  /** Returns how to stop listening. */
  onChange(listener: () => void): () => void;
}

/** Floor 1: large bytes under names, behind one port. */
export type { BlobStore, ByteRange, ExpectedBytes } from './blob-store.ts';
export { blobErrors } from './errors.ts';
export { openFolderBlobs } from './folder-blobs.ts';

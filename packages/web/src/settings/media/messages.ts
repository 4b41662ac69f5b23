import { createCatalogue, toPlural } from '../../lib/i18n.ts';

const en = {
  title: 'Media',
  lead: 'Files that programs uploaded, newest first. A file lies once under the hash of its bytes, wherever it stands; it goes with the last trace or item it stands in.',
  failed: 'The files could not be read.',
  count: (count: number) => toPlural(count, 'place', 'places'),
  list: 'Uploaded files',
  type: 'Type',
  size: 'Size',
  field: 'Field',
  stands: 'Stands in',
  trace: (id: string) => `trace ${id}`,
  item: (id: string) => `dataset item ${id}`,
  uploaded: 'Uploaded',
  id: 'Id',
  actions: 'Actions',
  open: 'Open',
  openFile: (id: string) => `Open the file ${id}`,
  more: 'Show more',
  emptyTitle: 'Images, sound and documents of traces appear here',
  emptyLead:
    'The SDKs upload what stands in inputs and outputs by themselves; a file can be attached by hand too.',
  snippet: 'coaia fuse media upload picture.png --trace-id question-1',
};

/** Words of the part about media. */
export const words = createCatalogue({ en });

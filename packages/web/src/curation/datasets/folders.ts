/** One line of the list: a folder, or something in it. */
export type FolderLine<Row> =
  | {
      readonly kind: 'folder';
      readonly path: string;
      readonly label: string;
      readonly count: number;
    }
  | { readonly kind: 'row'; readonly path: string; readonly label: string; readonly row: Row };

/** What a folder holds directly, folders first; names are paths with slashes. A search goes through everything. */
export function toFolderLines<Row extends { readonly name: string }>(
  rows: readonly Row[],
  folder: string,
  search: string,
): readonly FolderLine<Row>[] {
  if (search !== '') {
    const wanted = search.toLowerCase();
    return rows
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .map((row) => ({ kind: 'row', path: row.name, label: row.name, row }));
  }
  const start = folder === '' ? '' : `${folder}/`;
  const inside = rows.filter(({ name }) => name.startsWith(start));
  const counts = new Map<string, number>();
  const direct: FolderLine<Row>[] = [];
  for (const row of inside) {
    const rest = row.name.slice(start.length);
    const slash = rest.indexOf('/');
    // A leading or doubled slash makes no folder without a name.
    if (slash < 1) direct.push({ kind: 'row', path: row.name, label: rest, row });
    else counts.set(rest.slice(0, slash), (counts.get(rest.slice(0, slash)) ?? 0) + 1);
  }
  const folders = [...counts].map(([label, count]): FolderLine<Row> => ({
    kind: 'folder',
    path: start + label,
    label,
    count,
  }));
  return [...folders, ...direct];
}

/** The folder above; nothing at the top. */
export function toParent(folder: string): string | undefined {
  const slash = folder.lastIndexOf('/');
  return slash === -1 ? undefined : folder.slice(0, slash);
}

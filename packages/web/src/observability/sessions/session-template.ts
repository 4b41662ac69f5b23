/** The grid's column template of the list of sessions. */
export function toSessionTemplate(
  columns: readonly { readonly width: number; readonly grow?: boolean }[],
): string {
  return columns
    .map((column) =>
      column.grow === true ? `minmax(${column.width}px, 1fr)` : `${column.width}px`,
    )
    .join(' ');
}

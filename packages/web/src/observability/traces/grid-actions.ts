/** What the grid tells the page. */
export interface GridActions {
  readonly open: (index: number, event: React.MouseEvent) => void;
  readonly toggle: (index: number, range: boolean) => void;
  readonly toggleAll: () => void;
  readonly sort: (field: string) => void;
  readonly needMore: () => void;
}

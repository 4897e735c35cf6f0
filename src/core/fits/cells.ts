/** The cells of one column in a piece of a table. */
export interface Cells {
  readonly view: DataView;
  /** Byte of the first cell, and how far apart the cells are. */
  readonly offset: number;
  readonly strideBytes: number;
  readonly rows: number;
  /** Elements in each cell. */
  readonly count: number;
}

/** What the two that are compared are called. */
export interface ComparedNames {
  readonly first: string;
  readonly second: string;
}

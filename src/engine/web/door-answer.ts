/** An answer that is not a call: bytes with their type. */
export interface DoorAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array | Iterable<Uint8Array | string>;
  /** May be kept by the browser, because the address changes with the content. */
  readonly isImmutable?: boolean;
  /** Name of the file that the browser saves. */
  readonly fileName?: string;
}

/** What calling SISG rows class S unseen costs, where the truth is known. */
export interface SisgCost {
  /** Labelled rows (MC or S), and the MC rows among them. */
  readonly labelled: number;
  readonly mc: number;
  /** SISG rows among the labelled, and the MC rows among those: lost by the gate alone. */
  readonly sisg: number;
  readonly lostMc: number;
  /** Lost rows whose physical source has another row that is looked at: the correction of §4.1 can win them back. */
  readonly recoverable: number;
  /** Physical sources of which every MC row is lost. */
  readonly lostSources: number;
}

export interface SisgCostRows {
  readonly isMc: Uint8Array;
  readonly isLabelled: Uint8Array;
  readonly isSisg: Uint8Array;
  /** The physical source of each row, by name or number. */
  readonly physicalSource: ArrayLike<string | number>;
}

/** Counts the cost of the SISG gate over rows that are in one order in all four fields. */
export function sisgCost({ isMc, isLabelled, isSisg, physicalSource }: SisgCostRows): SisgCost {
  const seenSources = new Set<string | number>();
  const [mcSources, lostRows] = [new Set<string | number>(), [] as (string | number)[]];
  let [labelled, mc, sisg] = [0, 0, 0];
  for (let row = 0; row < isMc.length; row++) {
    if (isLabelled[row] === 0) continue;
    labelled++;
    sisg += isSisg[row]!;
    if (isMc[row] === 0) continue;
    mc++;
    mcSources.add(physicalSource[row]!);
    if (isSisg[row] === 1) lostRows.push(physicalSource[row]!);
    else seenSources.add(physicalSource[row]!);
  }
  return {
    labelled,
    mc,
    sisg,
    lostMc: lostRows.length,
    recoverable: lostRows.filter((source) => seenSources.has(source)).length,
    lostSources: [...mcSources].filter((source) => !seenSources.has(source)).length,
  };
}

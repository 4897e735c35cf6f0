import type { z } from 'zod';
import type { CandidateMessage, CompanionMessage, keepCandidate, Proposal } from '../../contract/associations.ts';
import type { EngineEvent } from '../../contract/schemas.ts';
import { bridgeLevels } from '../../core/association/bridge.ts';
import type { Candidate, CandidateEvent, NewCandidateEvent } from '../../core/association/candidate.ts';
import { candidatesOf } from '../../core/association/candidate.ts';
import { associationName } from '../../core/association/component-table.ts';
import { COMPANION_REACH_ARCSEC, reasonFor } from '../../core/association/proposal.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { pixelInFrame } from '../../core/sky/local-frame.ts';
import type { SkyPosition } from '../../core/sky/position.ts';
import { positionAngle, separationArcsec } from '../../core/sky/separation.ts';
import { degrees } from '../../core/units/quantities.ts';
import type { ProjectStore } from '../../services/project-store/project-store.ts';
import type { SourceCutout } from '../../services/inference/source-cutout.ts';
import type { EngineField } from '../project/field.ts';

/** More companions than this are a crowd, not a source. */
const MOST_COMPANIONS = 12;

export interface AssociationDeskOptions {
  readonly store: Pick<ProjectStore, 'candidates' | 'appendCandidates'>;
  readonly catalogueFingerprint: string;
  readonly now: () => Date;
  readonly rowOf: (member: CandidateEvent['members'][number]) => number | undefined;
  readonly publish: (event: EngineEvent) => void;
}

/** What a proposal is made of. */
export interface ProposalInput {
  readonly field: EngineField;
  readonly row: number;
  readonly threshold: number;
  /** P(MC) by row; undefined without a run. */
  readonly probability: ArrayLike<number> | undefined;
  /** The window of the row; undefined where no mosaic shows it. */
  readonly cutout: SourceCutout | undefined;
  readonly windowSidePix: number;
}

/** The association candidates of the open project. */
export class AssociationDesk {
  readonly #options: AssociationDeskOptions;
  #candidates: Map<number, Candidate>;

  constructor(options: AssociationDeskOptions) {
    this.#options = options;
    this.#candidates = candidatesOf(options.store.candidates(), options.rowOf);
  }

  /** Present candidates, the oldest first. */
  get candidates(): readonly Candidate[] {
    return [...this.#candidates.values()];
  }

  candidateWith(row: number): Candidate | undefined {
    return this.candidates.find(({ rows }) => rows.includes(row));
  }

  /**
   * Keeps rows as a candidate. A row belongs to one candidate: it leaves the one it was in, which ends with its last but
   * one row.
   * @throws DomainFailure `argument-invalid`
   */
  keep(request: z.output<typeof keepCandidate>, names: readonly string[], modelId: string | undefined): void {
    const { id, labeller, threshold } = request;
    const rows = [...new Set(request.rows)];
    const absent = rows.find((row) => row >= names.length);
    if (absent !== undefined || rows.length < 2) {
      const why =
        absent === undefined ? 'it needs two different rows' : `the catalogue has rows 0 to ${names.length - 1}`;
      throw new DomainFailure({ kind: 'argument-invalid', name: 'the candidate', why });
    }
    this.#requireKnown(id);
    const line = (candidate: number | undefined, members: readonly number[]): NewCandidateEvent => ({
      candidate,
      members: members.map((row) => ({ row, sourceName: names[row]! })),
      labeller,
      threshold,
      modelId,
      catalogueFingerprint: this.#options.catalogueFingerprint,
      madeAt: this.#options.now().toISOString(),
    });
    const taken = this.candidates
      .filter((other) => other.id !== id && other.rows.some((row) => rows.includes(row)))
      .map((other) =>
        line(
          other.id,
          other.rows.filter((row) => !rows.includes(row)),
        ),
      );
    this.#append([...taken, line(id, rows)]);
  }

  /** @throws DomainFailure `argument-invalid` for a candidate that is not there */
  withdraw(id: number, labeller: string, threshold: number, modelId: string | undefined): void {
    this.#requireKnown(id);
    const { catalogueFingerprint, now } = this.#options;
    const madeAt = now().toISOString();
    this.#append([{ candidate: id, members: [], labeller, threshold, modelId, catalogueFingerprint, madeAt }]);
  }

  /** The row with what lies about it, and what speaks for each being part of it. */
  proposalFor(input: ProposalInput): Proposal {
    const { field, row, threshold, cutout, windowSidePix } = input;
    const { catalogue, features } = field.field;
    const isFlagged = (of: number): boolean =>
      features.sisg[of] !== 1 && (input.probability?.[of] ?? Number.NaN) >= threshold;
    const here = positionOf(field, row);
    const near = companionsOf(field, row, COMPANION_REACH_ARCSEC);
    const bridges = cutout === undefined ? undefined : bridgeSigmas(field, row, near, cutout, windowSidePix);
    const companions = near.map(({ row: other, distanceArcsec }, k): CompanionMessage => {
      const bridgeSigma = bridges?.[k] ?? Number.NaN;
      const found = { row: other, distanceArcsec, bridgeSigma, isFlagged: isFlagged(other) };
      return {
        ...found,
        name: catalogue.name[other]!,
        paDeg: orNull(positionAngle(here, positionOf(field, other))),
        fluxRatio: orNull(catalogue.totalFluxMjy[other]! / catalogue.totalFluxMjy[row]!),
        probability: orNull(input.probability?.[other]),
        bridgeSigma: orNull(bridgeSigma),
        reason: reasonFor(found, isFlagged(row)) ?? null,
      };
    });
    const kept = this.candidateWith(row);
    return {
      row,
      companions,
      reachArcsec: COMPANION_REACH_ARCSEC,
      kept: kept === undefined ? null : this.message(kept, field),
    };
  }

  message(candidate: Candidate, { field }: EngineField): CandidateMessage {
    return { ...candidate, rows: [...candidate.rows], name: associationName(field.catalogue, candidate.rows) };
  }

  #requireKnown(id: number | undefined): void {
    if (id === undefined || this.#candidates.has(id)) return;
    throw new DomainFailure({ kind: 'argument-invalid', name: `candidate ${id}`, why: 'there is none of that number' });
  }

  #append(events: readonly NewCandidateEvent[]): void {
    const { store, rowOf, publish } = this.#options;
    store.appendCandidates(events);
    this.#candidates = candidatesOf(store.candidates(), rowOf);
    publish({ type: 'candidates-changed' });
  }
}

const orNull = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value;

function positionOf({ field: { catalogue } }: EngineField, row: number): SkyPosition {
  return { ra: degrees(catalogue.raDeg[row]!), dec: degrees(catalogue.decDeg[row]!) };
}

interface Near {
  readonly row: number;
  readonly distanceArcsec: number;
}

/** Other rows within the reach, nearest first. */
function companionsOf({ field: { catalogue } }: EngineField, row: number, reachArcsec: number): readonly Near[] {
  const { raDeg, decDeg, rowCount } = catalogue;
  const [ra, dec] = [raDeg[row]!, decDeg[row]!];
  const found: Near[] = [];
  for (let other = 0; other < rowCount; other++) {
    if (other === row || Math.abs(decDeg[other]! - dec) * 3600 > reachArcsec) continue;
    const distanceArcsec = separationArcsec(ra, dec, raDeg[other]!, decDeg[other]!);
    if (distanceArcsec <= reachArcsec) found.push({ row: other, distanceArcsec });
  }
  return found.sort((a, b) => a.distanceArcsec - b.distanceArcsec).slice(0, MOST_COMPANIONS);
}

/** Bridges from the row to each companion in the row's own window [σ above its centre]; NaN for one outside it. */
function bridgeSigmas(
  field: EngineField,
  row: number,
  near: readonly Near[],
  { window, frame, cutout }: SourceCutout,
  sidePix: number,
): number[] {
  const { majArcsec, minArcsec } = field.field.catalogue;
  const pixelsPerArcsec = Math.hypot(frame.xPerNorth, frame.yPerNorth);
  const here = positionOf(field, row);
  const endOf = (of: number): { xPix: number; yPix: number; radiusPix: number } => {
    const at = of === row ? frame : pixelInFrame(frame, here, positionOf(field, of));
    // Half of the minor axis: wide enough to reach the row's own peak, too narrow to reach another's.
    const radiusArcsec = Math.min(majArcsec[of]!, minArcsec[of]!) / 2;
    return {
      xPix: at?.x ?? Number.NaN,
      yPix: at?.y ?? Number.NaN,
      radiusPix: Number.isFinite(radiusArcsec) ? radiusArcsec * pixelsPerArcsec : 0,
    };
  };
  const levels = bridgeLevels(
    { pixels: window, sidePix },
    endOf(row),
    near.map(({ row: other }) => endOf(other)),
  );
  return levels.map((level) => (cutout.sigma > 0 ? (level - cutout.centre) / cutout.sigma : Number.NaN));
}

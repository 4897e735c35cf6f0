import type { CandidateMessage } from '../../../contract/associations.ts';
import type { EngineClient } from '../../api/connection.ts';

interface Said {
  readonly labeller: string;
  readonly threshold: number;
}

type Associations = Pick<EngineClient['associations'], 'list' | 'keep' | 'withdraw'>;

/**
 * Makes the project's candidates those of a list that it had before, by new lines of its history: nothing is erased. What is
 * the same already stays untouched; one that was withdrawn comes back under a new number.
 */
export async function restoreCandidates(
  associations: Associations,
  wanted: readonly CandidateMessage[],
  said: Said,
): Promise<void> {
  const present = await associations.list();
  const isIn = (list: readonly CandidateMessage[], { rows }: CandidateMessage): boolean =>
    list.some((other) => membersOf(other) === membersOf({ rows }));
  for (const candidate of present) {
    if (!isIn(wanted, candidate)) await associations.withdraw({ id: candidate.id, ...said });
  }
  for (const candidate of wanted) {
    if (!isIn(present, candidate)) await associations.keep({ rows: [...candidate.rows], ...said });
  }
}

const membersOf = ({ rows }: Pick<CandidateMessage, 'rows'>): string => [...rows].sort((a, b) => a - b).join();

import { OPEN_CHOICES, recordedIn } from '../../../core/network/open-choices.ts';
import { MarkedText } from '../../components/MarkedText.tsx';

/** What the paper leaves open, what was chosen, and where that is written down. */
export function OpenChoiceTable() {
  return (
    <table className="recipe__table">
      <thead>
        <tr className="quiet small">
          <th scope="col">left open</th>
          <th scope="col">chosen</th>
          <th scope="col">recorded in</th>
        </tr>
      </thead>
      <tbody>
        {OPEN_CHOICES.map((choice) => (
          <tr key={choice.question}>
            <td>{choice.question}</td>
            <td>
              <MarkedText text={choice.choice} />
            </td>
            <td className="quiet">
              <MarkedText text={recordedIn(choice)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import type { SourceDetails } from '../../../contract/schemas.ts';

/** Why a source is SISG or not, rule by rule. */
export function SisgRules({ details }: { readonly details: SourceDetails }) {
  return (
    <table className="source__table source__table--rules">
      <tbody>
        {details.sisgRules.map(({ rule, found, holds }) => (
          <tr key={rule}>
            <td>{rule}</td>
            <td className="quiet">{found}</td>
            <td className="number">{holds === null ? 'no column' : holds ? 'holds' : 'fails'}</td>
          </tr>
        ))}
        <tr>
          <td colSpan={3} className="quiet small source__conclusion">
            {details.isSisg
              ? 'Small, isolated, single Gaussian: class S at every threshold, never flagged.'
              : 'Not SISG: the network decides, where a mosaic holds the source.'}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

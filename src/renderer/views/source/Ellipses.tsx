import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SourceColumns, WindowColumns } from '../../../contract/column-sets.ts';
import type { SourceDetails } from '../../../contract/schemas.ts';
import { degrees } from '../../../core/units/quantities.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { ellipseOfRow } from '../../sky-map/sky-ellipse.ts';
import { useField } from '../../state/field.ts';
import { useSelection } from '../../state/selection.ts';
import type { WindowShape } from './window-shape.ts';
import { shapeInWindow } from './window-shape.ts';

interface EllipsesProps {
  readonly columns: WindowColumns;
  readonly details: SourceDetails;
  readonly sources: SourceColumns;
}

/** The source solid, its Gaussians dotted, every other catalogue row in the window dashed; a click on one goes to it. */
export function Ellipses({ columns, details, sources }: EllipsesProps) {
  const select = useSelection((state) => state.select);
  const shapes = useMemo(() => {
    const here = { ra: degrees(details.raDeg), dec: degrees(details.decDeg) };
    const reachDeg = (columns.windowSidePix * columns.pixelScaleArcsec) / 3600;
    const found: { readonly row: number; readonly shape: WindowShape }[] = [];
    for (let row = 0; row < sources.rowCount; row += 1) {
      if (Math.abs(sources.decDeg[row]! - details.decDeg) > reachDeg) continue;
      const shape = shapeInWindow(columns, here, ellipseOfRow(sources, row));
      if (shape !== undefined) found.push({ row, shape });
    }
    return found;
  }, [columns, details, sources]);

  return (
    <g fill="none" className="window-view__ellipses">
      {shapes.map(({ row, shape }) => (
        <ellipse
          key={row}
          {...shape}
          data-selected={row === details.row ? true : undefined}
          onClick={() => select(row)}
        >
          <title>{sources.name[row]}</title>
        </ellipse>
      ))}
      <Gaussians columns={columns} details={details} />
    </g>
  );
}

/** The Gaussians that the source is made of; a single one is the source itself, which is drawn already. */
function Gaussians({ columns, details }: Pick<EllipsesProps, 'columns' | 'details'>) {
  const engine = useEngine();
  const hipsKey = useField((state) => state.project?.sky.hipsKey);
  const { data } = useQuery({
    queryKey: ['surroundings', hipsKey, details.row],
    queryFn: () => engine.source.surroundings({ row: details.row }),
  });
  const here = { ra: degrees(details.raDeg), dec: degrees(details.decDeg) };
  const gaussians = data === undefined || data.gaussians.length < 2 ? [] : data.gaussians;
  return gaussians.map((gaussian, index) => {
    const shape = shapeInWindow(columns, here, gaussian);
    return (
      shape !== undefined && (
        <ellipse key={`gaussian ${index}`} {...shape} data-gaussian>
          <title>{`Gaussian ${index + 1} of ${gaussians.length}`}</title>
        </ellipse>
      )
    );
  });
}

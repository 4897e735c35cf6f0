import type { RowStatementMessage } from '../../../contract/labels.ts';
import type { LabelWord } from '../../../core/labels/label-words.ts';
import type { SkyPainter } from '../../sky-map/annotations.ts';
import { pixelsPerRadian, screenOf, unitVector } from '../../sky-map/view-projection.ts';
import { shownLabel } from '../../state/labels.ts';

/** A word beside its source, so that no colour has to be known: own labels in full ink, others’ quieter. */
const MARKS: Readonly<Record<LabelWord, string>> = {
  MC: 'MC',
  S: 'S',
  blend: 'Bl',
  artefact: 'Art',
  unsure: '?',
  LGZ: 'LGZ',
  'ML-match': 'ML',
  'no-match': 'NM',
  'zoomed-in': 'Zoom',
  'uncatalogued-host': 'UH',
};
const INK = { dark: ['#ffffff', '#aab4bf'], light: ['#0b0d10', '#4c5661'] } as const;
const CASING = { dark: '#000000', light: '#ffffff' } as const;
/** Closer than this [CSS pixel per arcsec] a word does not cover its neighbours. */
const FROM_PX_PER_ARCSEC = 0.06;
const OFFSET_PX = 9;
const ARCSEC_PER_RADIAN = (180 * 3600) / Math.PI;

interface Positions {
  readonly raDeg: Float64Array;
  readonly decDeg: Float64Array;
}

/** What was said of each source, beside it. */
export function paintLabels(
  { raDeg, decDeg }: Positions,
  said: ReadonlyMap<number, readonly RowStatementMessage[]>,
  labeller: string,
): SkyPainter {
  const marks = [...said].flatMap(([row, statements]) => {
    const label = shownLabel(statements, labeller);
    if (label === undefined) return [];
    const text = `${MARKS[label.word]}${statements.some(({ isStarred }) => isStarred) ? '★' : ''}`;
    return [{ text, isOwn: label.isOwn, at: unitVector(raDeg[row]!, decDeg[row]!) }];
  });
  return ({ context, projection, width, height, theme }) => {
    if (pixelsPerRadian(projection) / ARCSEC_PER_RADIAN < FROM_PX_PER_ARCSEC) return;
    context.font = '600 10px system-ui, sans-serif';
    context.textBaseline = 'bottom';
    context.lineWidth = 2.5;
    context.lineJoin = 'round';
    context.strokeStyle = CASING[theme];
    for (const { text, isOwn, at } of marks) {
      const screen = screenOf(projection, at);
      if (screen === undefined || screen.x < 0 || screen.y < 0 || screen.x > width || screen.y > height) continue;
      context.fillStyle = INK[theme][isOwn ? 0 : 1];
      context.strokeText(text, screen.x + OFFSET_PX, screen.y - OFFSET_PX);
      context.fillText(text, screen.x + OFFSET_PX, screen.y - OFFSET_PX);
    }
  };
}

import { Checkbox, SegmentedControl } from '@mantine/core';
import { memo } from 'react';
import { ChoiceSelect } from '../../components/ChoiceSelect.tsx';
import { angle } from '../../components/format.ts';
import {
  FIRST_CONTOURS,
  useSourceView,
  VIEW_COLOURS,
  VIEW_CUTS,
  VIEW_SIDES_ARCSEC,
  VIEW_STRETCHES,
} from '../../state/source-view.ts';

const CUT_TEXTS = { peak: 'to the peak', 200: 'to 200σ', 30: 'to 30σ', 10: 'to 10σ', 5: 'to 5σ' } as const;

const widthText = (sideArcsec: number): string => {
  const { number, unit } = angle(sideArcsec);
  return `${number.replace(/\.?0+$/, '')}${unit}`;
};

/** Width, stretch, cuts, colours and overlays of the astronomer's view: the same for every source, so drawn once. */
export const ViewControls = memo(function ViewControls() {
  const view = useSourceView();
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Width of the view"
        value={String(view.sideArcsec)}
        onChange={(value) =>
          view.set({ sideArcsec: VIEW_SIDES_ARCSEC.find((side) => String(side) === value) ?? VIEW_SIDES_ARCSEC[0] })
        }
        data={VIEW_SIDES_ARCSEC.map((side) => ({ value: String(side), label: widthText(side) }))}
      />
      <div className="window-view__pair">
        <ChoiceSelect
          aria-label="Stretch of the view"
          choices={VIEW_STRETCHES}
          value={view.stretch}
          onChoose={(stretch) => view.set({ stretch })}
        />
        <ChoiceSelect
          aria-label="Colours of the view"
          choices={VIEW_COLOURS}
          value={view.colours}
          onChoose={(colours) => view.set({ colours })}
        />
      </div>
      <ChoiceSelect
        aria-label="Upper cut of the view"
        choices={VIEW_CUTS.map((cut) => ({ value: cut, label: CUT_TEXTS[cut] }))}
        value={view.cut}
        onChoose={(cut) => view.set({ cut })}
      />
      <Checkbox
        size="xs"
        label="Ellipses (FWHM)"
        checked={view.hasEllipses}
        onChange={(event) => view.set({ hasEllipses: event.currentTarget.checked })}
      />
      <div className="window-view__pair">
        <Checkbox
          size="xs"
          label="Contours"
          title="Factors of √2 upwards; dashed below zero"
          checked={view.hasContours}
          onChange={(event) => view.set({ hasContours: event.currentTarget.checked })}
        />
        <ChoiceSelect
          aria-label="First contour"
          choices={FIRST_CONTOURS.map((first) => ({ value: first, label: `${first}σ` }))}
          value={view.firstContour}
          onChoose={(firstContour) => view.set({ hasContours: true, firstContour })}
        />
      </div>
    </>
  );
});

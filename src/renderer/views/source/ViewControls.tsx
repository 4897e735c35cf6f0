import { Checkbox, NativeSelect, SegmentedControl } from '@mantine/core';
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

/** Width, stretch, cuts, colours and overlays of the astronomer's view. */
export function ViewControls() {
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
        <NativeSelect
          size="xs"
          aria-label="Stretch of the view"
          value={view.stretch}
          data={[...VIEW_STRETCHES]}
          onChange={(event) =>
            view.set({ stretch: VIEW_STRETCHES.find((name) => name === event.currentTarget.value) ?? 'asinh' })
          }
        />
        <NativeSelect
          size="xs"
          aria-label="Colours of the view"
          value={view.colours}
          data={[...VIEW_COLOURS]}
          onChange={(event) =>
            view.set({ colours: VIEW_COLOURS.find((name) => name === event.currentTarget.value) ?? 'grey' })
          }
        />
      </div>
      <NativeSelect
        size="xs"
        aria-label="Upper cut of the view"
        value={view.cut}
        data={VIEW_CUTS.map((cut) => ({ value: cut, label: CUT_TEXTS[cut] }))}
        onChange={(event) => view.set({ cut: VIEW_CUTS.find((cut) => cut === event.currentTarget.value) ?? 'peak' })}
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
        <NativeSelect
          size="xs"
          aria-label="First contour"
          value={String(view.firstContour)}
          data={FIRST_CONTOURS.map((first) => ({ value: String(first), label: `${first}σ` }))}
          onChange={(event) =>
            view.set({
              hasContours: true,
              firstContour: FIRST_CONTOURS.find((first) => String(first) === event.currentTarget.value) ?? 3,
            })
          }
        />
      </div>
    </>
  );
}

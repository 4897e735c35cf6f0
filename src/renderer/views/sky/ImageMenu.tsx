import { ActionIcon, Button, NativeSelect, NumberInput, Popover, Switch, Tooltip } from '@mantine/core';
import type { CentralPercent, LimitsChoice } from '../../../core/display/image-levels.ts';
import { CENTRAL_PERCENTS } from '../../../core/display/image-levels.ts';
import type { ChannelRecipe } from '../../../core/cutout/cutout-recipe.ts';
import { ChoiceSelect } from '../../components/ChoiceSelect.tsx';
import { Icon } from '../../components/Icon.tsx';
import { COLOUR_MAPS, colourOf } from '../../sky-map/colour-maps.ts';
import type { ColourMap } from '../../sky-map/colour-maps.ts';
import type { Stretch } from '../../sky-map/image-display.ts';
import { useSkyView } from '../../state/sky-view.ts';
import type { ShownImage } from './use-image-display.ts';

const STRETCHES: readonly { readonly value: Stretch; readonly label: string }[] = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
  { value: 'sqrt', label: 'Square root' },
  { value: 'squared', label: 'Squared' },
  { value: 'power', label: 'Power' },
  { value: 'asinh', label: 'Asinh' },
  { value: 'sinh', label: 'Sinh' },
  { value: 'histogram', label: 'Histogram' },
];

const SIGMAS = [3, 5, 10, 30] as const;
const LIMITS: readonly { readonly value: string; readonly label: string; readonly choice: LimitsChoice }[] = [
  { value: 'auto', label: '−1.5σ to 60σ', choice: { kind: 'auto' } },
  { value: 'zscale', label: 'zscale', choice: { kind: 'zscale' } },
  ...CENTRAL_PERCENTS.map((percent: CentralPercent) => ({
    value: `central-${percent}`,
    label: percent === 100 ? 'Minimum to maximum' : `Central ${percent} %`,
    choice: { kind: 'central', percent } as const,
  })),
  ...SIGMAS.map((count) => ({
    value: `sigma-${count}`,
    label: `Median ± ${count}σ`,
    choice: { kind: 'sigma', count } as const,
  })),
];

function limitsValue(choice: LimitsChoice): string {
  if (choice.kind === 'central') return `central-${choice.percent}`;
  return choice.kind === 'sigma' ? `sigma-${choice.count}` : choice.kind;
}

const CHANNEL_LETTERS = 'ABCDEFGH';
function channelLabel({ stretch, lowSigma, highSigma }: ChannelRecipe, index: number): string {
  const range = stretch === 'cut' ? `> ${lowSigma}σ` : `${lowSigma}–${highSigma}σ ${stretch}`;
  return `${CHANNEL_LETTERS[index] ?? index} ${range}`;
}

/** Stretch, limits and colours of the image. */
export function ImageMenu({ image }: { readonly image: ShownImage }) {
  const view = useSkyView();
  const { channels } = image.facts.channels;
  const isModels = view.stretch.startsWith('channel-');
  const isChanged = view.contrast !== 1 || view.bias !== 0.5;
  return (
    <Popover position="bottom-end" shadow="md" width={264} trapFocus>
      <Popover.Target>
        <Tooltip label="Stretch, limits and colours of the image">
          <ActionIcon variant="default" className="sky__tool" aria-label="Image">
            <Icon name="contrast" size={14} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className="sky-menu">
        <label className="sky-menu__row">
          <span>Stretch</span>
          <ChoiceSelect<Stretch>
            aria-label="Stretch of the image"
            choices={[
              { group: 'As DS9', items: STRETCHES },
              {
                group: 'What the model sees',
                items: channels.map((channel, index) => ({
                  value: `channel-${index}` as const,
                  label: channelLabel(channel, index),
                })),
              },
            ]}
            value={view.stretch}
            onChoose={(stretch) => view.set({ stretch })}
          />
        </label>
        <label className="sky-menu__row">
          <span>Limits</span>
          <NativeSelect
            aria-label="Limits of the image"
            size="xs"
            disabled={isModels}
            value={isModels ? 'model' : limitsValue(view.limits)}
            data={[
              ...(isModels ? [{ value: 'model', label: 'The channel’s' }] : []),
              ...(view.limits.kind === 'manual' ? [{ value: 'manual', label: 'Typed' }] : []),
              ...LIMITS,
            ]}
            onChange={(event) => {
              const chosen = LIMITS.find(({ value }) => value === event.currentTarget.value);
              if (chosen !== undefined) view.set({ limits: chosen.choice });
            }}
          />
        </label>
        <TypedLimits image={image} isDisabled={isModels} />
        <div className="sky-menu__maps" role="radiogroup" aria-label="Colour map of the image">
          {COLOUR_MAPS.map((map) => (
            <button
              key={map}
              type="button"
              role="radio"
              aria-checked={map === view.colourMap}
              aria-label={map}
              title={map}
              className="sky-menu__map"
              style={{ background: gradientOf(map) }}
              onClick={() => view.set({ colourMap: map })}
            />
          ))}
          <span className="quiet small">{view.colourMap}</span>
        </div>
        <div className="sky-menu__row">
          <Switch
            size="xs"
            label="Inverted (I)"
            checked={view.isInverted}
            onChange={(event) => view.set({ isInverted: event.currentTarget.checked })}
          />
          <Button size="compact-xs" onClick={view.resetDisplay}>
            Reset (R)
          </Button>
        </div>
        <p className="quiet small sky-menu__hint">
          {isChanged
            ? `Contrast ${view.contrast.toFixed(2)}, bias ${view.bias.toFixed(2)}.`
            : 'Drag with the right button: contrast up and down, bias left and right.'}
        </p>
      </Popover.Dropdown>
    </Popover>
  );
}

function TypedLimits({ image, isDisabled }: { readonly image: ShownImage; readonly isDisabled: boolean }) {
  const set = useSkyView((state) => state.set);
  const { limits } = image.display;
  if (limits === undefined || image.unit === undefined) return null;
  const type = (change: Partial<{ low: number; high: number }>): void =>
    set({ limits: { kind: 'manual', ...limits, ...change } });
  const box = (label: string, value: number, onValue: (value: number) => void) => (
    <NumberInput
      aria-label={label}
      size="xs"
      disabled={isDisabled}
      value={Number(value.toPrecision(3))}
      onChange={(typed) => typeof typed === 'number' && Number.isFinite(typed) && onValue(typed)}
    />
  );
  return (
    <div className="sky-menu__row sky-menu__limits">
      {box('Lower limit', limits.low, (low) => type({ low }))}
      <span className="quiet">to</span>
      {box('Upper limit', limits.high, (high) => type({ high }))}
      <span className="quiet small">{image.unit}</span>
    </div>
  );
}

const GRADIENT_STOPS = 12;
const gradientOf = (map: ColourMap): string =>
  `linear-gradient(to right, ${Array.from({ length: GRADIENT_STOPS + 1 }, (_, k) => colourOf(map, k / GRADIENT_STOPS)).join(', ')})`;

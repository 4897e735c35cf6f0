import { degrees } from '../../core/units/quantities.ts';
import { contract } from './contract.ts';

/** A value in the unit of the tiles: mJy/beam where it is known, otherwise as the file has it. */
const inTileUnit = (value: number, toMjyPerBeam: number | undefined, unit: string): number =>
  unit === 'mJy/beam' ? value * (toMjyPerBeam ?? 1) : value;

export const skyRouter = contract.sky.router({
  levels: contract.sky.levels.handler(async ({ context, input }) => {
    const { tiles } = context.workbench.openProject.field;
    const levels = await tiles.levels(input.mosaic ?? undefined);
    if (levels === undefined) return null;
    return { ...levels, unit: tiles.unit, central: [...levels.central], quantiles: [...levels.quantiles] };
  }),
  channels: contract.sky.channels.handler(({ context }) => {
    const { logStretch, channels } = context.workbench.openProject.recipe.cutout;
    return { logStretch, channels: [...channels] };
  }),
  overview: contract.sky.overview.handler(
    ({ context }) => context.workbench.openProject.field.tiles.overview() ?? null,
  ),
  pixel: contract.sky.pixel.handler(async ({ context, input }) => {
    const { tiles } = context.workbench.openProject.field;
    const position = { ra: degrees(input.raDeg % 360), dec: degrees(input.decDeg) };
    const found = await tiles.pixelAt(position, input.mosaic ?? undefined);
    if (found === undefined) return null;
    const value = inTileUnit(found.value, found.mosaic.unitScaleToMjyPerBeam, tiles.unit);
    return {
      value: Number.isFinite(value) ? value : null,
      unit: tiles.unit,
      mosaicName: found.mosaic.name,
      fitsX: found.x + 1,
      fitsY: found.y + 1,
    };
  }),
});

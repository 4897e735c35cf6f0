import { iltName } from '../../../core/sky/ilt-name.ts';
import type { SkyMap } from '../../sky-map/sky-map-types.ts';

/** Saves the sky as it stands: image, sources, marks, and the bars and scales over it. */
export async function exportPicture(map: SkyMap, furniture: SVGSVGElement | null, fieldName: string): Promise<void> {
  const sky = await createImageBitmap(await map.snapshotPng());
  const sheet = new OffscreenCanvas(sky.width, sky.height);
  const context = sheet.getContext('2d');
  if (context === null) throw new Error('the browser gives no 2-D canvas');
  context.drawImage(sky, 0, 0);
  if (furniture !== null) {
    const box = furniture.getBoundingClientRect();
    const parent = furniture.parentElement!.getBoundingClientRect();
    const ratio = sky.width / parent.width;
    context.drawImage(
      await imageOf(furniture, box.width, box.height),
      (box.left - parent.left) * ratio,
      (box.top - parent.top) * ratio,
      box.width * ratio,
      box.height * ratio,
    );
  }
  const { raDeg, decDeg } = map.view();
  save(await sheet.convertToBlob({ type: 'image/png' }), `${fieldName}-${iltName(raDeg, decDeg).slice(3)}.png`);
}

/** A drawing as an image; it takes its font along, which it inherits on the page. */
async function imageOf(drawing: SVGSVGElement, width: number, height: number): Promise<HTMLImageElement> {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.style.cssText = `font-family: ${getComputedStyle(drawing).fontFamily}`;
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

function save(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName.replaceAll(/[\\/:*?"<>|\s]+/g, '-');
  link.click();
  URL.revokeObjectURL(url);
}

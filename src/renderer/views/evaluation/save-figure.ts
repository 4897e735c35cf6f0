import type { Figure } from '../../../figures/figure.ts';
import { numbersCsv } from '../../../figures/numbers-csv.ts';
import { PRINT_PALETTE } from '../../../figures/palette.ts';
import { withPngDensity } from './png-density.ts';

/** Widths of one and two columns of a journal page (MNRAS) [mm]. */
export const JOURNAL_WIDTHS_MM = [84, 174] as const;
export type JournalWidth = (typeof JOURNAL_WIDTHS_MM)[number];

const PX_PER_MM = 96 / 25.4;
const PT_PER_PX = 72 / 96;
/** 7.5 pt: what figures of the journals are lettered in. */
const PRINT_FONT_PX = 10;
const PNG_DPI = 600;
/** The PDF writer sets text a little lower than browsers do: the last line needs room for its descenders. */
const PDF_FOOT_PT = 3;
const FONT_NAME = 'DejaVu Sans';

/** The figure as it is printed: black on white, at the journal's width. */
function printed(figure: Figure, widthMm: JournalWidth): SVGSVGElement {
  const { element } = figure.draw({
    document: document,
    widthPx: Math.round(widthMm * PX_PER_MM),
    palette: PRINT_PALETTE,
    fontPx: PRINT_FONT_PX,
  });
  const svg = element as unknown as SVGSVGElement;
  const description = document.createElementNS('http://www.w3.org/2000/svg', 'desc');
  description.textContent = figure.caption;
  svg.prepend(description);
  return svg;
}

const sizeOf = (svg: SVGSVGElement): { readonly widthPx: number; readonly heightPx: number } => ({
  widthPx: Number(svg.getAttribute('width')),
  heightPx: Number(svg.getAttribute('height')),
});

export function svgFile(figure: Figure, widthMm: JournalWidth): Blob {
  const svg = printed(figure, widthMm);
  const { heightPx } = sizeOf(svg);
  svg.setAttribute('width', `${widthMm}mm`);
  svg.setAttribute('height', `${(heightPx / PX_PER_MM).toFixed(2)}mm`);
  return new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' });
}

/** Drawn at 600 dots per inch on white. @throws Error where the browser cannot draw it */
export async function pngFile(figure: Figure, widthMm: JournalWidth): Promise<Blob> {
  const svg = printed(figure, widthMm);
  const { widthPx, heightPx } = sizeOf(svg);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  const scale = PNG_DPI / 96;
  canvas.width = Math.round(widthPx * scale);
  canvas.height = Math.round(heightPx * scale);
  const context = canvas.getContext('2d')!;
  context.fillStyle = PRINT_PALETTE.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const drawn = await new Promise<Blob>((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture is too large.')) : resolve(blob)),
      'image/png',
    );
  });
  return new Blob([withPngDensity(new Uint8Array(await drawn.arrayBuffer()), PNG_DPI)], { type: 'image/png' });
}

/** Vector PDF with its font embedded: PDF's own fonts have no ≥, σ or ″. The libraries are loaded when first asked for. */
export async function pdfFile(figure: Figure, widthMm: JournalWidth): Promise<Blob> {
  const [{ jsPDF }, , font] = await Promise.all([
    import('jspdf'),
    import('svg2pdf.js'),
    import('dejavu-fonts-ttf/ttf/DejaVuSans.ttf?url').then(({ default: url }) => fetchBase64(url)),
  ]);
  const svg = printed(figure, widthMm);
  const { widthPx, heightPx } = sizeOf(svg);
  const drawing = { width: widthPx * PT_PER_PX, height: heightPx * PT_PER_PX };
  const page = { width: drawing.width, height: drawing.height + PDF_FOOT_PT };
  const pdf = new jsPDF({
    unit: 'pt',
    format: [page.width, page.height],
    orientation: page.width > page.height ? 'landscape' : 'portrait',
    // PDF's own fourteen are in no file: a journal's check takes them for fonts that are missing.
    putOnlyUsedFonts: true,
  });
  pdf.addFileToVFS('DejaVuSans.ttf', font);
  pdf.addFont('DejaVuSans.ttf', FONT_NAME, 'normal');
  pdf.addFont('DejaVuSans.ttf', FONT_NAME, 'normal', 600);
  pdf.setFont(FONT_NAME);
  pdf.setProperties({ title: figure.title, subject: figure.caption, creator: 'Lobate' });
  // Styles are computed for what is in the page only.
  const stage = document.createElement('div');
  stage.style.cssText = 'position:absolute;left:-99999px;top:0';
  stage.append(svg);
  document.body.append(stage);
  try {
    await pdf.svg(svg, { x: 0, y: 0, ...drawing });
  } finally {
    stage.remove();
  }
  return pdf.output('blob');
}

export const csvFile = (figure: Figure): Blob => new Blob([numbersCsv(figure.numbers)], { type: 'text/csv' });

export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

async function fetchBase64(url: string): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

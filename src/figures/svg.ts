/** The part of an SVG element that figures touch: a browser's own, or that of a DOM made for Node. */
export interface SvgNode {
  readonly outerHTML: string;
  setAttribute(name: string, value: string): void;
  append(...children: (SvgNode | string)[]): void;
  replaceWith(other: SvgNode): void;
}

/** The part of a document that figures are drawn with. */
export interface DrawingDocument {
  createElementNS(namespace: string, name: string): SvgNode;
}

export type SvgAttributes = Readonly<Record<string, string | number>>;

export const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/** An SVG element with attributes and children. */
export function svgElement(
  { document }: { readonly document: DrawingDocument },
  name: string,
  attributes: SvgAttributes,
  children: readonly (SvgNode | string)[] = [],
): SvgNode {
  const element = document.createElementNS(SVG_NAMESPACE, name);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

export function setAttributes(node: SvgNode, attributes: SvgAttributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, typeof value === 'number' ? String(rounded(value)) : value);
  }
}

/** A hundredth of a pixel is finer than any print. */
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** A path through points; a point that is not there (NaN) breaks it. */
export function pathThrough(points: readonly (readonly [x: number, y: number])[]): string {
  let isDown = false;
  return points
    .map(([x, y]) => {
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        isDown = false;
        return '';
      }
      const command = isDown ? 'L' : 'M';
      isDown = true;
      return `${command}${rounded(x)},${rounded(y)}`;
    })
    .join('');
}

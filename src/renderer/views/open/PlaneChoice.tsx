import { useQuery } from '@tanstack/react-query';
import type { ImageChoice } from '../../../contract/image-choices.ts';
import { splitFitsPath } from '../../../core/fits/hdu.ts';
import { placesOf, planeAt } from '../../../core/fits/plane-axes.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { ChoiceSelect } from '../../components/ChoiceSelect.tsx';

interface PlaneChoiceProps {
  /** The mosaic as it is chosen, with the selector of its plane where one was chosen. */
  readonly path: string;
  readonly onChange: (path: string) => void;
}

/** Which image of a file, and which of its planes, is the mosaic. Nothing where there is no choice. */
export function PlaneChoice({ path, onChange }: PlaneChoiceProps) {
  const engine = useEngine();
  const { path: file, selector, plane = 0 } = splitFitsPath(path);
  const { data: images = [] } = useQuery({
    queryKey: ['images', file],
    queryFn: () => engine.files.images({ path: file }),
    staleTime: 0,
    // What is wrong with the file is said when it is opened.
    retry: false,
  });
  const image = images.find(({ index, name }) => index === selector || name === selector) ?? images[0];
  if (image === undefined || (images.length === 1 && image.planeAxes.length === 0)) return null;
  const lengths = image.planeAxes.map(({ length }) => length);
  const places = placesOf(plane, lengths);
  return (
    <div className="open__planes">
      {images.length > 1 && (
        <label>
          <span className="quiet small">Image</span>
          <ChoiceSelect
            isLow
            value={images.indexOf(image)}
            choices={images.map((one, at) => ({ value: at, label: imageWords(one) }))}
            onChoose={(at) => onChange(planePath(file, images[at]!, 0))}
          />
        </label>
      )}
      {image.planeAxes.map(({ title, length, labels }, axis) => (
        <label key={`${image.index}/${axis}`}>
          <span className="quiet small" title={`${length} planes along this axis`}>
            {title}
          </span>
          <ChoiceSelect
            isLow
            value={places[axis]!}
            choices={labels.map((label, place) => ({ value: place, label }))}
            onChoose={(place) => onChange(planePath(file, image, planeAt(places.with(axis, place), lengths)))}
          />
        </label>
      ))}
    </div>
  );
}

/** `file.fits[1][plane=3]`, planes counted from 1; an image that is one plane needs no number of it. */
function planePath(file: string, { index, planeAxes }: ImageChoice, plane: number): string {
  return `${file}[${index}]${planeAxes.length === 0 ? '' : `[plane=${plane + 1}]`}`;
}

function imageWords({ index, name, widthPix, heightPix, planeAxes }: ImageChoice): string {
  const planes = planeAxes.reduce((count, { length }) => count * length, 1);
  const size = `${widthPix} × ${heightPix}${planes === 1 ? '' : ` × ${planes}`}`;
  return `${index}${name === null ? '' : ` ${name}`}, ${size}`;
}

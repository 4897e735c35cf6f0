import { ActionIcon, Button } from '@mantine/core';
import type { SampReceived } from '../../../contract/samp.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { notifyError } from '../../api/notify.ts';
import { Icon } from '../../components/Icon.tsx';
import { useField } from '../../state/field.ts';
import { toggled, without } from '../../state/file-roles.ts';
import { useOpening } from '../../state/opening.ts';
import { useView } from '../../state/view.ts';

interface SampOffersProps {
  readonly offers: readonly SampReceived[];
  readonly onOpened: () => void;
}

/** Files that other programs have sent. One that is opened is laid into the dialog where the rest of its field is chosen. */
export function SampOffers({ offers, onOpened }: SampOffersProps) {
  const engine = useEngine();
  const open = async ({ id, name }: SampReceived): Promise<void> => {
    try {
      const { path, kind } = await engine.samp.take({ id });
      layOut(path, kind);
      onOpened();
      useView.getState().set({ dialog: 'open' });
    } catch (error) {
      notifyError(`${name} was not opened`, error);
    }
  };
  return (
    <section aria-label="Received">
      <h3 className="quiet small">Received</h3>
      <ul className="samp__offers">
        {offers.map((offer) => (
          <li key={offer.id}>
            <span className="cut" title={`${offer.name}, ${offer.kind} from ${offer.from}`}>
              {offer.name} <span className="quiet">from {offer.from}</span>
            </span>
            <Button size="compact-xs" onClick={() => void open(offer)}>
              Open…
            </Button>
            <ActionIcon
              size="sm"
              aria-label={`Forget ${offer.name}`}
              onClick={() =>
                void engine.samp
                  .dismiss({ id: offer.id })
                  .catch((error: unknown) => notifyError(`${offer.name} was not forgotten`, error))
              }
            >
              <Icon name="close" size={12} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** An image is another mosaic; a table is the catalogue, and unless others are chosen, that of the open mosaics. */
function layOut(path: string, kind: SampReceived['kind']): void {
  const { choice, setChoice } = useOpening.getState();
  if (kind === 'image') {
    setChoice(toggled(without(choice, path), path, 'mosaic'));
    return;
  }
  const present = useField.getState().project?.mosaics.map((mosaic) => mosaic.path) ?? [];
  const mosaics = choice.mosaics.length > 0 ? choice.mosaics : present;
  setChoice({ mosaics, catalogue: path, gaussians: undefined, lr: undefined });
}

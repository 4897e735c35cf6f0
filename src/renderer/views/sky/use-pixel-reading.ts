import { useEffect, useRef, useState } from 'react';
import type { PixelReading } from '../../../contract/sky-schemas.ts';
import { useEngine } from '../../api/engine-context.tsx';
import type { PointerSky } from './use-sky-map.ts';

/**
 * The mosaic's own pixel under the pointer. One request at a time, always for the latest place; the last value stays
 * until the next is there. Undefined off the sky.
 */
export function usePixelReading(pointer: PointerSky | undefined, mosaic: number | null): PixelReading | undefined {
  const engine = useEngine();
  const [reading, setReading] = useState<PixelReading | undefined>(undefined);
  const wanted = useRef<PointerSky | undefined>(undefined);
  const isAsking = useRef(false);

  useEffect(() => {
    wanted.current = pointer;
    if (pointer === undefined || isAsking.current) return;
    const ask = async (): Promise<void> => {
      isAsking.current = true;
      try {
        while (wanted.current !== undefined) {
          const { raDeg, decDeg } = wanted.current;
          wanted.current = undefined;
          setReading(await engine.sky.pixel({ raDeg, decDeg, mosaic }));
        }
      } catch {
        // The engine is gone, which the window says elsewhere.
        setReading(undefined);
      } finally {
        isAsking.current = false;
      }
    };
    void ask();
  }, [engine, pointer, mosaic]);
  return pointer === undefined ? undefined : reading;
}

"""Windows of a mosaic by astropy's Cutout2D: all of them per line read, milliseconds printed.

Command: /usr/bin/python3 bench/peers/astropy_cutouts.py MOSAIC CORNERS SIDE   (Debian: python3-astropy)
CORNERS holds int32 pairs x, y of lower left corners. Windows are of full size with NaN outside the image (mode "partial"),
and float32 in the machine's byte order, as a network needs them.
"""
import sys
import time

import astropy
import numpy as np
from astropy.io import fits
from astropy.nddata import Cutout2D


def main():
    path, side = sys.argv[1], int(sys.argv[3])
    corners = np.fromfile(sys.argv[2], np.int32).reshape(-1, 2)
    print(f"ready astropy {astropy.__version__} Cutout2D", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        total = 0.0
        with fits.open(path, memmap=True) as hdus:
            data = hdus[0].data
            for x, y in corners:
                centre = (x + side / 2 - 0.5, y + side / 2 - 0.5)
                window = Cutout2D(data, centre, side, mode="partial", fill_value=np.nan).data.astype(np.float32)
                total += float(window[0, 0])
        print((time.perf_counter() - start) * 1000, flush=True)


main()

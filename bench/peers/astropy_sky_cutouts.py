"""Windows of a mosaic by positions on the sky, by astropy's Cutout2D: all of them per line read, milliseconds printed.

Command: /usr/bin/python3 bench/peers/astropy_sky_cutouts.py MOSAIC POSITIONS SIDE   (Debian: python3-astropy)
POSITIONS holds float64 pairs of right ascension and declination [deg, ICRS].
"""
import sys
import time
import warnings

import astropy
import astropy.units as u
import numpy as np
from astropy.coordinates import SkyCoord
from astropy.io import fits
from astropy.nddata import Cutout2D
from astropy.wcs import WCS


def main():
    warnings.simplefilter("ignore")
    path, side = sys.argv[1], int(sys.argv[3])
    positions = np.fromfile(sys.argv[2]).reshape(-1, 2)
    print(f"ready astropy {astropy.__version__} Cutout2D of SkyCoord", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        total = 0.0
        with fits.open(path, memmap=True) as hdus:
            data, wcs = hdus[0].data, WCS(hdus[0].header)
            # One array of coordinates, as its users are advised: a SkyCoord of its own for each costs as much again.
            coordinates = SkyCoord(positions[:, 0] * u.deg, positions[:, 1] * u.deg)
            for coordinate in coordinates:
                cutout = Cutout2D(data, coordinate, side, wcs=wcs, mode="partial", fill_value=np.nan)
                window = cutout.data.astype(np.float32)
                total += float(window[0, 0])
        print((time.perf_counter() - start) * 1000, flush=True)


main()

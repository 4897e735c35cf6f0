"""Opening a survey with astropy: header and WCS of every mosaic per line read, milliseconds printed.

Command: /usr/bin/python3 bench/peers/astropy_survey.py FOLDER   (Debian: python3-astropy)
"""
import glob
import sys
import time
import warnings

import astropy
from astropy.io import fits
from astropy.wcs import WCS

warnings.simplefilter("ignore")


def main():
    paths = sorted(glob.glob(f"{sys.argv[1]}/*.fits"))
    print(f"ready astropy {astropy.__version__}", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        opened = []
        for path in paths:
            with fits.open(path, memmap=True) as hdus:
                opened.append(WCS(hdus[0].header).calc_footprint())
        assert len(opened) == len(paths)
        print((time.perf_counter() - start) * 1000, flush=True)


main()

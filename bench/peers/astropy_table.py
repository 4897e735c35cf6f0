"""Reading a catalogue with astropy: makes it once, reads it per line read, prints milliseconds.

Command: /usr/bin/python3 bench/peers/astropy_table.py PATH ROWS   (Debian: python3-astropy). Seed: 1.
"""
import os
import sys
import time

import astropy
import numpy as np
from astropy.table import Table

NUMBERS = ["E_RA", "E_DEC", "Peak_flux", "E_Peak_flux", "Total_flux", "E_Total_flux", "Maj", "E_Maj", "Min", "E_Min"]
UNITS = {"Peak_flux": "mJy / beam", "Total_flux": "mJy", "Maj": "arcsec", "Min": "arcsec"}


def make(path, rows):
    rng = np.random.default_rng(1)
    table = Table()
    table["Source_Name"] = np.char.add("ILTJ", np.arange(rows).astype("U20"))
    table["RA"], table["DEC"] = 160 + 60 * rng.random(rows), 45 + 12 * rng.random(rows)
    for name in NUMBERS:
        table[name] = rng.lognormal(1, 1, rows)
        table[name].unit = UNITS.get(name, "")
    for name in ["PA", "E_PA", "Isl_rms"]:
        table[name] = rng.random(rows) * 180
    table["RA"].unit = table["DEC"].unit = table["PA"].unit = "deg"
    table["Isl_rms"].unit = "mJy / beam"
    table["S_Code"] = rng.choice(["S", "M", "C"], rows)
    table["Mosaic_ID"] = rng.choice(["P1Hetdex15", "P205+55"], rows)
    table["Isl_id"] = np.arange(rows, dtype="i4")
    table["Number"] = np.ones(rows, dtype="i4")
    table.write(path, format="fits", overwrite=True)


def main():
    path, rows = sys.argv[1], int(sys.argv[2])
    if not os.path.exists(path):
        make(path, rows)
    print(f"ready astropy {astropy.__version__}", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        table = Table.read(path, memmap=False)
        # Every column as an array of its own: reading lazily would not be reading.
        total = sum(len(np.ascontiguousarray(table[name])) for name in table.colnames)
        assert total == rows * 20
        print((time.perf_counter() - start) * 1000, flush=True)


main()

"""Reading a catalogue with astropy: makes it once, reads it per line read, prints milliseconds.

Command: /usr/bin/python3 bench/peers/astropy_table.py PATH ROWS [native|mapped]   (Debian: python3-astropy). Seed: 1.

Both touch every cell and leave each column as an array of its own, as Lobate does. `native` (default): Table.read as it
comes, numbers turned to the machine's byte order, which is what Lobate's arrays are. `mapped`: the least that astropy can
do, the file mapped (memmap=True) and the bytes left in the file's order.
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


def own_array(column, way):
    if way == "mapped":
        return np.ascontiguousarray(column)
    return np.asarray(column).astype(column.dtype.newbyteorder("="), order="C")


def main():
    path, rows = sys.argv[1], int(sys.argv[2])
    if not os.path.exists(path):
        make(path, rows)
    way = sys.argv[3] if len(sys.argv) > 3 else "native"
    print(f"ready astropy {astropy.__version__}{', mapped, bytes unswapped' if way == 'mapped' else ''}", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        table = Table.read(path, memmap=way == "mapped")
        # Every column as an array of its own, all of them kept: reading lazily would not be reading.
        columns = [own_array(table[name], way) for name in table.colnames]
        assert sum(len(column) for column in columns) == rows * 20
        milliseconds = (time.perf_counter() - start) * 1000
        # Given back before the others have their turn.
        del table, columns
        print(milliseconds, flush=True)


main()

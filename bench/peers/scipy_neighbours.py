"""Three nearest neighbours on the sky with scipy's cKDTree: one build and query per line read, milliseconds printed.

Command: /usr/bin/python3 bench/peers/scipy_neighbours.py POSITIONS NEIGHBOURS   (Debian: python3-scipy)
POSITIONS: float64, all right ascensions, then all declinations [deg]. NEIGHBOURS: int32 rows, three per source, written.
"""
import sys
import time

import numpy as np
import scipy
from scipy.spatial import cKDTree


def main():
    ra, dec = np.radians(np.fromfile(sys.argv[1]).reshape(2, -1))
    print(f"ready scipy {scipy.__version__} cKDTree, 1 thread", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        vectors = np.column_stack([np.cos(dec) * np.cos(ra), np.cos(dec) * np.sin(ra), np.sin(dec)])
        _, rows = cKDTree(vectors).query(vectors, k=4)
        milliseconds = (time.perf_counter() - start) * 1000
        rows[:, 1:].astype("i4").tofile(sys.argv[2])
        print(milliseconds, flush=True)


main()

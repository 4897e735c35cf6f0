"""Noise scale and channels of windows in numpy: one pass over all sources per line read, milliseconds printed.

Command: /usr/bin/python3 bench/peers/numpy_preprocess.py WINDOWS.f32 COUNT   (Debian: python3-numpy)
One process, one core; each window on its own, as a survey is worked through.
"""
import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import sys
import time

import numpy as np

SIDE, FIRST, LAST = 256, 64, 192


def channels(window):
    finite = window[np.isfinite(window)]
    p16, median, p84 = np.percentile(finite, [16, 50, 84])
    sigma = (p84 - p16) / 2
    crop = window[FIRST:LAST, FIRST:LAST]
    out = np.zeros((3, LAST - FIRST, LAST - FIRST), np.float32)
    low = median + sigma
    for index, high_sigma in enumerate((200, 30)):
        x = np.clip((crop - low) / (median + high_sigma * sigma - low), 0, 1)
        out[index] = np.minimum(np.log(9 * x + 1), 1)
    out[2] = crop >= median + 3 * sigma
    return np.nan_to_num(out, copy=False)


def main():
    windows = np.fromfile(sys.argv[1], np.float32).reshape(int(sys.argv[2]), SIDE, SIDE)
    print(f"ready numpy {np.__version__}, 1 core", flush=True)
    with np.errstate(invalid="ignore"):
        for _ in sys.stdin:
            start = time.perf_counter()
            for window in windows:
                channels(window)
            print((time.perf_counter() - start) * 1000, flush=True)


main()

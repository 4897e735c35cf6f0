"""Inference of `compact` or `published` in PyTorch: one batch per line read, milliseconds per batch printed.

Command: /usr/bin/python3 bench/peers/torch_infer.py THREADS BATCH compact|published cpu|cuda   (Debian: python3-torch)
"""
import sys
import time

import torch

from torch_network import Network, where


def main():
    threads, batch, name, device = int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:5]
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    network = Network(name).eval().to(device)
    images, features = torch.rand(batch, 3, 128, 128), torch.rand(batch, 32)
    print(f"ready PyTorch {torch.__version__}, {where(device, threads)}", flush=True)
    with torch.no_grad():
        for _ in sys.stdin:
            start = time.perf_counter()
            # The probabilities have to arrive: that waits for the device.
            network(images.to(device), features.to(device)).softmax(1).cpu()
            print((time.perf_counter() - start) * 1000, flush=True)


main()

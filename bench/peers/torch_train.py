"""A training step of `compact` or `published` in PyTorch: forward, loss, backward, Nesterov, with dropout.

One step per line read, milliseconds per step printed.

Command: /usr/bin/python3 bench/peers/torch_train.py THREADS BATCH compact|published cpu|cuda   (Debian: python3-torch)
"""
import sys
import time

import torch
from torch import nn

from torch_network import Network, where


def main():
    threads, batch, name, device = int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:5]
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    network = Network(name).train().to(device)
    optimiser = torch.optim.SGD(network.parameters(), lr=1e-4, momentum=0.9, nesterov=True)
    images, features = torch.rand(batch, 3, 128, 128), torch.rand(batch, 32)
    labels = (torch.arange(batch) % 2).to(device)
    print(f"ready PyTorch {torch.__version__}, {where(device, threads)}", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        optimiser.zero_grad()
        nn.functional.cross_entropy(network(images.to(device), features.to(device)), labels).backward()
        optimiser.step()
        if device == "cuda":
            torch.cuda.synchronize()
        print((time.perf_counter() - start) * 1000, flush=True)


main()

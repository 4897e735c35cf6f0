"""A training step of `compact` or `published` in PyTorch on the CPU: forward, loss, backward, Nesterov, with dropout.

One step per line read, milliseconds per step printed.

Command: /usr/bin/python3 bench/peers/torch_train.py THREADS BATCH compact|published   (Debian: python3-torch)
"""
import sys
import time

import torch
from torch import nn

BLOCKS = [[(32, 2), (32, 1), (32, 1)], [(64, 2), (64, 1), (64, 1)], [(128, 1)] * 3, [(256, 1)] * 2]


class Network(nn.Module):
    def __init__(self, name):
        super().__init__()
        layers, channels = [], 3
        for block in BLOCKS:
            for filters, stride in block:
                layers += [nn.Conv2d(channels, filters, 3, stride, 1), nn.ReLU(inplace=True)]
                channels = filters
            layers += [nn.MaxPool2d(2, 2) if name == "compact" else nn.MaxPool2d(2, 1, 1), nn.Dropout(0.25)]
        flattened = 1024 if name == "compact" else 36 * 36 * 256
        self.image = nn.Sequential(
            *layers, nn.Flatten(), nn.Linear(flattened, 256), nn.ReLU(inplace=True), nn.Dropout(0.5)
        )
        self.features = nn.Sequential(
            nn.Linear(32, 256), nn.ReLU(inplace=True), nn.Linear(256, 256), nn.ReLU(inplace=True), nn.Dropout(0.25)
        )
        self.head = nn.Sequential(
            nn.Linear(512, 64), nn.ReLU(inplace=True), nn.Linear(64, 64), nn.ReLU(inplace=True), nn.Linear(64, 2)
        )

    def forward(self, images, features):
        return self.head(torch.cat([self.image(images), self.features(features)], 1))


def main():
    threads, batch, name = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    network = Network(name).train()
    optimiser = torch.optim.SGD(network.parameters(), lr=1e-4, momentum=0.9, nesterov=True)
    images, features = torch.rand(batch, 3, 128, 128), torch.rand(batch, 32)
    labels = torch.arange(batch) % 2
    print(f"ready PyTorch {torch.__version__}, {threads} threads", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        optimiser.zero_grad()
        nn.functional.cross_entropy(network(images, features), labels).backward()
        optimiser.step()
        print((time.perf_counter() - start) * 1000, flush=True)


main()

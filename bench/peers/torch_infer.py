"""Inference of `compact` in PyTorch on the CPU: one batch per line read, milliseconds per batch printed.

Command: /usr/bin/python3 bench/peers/torch_infer.py THREADS BATCH   (Debian: python3-torch)
"""
import sys
import time

import torch
from torch import nn

BLOCKS = [[(32, 2), (32, 1), (32, 1)], [(64, 2), (64, 1), (64, 1)], [(128, 1)] * 3, [(256, 1)] * 2]


class Compact(nn.Module):
    def __init__(self):
        super().__init__()
        layers, channels = [], 3
        for block in BLOCKS:
            for filters, stride in block:
                layers += [nn.Conv2d(channels, filters, 3, stride, 1), nn.ReLU(inplace=True)]
                channels = filters
            layers.append(nn.MaxPool2d(2, 2))
        self.image = nn.Sequential(*layers, nn.Flatten(), nn.Linear(1024, 256), nn.ReLU(inplace=True))
        self.features = nn.Sequential(
            nn.Linear(32, 256), nn.ReLU(inplace=True), nn.Linear(256, 256), nn.ReLU(inplace=True)
        )
        self.head = nn.Sequential(
            nn.Linear(512, 64), nn.ReLU(inplace=True), nn.Linear(64, 64), nn.ReLU(inplace=True), nn.Linear(64, 2)
        )

    def forward(self, images, features):
        return self.head(torch.cat([self.image(images), self.features(features)], 1)).softmax(1)


def main():
    threads, batch = int(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    network = Compact().eval()
    images, features = torch.rand(batch, 3, 128, 128), torch.rand(batch, 32)
    print(f"ready PyTorch {torch.__version__}, {threads} threads", flush=True)
    with torch.no_grad():
        for _ in sys.stdin:
            start = time.perf_counter()
            network(images, features)
            print((time.perf_counter() - start) * 1000, flush=True)


main()

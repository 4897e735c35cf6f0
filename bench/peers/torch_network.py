"""The networks `compact` and `published` in PyTorch, with its own initial weights: for timing only."""
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


def where(device, threads):
    """What computes, for the name of the peer."""
    return f"{threads} threads" if device == "cpu" else torch.cuda.get_device_name()

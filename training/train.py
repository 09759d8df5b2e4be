"""Trains the syntax model.

    python train.py --corpora corpora --vectors vectors.npz --dev ewt-dev.conllu --out english.bin

Two worker processes train one network in shared memory (Hogwild), each with its own Adam; an average of the weights over
the last steps is what is measured and written. `--minutes` ends the learning-rate schedule by the clock, `--epochs` by steps.
An interrupted run goes on with `--resume english.bin.pt --done 0.4`.
"""

import argparse
import os
import random
import sys
import time
from itertools import groupby

import numpy as np
import torch
from torch.nn import functional

import features
import model_file
import tree
from network import Network
from treebank import augment, read

UNKNOWN_WORD = 0.12
BATCH_TOKENS = 500
PEAK = 2e-3
WARM_UP = 300


def arguments():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpora", required=True, help="folder with ud/ewt-train.conllu.xz and ud/gum-train.conllu.xz")
    options.add_argument("--vectors", required=True)
    options.add_argument("--dev", nargs="*", default=[], help="CoNLL-U files that are only measured")
    options.add_argument("--out", required=True)
    options.add_argument("--epochs", type=float, default=40)
    options.add_argument("--minutes", type=float, default=1e9)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--dropout", type=float, default=0.33)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--resume", help="the .pt file of an earlier run, to go on with its weights")
    options.add_argument("--done", type=float, default=0, help="with --resume: the part of the schedule behind us, 0 to 1")
    return options.parse_args()


class Labels:
    """Word, tag and label numbers; `words.get(word, 0)` is the row of a word's vector."""

    def __init__(self, words, upos, xpos, deprel):
        self.words, self.upos, self.xpos, self.deprel = words, upos, xpos, deprel
        self.number = {kind: {label: i for i, label in enumerate(getattr(self, kind))} for kind in ("upos", "xpos", "deprel")}

    @staticmethod
    def of(words, sentences):
        names = lambda kind: sorted({getattr(word, kind) for sentence in sentences for word in sentence})
        return Labels({word: i + 1 for i, word in enumerate(words)}, names("upos"), names("xpos"), names("deprel"))

    def rows(self, sentence):
        """What the network reads of a sentence: (length, 1 + tables)."""
        rows = [
            (self.words.get(features.normalise(word.form), 0), *features.columns(word.form, word.glued)) for word in sentence
        ]
        return np.array(rows, dtype=np.int64)

    def gold(self, sentence):
        """(length, 4): UPOS, XPOS, head, label; -100 where a dev set has a label that training has not."""
        get = lambda kind, label: self.number[kind].get(label, -100)
        rows = [
            (get("upos", word.upos), get("xpos", word.xpos), word.head, get("deprel", word.deprel)) for word in sentence
        ]
        return np.array(rows, dtype=np.int64)


def batches(sentences, random):
    """Lists of sentence numbers, about BATCH_TOKENS words each, in random order; nearly all of one length, which is fastest."""
    order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i]), random.random()))
    made, rest = [], []
    for length, group in groupby(order, key=lambda i: len(sentences[i])):
        group = list(group)
        size = max(1, round(BATCH_TOKENS / length))
        whole = len(group) - len(group) % size
        made += [group[i : i + size] for i in range(0, whole, size)]
        rest += group[whole:]
    batch, tokens = [], 0
    for i in rest:
        batch.append(i)
        tokens += len(sentences[i])
        if tokens >= BATCH_TOKENS or i == rest[-1]:
            made.append(batch)
            batch, tokens = [], 0
    random.shuffle(made)
    return made


def collate(pairs):
    """Rows and gold of some sentences, longest first and padded; gold is -100 where there is no word."""
    pairs = sorted(pairs, key=lambda pair: -len(pair[0]))
    lengths = [len(rows) for rows, _ in pairs]
    inputs = np.zeros((len(pairs), lengths[0], pairs[0][0].shape[1]), dtype=np.int64)
    gold = np.full((len(pairs), lengths[0], 4), -100, dtype=np.int64)
    for i, (rows, answers) in enumerate(pairs):
        inputs[i, : len(rows)] = rows
        gold[i, : len(rows)] = answers
    return torch.from_numpy(inputs), torch.from_numpy(gold), torch.tensor(lengths)


def loss_of(network, inputs, gold, lengths):
    upos, xpos, arcs, (dependent, head) = network(inputs[..., 0], inputs[..., 1:], lengths)
    batch, length, _ = arcs.shape
    if lengths[0] != lengths[-1]:
        beyond = torch.arange(length + 1)[None, :] > lengths[:, None]
        arcs = arcs.masked_fill(beyond[:, None, :], -1e4)
    present = gold[..., 2] >= 0
    heads = gold[..., 2][present]
    which = torch.arange(batch)[:, None].expand(batch, length)[present]
    labels = network.label_scores(dependent[present], head[which, heads])
    entropy = functional.cross_entropy
    return (
        entropy(arcs[present], heads)
        + entropy(labels, gold[..., 3][present])
        + 0.5 * entropy(upos[present], gold[..., 0][present])
        + 0.5 * entropy(xpos[present], gold[..., 1][present])
    )


def analyse(network, rows):
    """UPOS, XPOS, heads and labels of one sentence, and the arc scores they come from."""
    inputs = torch.from_numpy(rows)[None]
    upos, xpos, arcs, (dependent, head) = network(inputs[..., 0], inputs[..., 1:], torch.tensor([len(rows)]))
    heads = tree.heads(arcs[0].numpy())
    labels = network.label_scores(dependent[0], head[0, torch.from_numpy(np.asarray(heads))])
    return upos[0], xpos[0], heads, labels, arcs[0]


@torch.no_grad()
def measure(network, labels, path):
    """UPOS, XPOS, UAS, LAS in percent, on gold words."""
    network.eval()
    right, total = np.zeros(4), 0
    for sentence in read(path):
        gold = labels.gold(sentence)
        upos, xpos, heads, names, _ = analyse(network, labels.rows(sentence))
        attached = heads == gold[:, 2]
        right += [
            (upos.argmax(1).numpy() == gold[:, 0]).sum(),
            (xpos.argmax(1).numpy() == gold[:, 1]).sum(),
            attached.sum(),
            (attached & (names.argmax(1).numpy() == gold[:, 3])).sum(),
        ]
        total += len(sentence)
    return 100 * right / total


def text_of(scores):
    return " ".join(f"{name} {value:.2f}" for name, value in zip(("UPOS", "XPOS", "UAS", "LAS"), scores))


def export(path, network, labels, words):
    state = {name: tensor.detach().numpy() for name, tensor in network.state_dict().items()}
    model_file.write(path + ".part", state, words, labels.upos, labels.xpos, labels.deprel, features.TABLES)
    os.replace(path + ".part", path)
    torch.save({"state": network.state_dict(), "labels": labels, "words": words}, path + ".pt")


def work(worker, options, network, average, labels, words, sentences, started):
    torch.set_num_threads(1)
    torch.manual_seed(options.seed * 100 + worker)
    chance = random.Random(options.seed * 100 + worker)
    trained = [p for p in network.parameters() if p.requires_grad]
    averaged = [p for p in average.parameters() if p.requires_grad]
    optimiser = torch.optim.Adam(trained, lr=PEAK, betas=(0.9, 0.98), eps=1e-8, fused=True)
    golds = [labels.gold(sentence) for sentence in sentences]
    plain = [labels.rows(sentence) for sentence in sentences]
    per_epoch = len(batches(sentences, random.Random(0))) / options.workers
    total_steps = options.epochs * per_epoch
    step, epoch, progress, recent = 0, 0, options.done, 0.0
    while progress < 1:
        # Each worker sees every second batch of its own shuffle: half of the treebank an "epoch", all of it between them.
        for batch in batches(sentences, chance)[: round(per_epoch)]:
            pairs = []
            for i in batch:
                changed = augment(sentences[i], chance)
                if changed is sentences[i]:
                    rows, gold = plain[i], golds[i]
                else:
                    rows, gold = labels.rows(changed), golds[i][: len(changed)]
                pairs.append((rows, gold))
            inputs, gold, lengths = collate(pairs)
            hidden = torch.rand(inputs.shape[:2])
            inputs[..., 0][hidden < UNKNOWN_WORD] = 0
            inputs[..., 1][hidden < UNKNOWN_WORD / 2] = 0
            passed = max(step / total_steps, (time.time() - started) / 60 / options.minutes)
            progress = options.done + (1 - options.done) * passed
            if progress >= 1:
                break
            rate = PEAK * min(1, (step + 1) / WARM_UP) * (1 - progress)
            for group in optimiser.param_groups:
                group["lr"] = rate
            network.train()
            loss = loss_of(network, inputs, gold, lengths)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 5.0)
            optimiser.step()
            step += 1
            recent = 0.99 * recent + 0.01 * loss.item()
            if worker == 0 and step % 10 == 0:
                weight = 1 if step < 400 else 0.03
                torch._foreach_lerp_([p.data for p in averaged], [p.data for p in trained], weight)
                if step % 100 == 0:
                    print(f"step {step} loss {recent:.3f} progress {progress:.3f} seconds {time.time() - started:.0f}", flush=True)
        epoch += 1
        if worker == 0 and (epoch in (1, 2, 4) or epoch % 6 == 0 or progress >= 1):
            export(options.out, average, labels, words)
            for path in options.dev:
                print(f"epoch {epoch} {os.path.basename(path)}: {text_of(measure(average, labels, path))}", flush=True)


def main():
    options = arguments()
    started = time.time()
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    stored = np.load(options.vectors)
    words = [str(word) for word in stored["words"]]
    vectors = np.concatenate([np.zeros((1, stored["vectors"].shape[1]), np.float32), stored["vectors"]])
    sentences = [
        sentence for name in ("ewt-train", "gum-train") for sentence in read(f"{options.corpora}/ud/{name}.conllu.xz")
    ]
    labels = Labels.of(words, sentences)
    make = lambda: Network(vectors, len(labels.upos), len(labels.xpos), len(labels.deprel), options.dropout)
    network, average = make(), make()
    if options.resume:
        network.load_state_dict(torch.load(options.resume, weights_only=False)["state"])
    average.load_state_dict(network.state_dict())
    network.share_memory()
    average.share_memory()
    size = sum(p.numel() for p in network.parameters() if p.requires_grad)
    print(f"{len(sentences)} sentences, {len(labels.deprel)} labels, {len(labels.xpos)} XPOS, {size} trained weights", flush=True)
    context = torch.multiprocessing.get_context("fork")
    workers = [
        context.Process(target=work, args=(i, options, network, average, labels, words, sentences, started))
        for i in range(options.workers)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sys.exit(max(worker.exitcode for worker in workers))


if __name__ == "__main__":
    main()

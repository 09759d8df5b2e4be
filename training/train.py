"""Trains the syntax model: on treebanks and names, and on what the teacher sees in plain text.

    python train.py --corpora corpora --vectors vectors.npz --silver silver.pt --dev ewt-dev.conllu --out english.bin

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
from treebank import NAMES, augment, read, tagged_names, with_names

UNKNOWN_WORD = 0.12
BATCH_TOKENS = 500
# The part of the steps that learn from the teacher; it falls to the second number over the last fifth of the schedule.
SILVER = (0.65, 0.2)
PEAK = 2e-3
WARM_UP = 300


def arguments():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpora", required=True, help="folder with ud/ewt-train.conllu.xz and ud/gum-train.conllu.xz")
    options.add_argument("--vectors", required=True)
    options.add_argument("--silver", help="what `teacher.py read` wrote")
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

    def __init__(self, words, upos, xpos, deprel, names=NAMES):
        self.words, self.upos, self.xpos, self.deprel, self.names = words, upos, xpos, deprel, names
        kinds = ("upos", "xpos", "deprel", "names")
        self.number = {kind: {label: i for i, label in enumerate(getattr(self, kind))} for kind in kinds}

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
        """(length, 5): UPOS, XPOS, head, label, name; -100 where nobody has said, or a dev set has what training has not."""
        get = lambda kind, label: self.number[kind].get(label, -100)
        rows = [
            (
                get("upos", word.upos), get("xpos", word.xpos), word.head if word.head >= 0 else -100,
                get("deprel", word.deprel), get("names", word.name),
            )
            for word in sentence
        ]
        return np.array(rows, dtype=np.int64)


def batches(sentences, random, size_of_batch=BATCH_TOKENS):
    """Lists of sentence numbers, about `size_of_batch` words each, in random order; nearly all of one length, which is fastest."""
    order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i]), random.random()))
    made, rest = [], []
    for length, group in groupby(order, key=lambda i: len(sentences[i])):
        group = list(group)
        size = max(1, round(size_of_batch / length))
        whole = len(group) - len(group) % size
        made += [group[i : i + size] for i in range(0, whole, size)]
        rest += group[whole:]
    batch, tokens = [], 0
    for i in rest:
        batch.append(i)
        tokens += len(sentences[i])
        if tokens >= size_of_batch or i == rest[-1]:
            made.append(batch)
            batch, tokens = [], 0
    random.shuffle(made)
    return made


def collate(pairs):
    """Rows and gold of some sentences, longest first and padded; gold is -100 where there is no word."""
    pairs = sorted(pairs, key=lambda pair: -len(pair[0]))
    lengths = [len(rows) for rows, _ in pairs]
    inputs = np.zeros((len(pairs), lengths[0], pairs[0][0].shape[1]), dtype=np.int64)
    gold = np.full((len(pairs), lengths[0], 5), -100, dtype=np.int64)
    for i, (rows, answers) in enumerate(pairs):
        inputs[i, : len(rows)] = rows
        gold[i, : len(rows)] = answers
    return torch.from_numpy(inputs), torch.from_numpy(gold), torch.tensor(lengths)


def goals(gold, lengths):
    """What `loss_of` compares with: right answers, each certain."""
    return {"upos": gold[..., 0], "xpos": gold[..., 1], "heads": gold[..., 2], "deprel": gold[..., 3], "names": gold[..., 4]}


def entropy(scores, wanted):
    """Mean cross entropy, with numbers (-100: nobody knows) or with the log-likelihoods of a teacher; 0 where none is known."""
    if wanted.dtype.is_floating_point:
        return -(wanted.float().exp() * functional.log_softmax(scores, -1)).sum(-1).mean()
    known = wanted >= 0
    return functional.cross_entropy(scores[known], wanted[known]) if known.any() else scores.sum() * 0


def loss_of(heads, scores, wanted, lengths):
    """`wanted` has the kinds of `goals`; those of a teacher have `arcs` beside `heads`, and only the words that are there."""
    upos, xpos, names, arcs, (dependent, head) = scores
    batch, length, _ = arcs.shape
    if lengths[0] != lengths[-1]:
        beyond = torch.arange(length + 1)[None, :] > lengths[:, None]
        arcs = arcs.masked_fill(beyond[:, None, :], -1e4)
    at = torch.arange(length)
    arcs = arcs.masked_fill((at[:, None] + 1 == torch.arange(length + 1)[None, :])[None], -1e4)
    present = at[None, :] < lengths[:, None]
    chosen = wanted["heads"][present]
    which = torch.arange(batch)[:, None].expand(batch, length)[present]
    labels = heads.label_scores(dependent[present], head[which, chosen.clamp(min=0)])
    return (
        entropy(arcs[present], wanted["arcs"][present] if "arcs" in wanted else chosen)
        + entropy(labels, wanted["deprel"][present])
        + 0.5 * entropy(upos[present], wanted["upos"][present])
        + 0.5 * entropy(xpos[present], wanted["xpos"][present])
        + 0.5 * entropy(names[present], wanted["names"][present])
    )


def analyse(network, rows):
    """UPOS, XPOS, names, heads and labels of one sentence."""
    upos, xpos, names, arcs, (dependent, head) = network(torch.from_numpy(rows)[None], torch.tensor([len(rows)]))
    heads = tree.heads(arcs[0].numpy())
    labels = network.heads.label_scores(dependent[0], head[0, torch.from_numpy(np.asarray(heads))])
    return upos[0], xpos[0], names[0], heads, labels


@torch.no_grad()
def measure(network, labels, path):
    """UPOS, XPOS, UAS, LAS in percent, on gold words."""
    network.eval()
    right, total = np.zeros(4), 0
    for sentence in read(path):
        gold = labels.gold(sentence)
        upos, xpos, _, heads, deprels = analyse(network, labels.rows(sentence))
        attached = heads == gold[:, 2]
        right += [
            (upos.argmax(1).numpy() == gold[:, 0]).sum(),
            (xpos.argmax(1).numpy() == gold[:, 1]).sum(),
            attached.sum(),
            (attached & (deprels.argmax(1).numpy() == gold[:, 3])).sum(),
        ]
        total += len(sentence)
    return 100 * right / total


def text_of(scores):
    return " ".join(f"{name} {value:.2f}" for name, value in zip(("UPOS", "XPOS", "UAS", "LAS"), scores))


def export(path, network, labels, words):
    state = {name: tensor.detach().numpy() for name, tensor in network.state_dict().items()}
    model_file.write(path + ".part", state, words, labels, features.TABLES)
    os.replace(path + ".part", path)
    torch.save({"state": network.state_dict(), "labels": labels, "words": words}, path + ".pt")


def learned_gold(batch, sentences, labels, chance):
    """Inputs, lengths and what is wanted of some sentences of the treebanks, slightly changed."""
    pairs = [(labels.rows(words), labels.gold(words)) for words in (augment(sentences[i], chance) for i in batch)]
    inputs, gold, lengths = collate(pairs)
    return inputs, goals(gold, lengths), lengths


def learned_silver(batch, silver, labels, chance):
    """The same of sentences that the teacher has read: it saw them as they are, the network sees them changed."""
    chosen = sorted(((augment(silver[i][0], chance), silver[i][1]) for i in batch), key=lambda pair: -len(pair[0]))
    lengths = [len(words) for words, _ in chosen]
    longest = lengths[0]
    inputs = np.zeros((len(chosen), longest, 1 + len(features.TABLES)), dtype=np.int64)
    wanted = {"heads": np.zeros((len(chosen), longest), dtype=np.int64)}
    widths = {"arcs": longest + 1} | {kind: chosen[0][1][kind].shape[1] for kind in ("upos", "xpos", "deprel", "names")}
    wanted |= {kind: np.full((len(chosen), longest, width), -1e4, dtype=np.float16) for kind, width in widths.items()}
    for i, (words, seen) in enumerate(chosen):
        length = len(words)
        inputs[i, :length] = labels.rows(words)
        for kind, into in wanted.items():
            if kind == "heads":
                into[i, :length] = np.minimum(seen["heads"][:length], length)
            elif kind == "arcs":
                into[i, :length, : length + 1] = seen["arcs"][:length, : length + 1]
            else:
                into[i, :length] = seen[kind][:length]
    return torch.from_numpy(inputs), {kind: torch.from_numpy(array) for kind, array in wanted.items()}, torch.tensor(lengths)


def endless(sentences, chance):
    """Batches of sentence numbers, shuffle after shuffle."""
    while True:
        yield from batches(sentences, chance)


def work(worker, options, network, average, labels, words, sentences, silver, started):
    torch.set_num_threads(1)
    torch.manual_seed(options.seed * 100 + worker)
    chance = random.Random(options.seed * 100 + worker)
    trained = [p for name, p in network.named_parameters() if p.requires_grad and "guidelines" not in name]
    averaged = [p for name, p in average.named_parameters() if p.requires_grad and "guidelines" not in name]
    optimiser = torch.optim.Adam(trained, lr=PEAK, betas=(0.9, 0.98), eps=1e-8, fused=True)
    gold_batches, silver_batches = endless(sentences, chance), endless([pair[0] for pair in silver], chance)
    total_steps = options.epochs * len(batches(sentences, random.Random(0))) / options.workers
    step, recent, measured = 0, 0.0, 0
    while True:
        passed = max(step / total_steps, (time.time() - started) / 60 / options.minutes)
        progress = options.done + (1 - options.done) * passed
        share = SILVER[0] + (SILVER[1] - SILVER[0]) * max(0, progress - 0.8) / 0.2
        if silver and chance.random() < share:
            inputs, wanted, lengths = learned_silver(next(silver_batches), silver, labels, chance)
        else:
            inputs, wanted, lengths = learned_gold(next(gold_batches), sentences, labels, chance)
        hidden = torch.rand(inputs.shape[:2])
        inputs[..., 0][hidden < UNKNOWN_WORD] = 0
        inputs[..., 1][hidden < UNKNOWN_WORD / 2] = 0
        rate = PEAK * min(1, (step + 1) / WARM_UP) * max(0, 1 - progress)
        for group in optimiser.param_groups:
            group["lr"] = rate
        network.train()
        loss = loss_of(network.heads, network(inputs, lengths), wanted, lengths)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 5.0)
        optimiser.step()
        step += 1
        recent = 0.99 * recent + 0.01 * loss.item()
        if worker == 0 and step % 10 == 0:
            weight = 1 if step < 400 else 0.03
            torch._foreach_lerp_([p.data for p in averaged], [p.data for p in trained], weight)
            if step % 200 == 0:
                print(f"step {step} loss {recent:.3f} progress {progress:.3f} seconds {time.time() - started:.0f}", flush=True)
        if worker == 0 and (progress >= 1 or int(10 * progress) > measured):
            measured = int(10 * progress)
            export(options.out, average, labels, words)
            for path in options.dev:
                print(f"progress {progress:.2f} {os.path.basename(path)}: {text_of(measure(average, labels, path))}", flush=True)
        if progress >= 1:
            break


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
    # One corpus' guidelines for names; those of the others are learned through the teacher.
    sentences = with_names(sentences, tagged_names(f"{options.corpora}/ner/uner-ewt-train.iob2.xz", 1, 2))
    labels = Labels.of(words, sentences)
    silver = []
    if options.silver:
        stored = torch.load(options.silver, weights_only=False)
        assert all(getattr(stored["labels"], kind) == getattr(labels, kind) for kind in ("upos", "xpos", "deprel", "names"))
        silver = [(words, seen) for words, seen in stored["silver"] if len(words) > 1]
    make = lambda: Network(vectors, labels, options.dropout)
    network, average = make(), make()
    if options.resume:
        network.load_state_dict(torch.load(options.resume, weights_only=False)["state"])
    average.load_state_dict(network.state_dict())
    network.share_memory()
    average.share_memory()
    size = sum(p.numel() for p in network.parameters() if p.requires_grad)
    print(f"{len(sentences)} + {len(silver)} sentences, {len(labels.deprel)} labels, {len(labels.xpos)} XPOS, {size} trained weights", flush=True)
    context = torch.multiprocessing.get_context("fork")
    workers = [
        context.Process(target=work, args=(i, options, network, average, labels, words, sentences, silver, started))
        for i in range(options.workers)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sys.exit(max(worker.exitcode for worker in workers))


if __name__ == "__main__":
    main()

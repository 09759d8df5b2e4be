"""Groups of like words, for `entities::features`: `walmart qdb` shares `q` with words of trade, `qd` with shops, `qdb` with chains.

    python clusters.py --vectors vectors.npz --out ../data/knowledge/clusters.tsv

Spherical k-means over the vectors that `vectors.py` chose: 32 groups of 8 groups of 4, each letter of a code one choice.
"""

import argparse

import numpy as np

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
SIZES = (32, 8, 4)
ROUNDS = 20


def groups(points, count, chance):
    """The number of each point's group; the groups' middles are unit vectors."""
    count = min(count, len(points))
    middles = points[chance.choice(len(points), count, replace=False)]
    for _ in range(ROUNDS):
        nearest = (points @ middles.T).argmax(axis=1)
        sums = np.zeros_like(middles)
        np.add.at(sums, nearest, points)
        empty = np.bincount(nearest, minlength=count) == 0
        sums[empty] = points[chance.choice(len(points), empty.sum())]
        middles = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return (points @ middles.T).argmax(axis=1)


def codes(points, sizes, chance):
    """A code for each point, one letter for each size."""
    if not sizes or not len(points):
        return np.full(len(points), "", dtype=object)
    nearest = groups(points, sizes[0], chance)
    found = np.empty(len(points), dtype=object)
    for number in range(sizes[0]):
        inside = nearest == number
        found[inside] = LETTERS[number] + codes(points[inside], sizes[1:], chance)
    return found


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--vectors", required=True)
    options.add_argument("--out", required=True)
    options = options.parse_args()
    stored = np.load(options.vectors)
    words = [str(word) for word in stored["words"]]
    kept = [i for i, word in enumerate(words) if word[0].isalpha() and not any(c.isdigit() or c.isspace() for c in word)]
    points = stored["vectors"][kept].astype(np.float64)
    points /= np.linalg.norm(points, axis=1, keepdims=True) + 1e-9
    found = codes(points, SIZES, np.random.default_rng(1))
    lines = sorted(f"{words[i]}\t{code}".encode() for i, code in zip(kept, found))
    with open(options.out, "wb") as file:
        file.write(b"#word\tcluster\n" + b"".join(line + b"\n" for line in lines))


if __name__ == "__main__":
    main()

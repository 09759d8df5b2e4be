"""The best tree with exactly one word under the root: `heads(scores)` as `src/syntax/tree.rs` finds it."""

import numpy as np

# What the root's arcs are lowered by, so that the best tree uses one of them.
ROOT_COST = 1e9


def heads(scores):
    """scores[dependent, 1 + head], column 0 the root -> head of each word, 0 the root, 1 the first word."""
    full = np.full((len(scores) + 1, len(scores) + 1), -np.inf)  # full[head, dependent], node 0 is the root
    full[:, 1:] = scores.T
    np.fill_diagonal(full, -np.inf)
    best = full[:, 1:].argmax(axis=0)
    if (best == 0).sum() == 1 and cycle(best) is None:
        return best
    full[0, 1:] -= ROOT_COST
    return contract(full)[1:]


def cycle(best):
    """Some cycle among the chosen heads (as word indices from 0), or None."""
    state = np.zeros(len(best), dtype=int)
    for start in range(len(best)):
        path, node = [], start
        while node >= 0 and state[node] == 0:
            state[node] = 1
            path.append(node)
            node = best[node] - 1
        if node >= 0 and state[node] == 1:
            return path[path.index(node):]
        for node in path:
            state[node] = 2
    return None


def contract(full):
    """Chu-Liu-Edmonds: the head of each node of the best tree, by merging cycles into one node each."""
    best = full.argmax(axis=0)
    best[0] = 0
    ring = cycle(best[1:])
    if ring is None:
        return best
    ring = [node + 1 for node in ring]
    rest = [node for node in range(len(full)) if node not in ring]
    entering = full[np.ix_(rest, ring)] - full[best[ring], ring][None, :]
    leaving = full[np.ix_(ring, rest)]
    smaller = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    smaller[:-1, :-1] = full[np.ix_(rest, rest)]
    smaller[:-1, -1] = entering.max(axis=1)
    smaller[-1, :-1] = leaving.max(axis=0)
    smaller[:, 0] = -np.inf
    tree = contract(smaller)
    result = best.copy()
    for index, node in enumerate(rest):
        if node != 0:
            head = tree[index]
            result[node] = ring[leaving[:, index].argmax()] if head == len(rest) else rest[head]
    broken = entering[tree[-1]].argmax()
    result[ring[broken]] = rest[tree[-1]]
    return result

"""What the network looks at in a word: `src/syntax/embedding.rs` says the same in Rust, held together by the parity test.

    columns("Kyiv's", glued=False) -> (norm, suffix2, suffix3, suffix4, prefix3, prefix5, shape): one table row each
"""

from functools import lru_cache

# Raise it together with `FEATURES` in src/syntax/model.rs whenever a row below would change.
VERSION = 2

# Hashed tables: name, rows, width. Row 0 of each stands for "unknown" (only word dropout uses it).
TABLES = [
    ("norm", 8192, 32),
    ("suffix2", 1024, 16),
    ("suffix3", 4096, 32),
    ("suffix4", 4096, 24),
    ("prefix3", 4096, 24),
    ("prefix5", 4096, 16),
    ("shape", 256, 16),
]

QUOTES = {c: '"' for c in "“”„‟«»″"} | {c: "'" for c in "‘’‚‛`´′"}


def normalise(form):
    """Lower case, digits as 0, one kind of quote, one kind of long dash."""
    if form in ("``", "''"):
        return '"'
    if form in ("--", "---", "―"):
        return "—"
    if form == "…":
        return "..."
    lower = "".join(QUOTES.get(c, c) for c in form.lower())
    return "".join("0" if "0" <= c <= "9" else c for c in lower)


def fnv(seed, text):
    """FNV-1a, 32 bits, over one seed byte and the text in UTF-8, with a final mix of the high bits."""
    value = 0x811C9DC5
    for byte in bytes([seed]) + text.encode("utf-8"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value ^ (value >> 15)


def shape(form):
    """Kinds of letters with runs collapsed, four runs at most: "McDonald" -> "XxXx", "F-16" -> "Xpd"."""
    runs = []
    for c in form:
        kind = "d" if "0" <= c <= "9" else "X" if c.isupper() else "x" if c.isalpha() else "p"
        if not runs or runs[-1] != kind:
            runs.append(kind)
            if len(runs) == 4:
                break
    return "".join(runs)


@lru_cache(maxsize=None)
def columns(form, glued):
    """One row per hashed table; `glued` says that no space stands before the word."""
    norm = normalise(form)
    parts = [norm, norm[-2:], norm[-3:], norm[-4:], norm[:3], norm[:5]]
    rows = [1 + fnv(i, part) % (TABLES[i][1] - 1) for i, part in enumerate(parts)]
    rows.append(2 * (fnv(6, shape(form)) % 128) + int(glued))
    return tuple(rows)

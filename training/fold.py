"""Folding of names: the twin of `fold` in src/knowledge/names.rs; a Rust test holds the two together over names.tsv."""

import unicodedata

SPECIAL = {
    "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ß": "ss",
    "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i", "ħ": "h", "Ħ": "h", "ŧ": "t", "Ŧ": "t", "ə": "a", "Ə": "a",
    "&": " and ",
}
DELETED = set(".'’‘`ʻʼʿʾ′")


def fold(text):
    """Lower case, no accents, no punctuation, no leading "the": "Sak'art'velo" is "sakartvelo", "Guinea-Bissau" "guinea bissau"."""
    out = []
    for char in unicodedata.normalize("NFKD", text):
        if char in DELETED or unicodedata.category(char) in ("Mn", "Mc", "Me"):
            continue
        if char in SPECIAL:
            out.append(SPECIAL[char])
        elif char.isalnum():
            out.append(char.lower())
        else:
            out.append(" ")
    words = "".join(out).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)

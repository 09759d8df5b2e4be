"""CoNLL-U files to sentences, and what is done to sentences while training so that news finds the network prepared."""

import lzma
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Word:
    form: str
    upos: str
    xpos: str
    head: int  # 0 is the root, 1 the first word
    deprel: str
    glued: bool  # no space before


def read(path):
    """All sentences of a CoNLL-U file (may be .xz), as lists of words; empty nodes are skipped."""
    opener = lzma.open if path.endswith(".xz") else open
    sentences, words, until, glued_next = [], [], 0, False
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            columns = line.rstrip("\n").split("\t")
            if len(columns) < 10:
                if words:
                    sentences.append(words)
                words, until, glued_next = [], 0, False
                continue
            number, form, _, upos, xpos, _, head, deprel, _, misc = columns
            if "-" in number:
                # The parts of "don't" are glued; the range's own SpaceAfter holds behind its last part.
                until = int(number.split("-")[1])
                after = "SpaceAfter=No" in misc
                continue
            if "." in number:
                continue
            words.append(Word(form, upos, xpos, int(head), deprel, glued_next))
            position = int(number)
            if position < until:
                glued_next = True
            elif position == until:
                glued_next = after
            else:
                glued_next = "SpaceAfter=No" in misc
    if words:
        sentences.append(words)
    return sentences


SMALL = {"a", "an", "the", "of", "in", "on", "to", "and", "or", "for", "with", "by", "at", "as", "from", "'s", "n't", "’s"}


def augment(words, random):
    """Capitals, lower case, headlines, no full stop, other dashes, spaces everywhere: each in a few sentences of a hundred."""
    draw = random.random()
    if draw < 0.04:
        words = [replace(word, form=word.form.upper()) for word in words]
    elif draw < 0.08:
        words = [replace(word, form=word.form.lower()) for word in words]
    elif draw < 0.13:
        words = [
            word if word.form.lower() in SMALL and i > 0 else replace(word, form=word.form[:1].upper() + word.form[1:])
            for i, word in enumerate(words)
        ]
    last = words[-1]
    if len(words) > 2 and last.upos == "PUNCT" and random.random() < 0.07:
        if all(word.head != len(words) for word in words):
            words = words[:-1]
    if random.random() < 0.3:
        words = [dashed(word, random) for word in words]
    if random.random() < 0.03:
        words = [replace(word, glued=False) for word in words]
    return words


def dashed(word, random):
    """A dash that separates ("he said - and left", "--") in one of the other spellings."""
    if word.upos == "PUNCT" and word.xpos != "HYPH" and word.form in ("-", "--", "–", "—"):
        return replace(word, form=random.choice(["–", "—", "--", "-"]))
    return word

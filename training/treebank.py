"""CoNLL-U files to sentences, names from other files, and what is done to sentences while training so that news finds
the network prepared."""

import json
import lzma
import re
from dataclasses import dataclass, replace

NAMES = ["O"] + [f"{part}-{kind}" for kind in ("PER", "LOC", "ORG", "MISC") for part in "BI"]

# Clitics stand apart and hyphens are words, as in the treebanks.
WORD = re.compile(
    r"[A-Za-z]\.(?:[A-Za-z]\.)+|(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Gen|Gov|Sen|Rep|Lt|Col|Capt|Prof|Inc|Corp|Ltd|Co|vs|No)\."
    r"|\d+(?:[.,:]\d+)*|(?i:n['’]t\b)|['’](?i:s|re|ve|ll|d|m)\b|[^\W\d_]+?(?=(?i:n['’]t)\b)|[^\W_]+|\.\.\.|--+|\S"
)


@dataclass(frozen=True)
class Word:
    form: str
    upos: str
    xpos: str
    head: int  # 0 is the root, 1 the first word
    deprel: str
    glued: bool  # no space before
    name: str = ""  # B-PER, I-PER, ..., O; empty where nobody has said


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


def plain(text):
    """A sentence of plain text as words without tags or tree, and where each word begins and ends."""
    spans = [match.span() for match in WORD.finditer(text)]
    glued = [i > 0 and spans[i - 1][1] == start for i, (start, _) in enumerate(spans)]
    return [Word(text[slice(*span)], "", "", -1, "", near) for span, near in zip(spans, glued)], spans


def split(text):
    """Plain text to sentences, roughly: good enough where nobody has split it better."""
    return [part for part in re.split(r"(?<=[a-z\d)”\"’][.!?])\s+(?=[“\"A-Z])|\n+", text) if part.strip()]


def tagged_names(path, form, tag):
    """The name tags of a file of one word a line, by the sentence's words; OTH is nobody's decision, B-O is no name."""
    found, words, tags = {}, [], []
    for line in lzma.open(path, "rt", encoding="utf-8"):
        columns = line.rstrip("\n").split("\t")
        if len(columns) > max(form, tag) and not line.startswith("# "):
            words.append(columns[form])
            name = columns[tag]
            tags.append("" if name.endswith("OTH") else name if name in NAMES else "O")
        elif words and not line.strip():
            found[tuple(words)] = tags
            words, tags = [], []
    return found


def with_names(sentences, names):
    """The sentences with the tags that `tagged_names` found."""
    empty = [""] * 1000
    return [
        [replace(word, name=name) for word, name in zip(words, names.get(tuple(word.form for word in words), empty))]
        for words in sentences
    ]


# Demonyms count as places in that corpus, not here.
DEMONYM = re.compile(r"(ish|ese|ian|ean|rican|erman)s?$|^(French|Dutch|Greek|Swiss|Iraqi|Israeli|Pakistani|Afghan|Saudi|Welsh|Turk)s?$")


def named_text(path):
    """Sentences of articles whose names are given by byte spans."""
    sentences = []
    for line in lzma.open(path, "rt", encoding="utf-8"):
        article = json.loads(line)
        data, at = article["text"].encode(), 0
        kinds = {}
        for entity in article["entities"]:
            for start, end in entity["mentions"]:
                start, end = len(data[:start].decode()), len(data[:end].decode())
                if not (entity["type"] == "LOC" and DEMONYM.search(article["text"][start:end])):
                    kinds |= {i: ("B" if i == start else "I", entity["type"]) for i in range(start, end)}
        for part in split(article["text"]):
            start = article["text"].index(part, at)
            at = start + len(part)
            words, spans = plain(part)
            tags, open_kind = [], None
            for first, _ in spans:
                begins, kind = kinds.get(start + first, (None, None))
                tags.append("O" if kind is None else f"I-{kind}" if begins == "I" and open_kind == kind else f"B-{kind}")
                open_kind = kind
            tags = [tag if tag in NAMES else "O" for tag in tags]
            sentences.append([replace(word, name=tag) for word, tag in zip(words, tags)])
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

#!/usr/bin/env python3
"""python3 training/segmenter.py CORPORA OUT: trains the sentence boundary model OUT/boundaries.bin.

CORPORA holds ud/ewt-train.conllu.xz and ud/gum-train.conllu.xz. The model is logistic regression over hashed features
of a possible boundary, one signed byte a weight. src/text/boundaries.rs has the same features; its test compares some hashes.
Two passes: the first leaves a tenth of the documents out and reports on them; the second trains on all.
"""
import lzma
import math
import random
import sys

BITS = 16
SCALE = 16
EPOCHS = 5
RATE = 0.25
DROPOUT = 0.1
# Longer runs of quotes, and longer words, are not looked through.
MAX_RUN = 8
MAX_WORD = 24
CLOSERS = {'"', '”', "''", '’', "'", ')', ']', '»', '’’', '*'}
OPENERS = {'"', '“', '``', '‘', "'", '(', '[', '«', '‘‘', '*'}


def paragraphs(corpora):
    """Lists of (form, whether a blank precedes, whether the sentence ends after it), one a paragraph, with its document."""
    for name in ('ewt', 'gum'):
        with lzma.open(f'{corpora}/ud/{name}-train.conllu.xz', 'rt', encoding='utf-8') as lines:
            words, blank, left, until, document = [], True, 0, 0, 0
            for line in lines:
                if line.startswith(('# newdoc', '# newpar')):
                    document += line.startswith('# newdoc')
                    if words:
                        yield f'{name}{document}', words
                    words, blank = [], True
                    continue
                cells = line.rstrip('\n').split('\t')
                if len(cells) < 10:
                    if not line.strip() and words:
                        words[-1][2] = True
                    continue
                if '.' in cells[0] or '-' in cells[0]:
                    if '-' in cells[0]:
                        first, until = map(int, cells[0].split('-'))
                        left = 'SpaceAfter=No' not in cells[9]
                    continue
                words.append([cells[1], blank, False])
                blank = left and int(cells[0]) == until if int(cells[0]) <= until else 'SpaceAfter=No' not in cells[9]
                if int(cells[0]) >= until:
                    until = 0
            if words:
                yield f'{name}{document}', words


def shape(form):
    out = ''
    for c in form:
        kind = 'X' if c.isupper() else 'x' if c.isalpha() else 'd' if c.isnumeric() else c
        if not out.endswith(kind):
            out += kind
        if len(out) >= 5:
            break
    return out


def kind(form):
    last = form[-1]
    if last in '.!?…':
        return 'T' if len(form) < 3 or not form[0].isalnum() else 'A'
    if last in ':;':
        return ':'
    if last in '-–—':
        return '-'
    if last == ',':
        return ','
    return 'W' if form[0].isalnum() else 'O'


def bucket(n):
    """A count, coarsely."""
    return str(n) if n < 5 else '5' if n < 8 else '8' if n < 12 else 'c' if n < 20 else 'k' if n < 40 else 'z'


class Paragraph:
    def __init__(self, words):
        self.words = words
        self.n = len(words)
        self.lower = [form[:MAX_WORD].lower() for form, _, _ in words]
        self.shapes = [shape(form) for form, _, _ in words]
        self.kinds = [kind(form) for form, _, _ in words]
        # Words since the last full stop, words to the next, quotes open and brackets open, all at each word.
        self.since, self.until, self.quotes, self.depth = [], [0] * self.n, [], []
        since = quotes = depth = 0
        for index, (form, _, _) in enumerate(words):
            since += 1
            self.since.append(since)
            if self.kinds[index] == 'T':
                since = 0
            if form == '"':
                quotes ^= 1
            elif form == '“':
                quotes = 1
            elif form == '”':
                quotes = 0
            depth = depth + 1 if form in '([' else 0 if form in ')]' else depth
            self.quotes.append(quotes)
            self.depth.append(min(depth, 1))
        ahead = 0
        for index in range(self.n - 1, -1, -1):
            self.until[index] = ahead
            ahead = 0 if self.kinds[index] == 'T' else ahead + 1

    def word(self, index):
        return '^' if index < 0 else '$' if index >= self.n else self.lower[index]

    def shape(self, index):
        return '^' if index < 0 else '$' if index >= self.n else self.shapes[index]

    def last(self, index):
        """The word before the closing quotes and brackets that end at `index`."""
        for _ in range(MAX_RUN):
            if not (index > 0 and self.words[index][0] in CLOSERS and not self.words[index][1]):
                break
            index -= 1
        return index

    def first(self, index):
        """The word after the opening quotes and brackets that follow `index`."""
        index += 1
        for _ in range(MAX_RUN):
            if not (index + 1 < self.n and self.words[index][0] in OPENERS and not self.words[index + 1][1]):
                break
            index += 1
        return index

    def is_candidate(self, index):
        if index + 1 >= self.n:
            return False
        last = self.last(index)
        if not self.words[index + 1][1]:
            return self.kinds[last] == 'T' and self.words[index + 1][0] not in CLOSERS
        if self.kinds[last] != 'W' and self.kinds[last] != ',':
            return True
        return not self.words[index + 1][0][0].islower()

    def features(self, index):
        l, f = self.last(index), self.first(index)
        w, s = self.word, self.shape
        k = self.kinds[l]
        gap = 'g' if self.words[index + 1][1] else 'n'
        around = ''.join(form for form, _, _ in self.words[l + 1:index + 1]) + '|' + ''.join(form for form, _, _ in self.words[index + 1:f])
        state = f'{self.quotes[index]}{self.depth[index]}'
        return [
            'a', f'b{w(l)}', f'c{w(f)}', f'd{w(l)}|{s(f)}', f'e{w(l)}|{w(f)}', f'f{w(l - 1)}|{k}', f'g{w(l - 1)}|{w(l)}',
            f'h{s(l - 1)}|{k}|{s(f)}', f'i{w(f)}|{w(f + 1)}', f'j{s(f)}|{s(f + 1)}|{k}', f'k{around}|{k}', f'l{gap}|{w(l)}|{s(f)}',
            f'm{state}|{around}|{k}', f'n{bucket(self.since[l])}|{k}|{s(f)}', f'o{bucket(self.until[index])}|{k}|{s(f)}',
            f'p{bucket(len(w(l - 1)))}|{w(l)}|{s(f)}', f'q{bucket(self.n)}|{k}', f'r{k}|{w(f)}', f's{s(l)}|{s(f)}|{s(f + 1)}',
            f't{bucket(index + 1)}|{k}|{s(f)}', f'u{bucket(self.n - index)}|{k}|{s(f)}', f'v{w(l)}|{w(l + 1)}|{state}',
            f'w{k}|{w(f + 1)}', f'x{s(l - 2)}|{s(l - 1)}|{s(l)}|{s(f)}',
        ]


CACHE = {}


def bucket_of(feature):
    """FNV-1a, folded."""
    found = CACHE.get(feature)
    if found is None:
        value = 0x811C9DC5
        for byte in feature.encode():
            value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
        found = CACHE[feature] = (value ^ value >> BITS) & (1 << BITS) - 1
    return found


def examples(words):
    paragraph = Paragraph(words)
    for index in range(len(words)):
        if paragraph.is_candidate(index):
            yield [bucket_of(feature) for feature in paragraph.features(index)], words[index][2]


def train(data):
    weights, squares = [0.0] * (1 << BITS), [1e-2] * (1 << BITS)
    random.seed(1)
    for epoch in range(EPOCHS):
        random.shuffle(data)
        loss = 0.0
        for known, ends in data:
            features = [feature for feature in known if random.random() > DROPOUT]
            score = sum(weights[index] for index in features)
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
            gradient = p - ends
            loss -= math.log(max(1e-9, p if ends else 1 - p))
            if abs(gradient) < 0.003:
                continue
            for index in features:
                squares[index] += gradient * gradient
                weights[index] -= RATE * gradient / math.sqrt(squares[index])
        print(f'epoch {epoch}: loss {loss / len(data):.4f}', flush=True)
    return [max(-127, min(127, round(weight * SCALE))) for weight in weights]


def report(weights, held):
    for threshold in (-1.0, -0.5, 0.0, 0.5, 1.0):
        right = found = gold = missed = 0
        for words in held:
            paragraph = Paragraph(words)
            start = gold_start = 0
            for index in range(len(words)):
                ends = index + 1 == len(words)
                if not ends and paragraph.is_candidate(index):
                    ends = sum(weights[bucket_of(feature)] for feature in paragraph.features(index)) > threshold * SCALE
                elif words[index][2] and not ends:
                    missed += 1
                if ends and (words[index][2] or index + 1 == len(words)):
                    right += start == gold_start
                if ends:
                    found, start = found + 1, index + 1
                if words[index][2] or index + 1 == len(words):
                    gold, gold_start = gold + 1, index + 1
        print(f'threshold {threshold}: precision {right / found:.4f} recall {right / gold:.4f} F1 {2 * right / (found + gold):.4f}, {missed} ends are no candidates')


def main():
    corpora, out = sys.argv[1:]
    every = list(paragraphs(corpora))
    documents = sorted({document for document, _ in every})
    random.seed(2)
    held = set(random.sample(documents, len(documents) // 10))
    weights = train([example for document, words in every if document not in held for example in examples(words)])
    for name in ('ewt', 'gum'):
        print(name)
        report(weights, [words for document, words in every if document in held and document.startswith(name)])
    weights = train([example for _, words in every for example in examples(words)])
    with open(f'{out}/boundaries.bin', 'wb') as file:
        file.write(bytes(weight & 0xFF for weight in weights))


if __name__ == '__main__':
    main()

"""The networks: words to scores of tags, names, arcs and labels.

`Network` is what ships: word columns -> BiLSTM -> `Heads`; `src/syntax/network.rs` computes the same with 8-bit products.
`Teacher` is a pretrained transformer of Apache-2.0 licence with the same heads; only training sees it.
"""

import torch
from torch import nn
from torch.nn import functional

from features import TABLES

WIDTH = 160  # of the input layer and of each LSTM direction
ARC_WIDTH = 128
LABEL_WIDTH = 48
# Distance of the head, by sign: 1, 2, 3, 4, 5-6, 7-9, 10-14, 15-24, 25 and more; the last bucket is the root's.
DISTANCES = [1, 2, 3, 4, 5, 7, 10, 15, 25]
ROOT_BUCKET = 2 * len(DISTANCES)


def distance_buckets(length):
    """(length, length + 1) bucket numbers; column 0 is the root, column j the word j - 1."""
    position = torch.arange(length)
    difference = position[None, :] - position[:, None]
    bucket = torch.bucketize(difference.abs(), torch.tensor(DISTANCES), right=True) - 1
    bucket = bucket.clamp(min=0) + len(DISTANCES) * (difference > 0).long()
    return torch.cat([torch.full((length, 1), ROOT_BUCKET), bucket], dim=1)


BUCKETS = distance_buckets(512)


def sequence_dropout(x, rate, training):
    """One mask per sentence: the same columns are dropped at every word."""
    if not training or rate == 0:
        return x
    return x * torch.empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - rate) / (1 - rate)


class Heads(nn.Module):
    """Encoded words (batch, length, inputs) to scores: linear for tags and names, biaffine for arcs and labels."""

    def __init__(self, inputs, labels, width=ARC_WIDTH, label_width=LABEL_WIDTH, dropout=0.33, sources=1):
        super().__init__()
        # What the program does with inputs of products: see `stored.py`.
        self.rounded = lambda x: x
        self.dropout, self.widths, self.labels = dropout, [width, width, label_width, label_width], len(labels.deprel)
        self.upos = nn.Linear(inputs, len(labels.upos))
        self.xpos = nn.Linear(inputs, len(labels.xpos))
        self.names = nn.Linear(inputs, len(labels.names))
        # Corpora name by guidelines of their own: what each adds to the common scores.
        self.guidelines = nn.Embedding(sources, len(labels.names) * inputs)
        nn.init.zeros_(self.guidelines.weight)
        # Dependent and head in the arc space, dependent and head in the label space.
        self.spaces = nn.Linear(inputs, sum(self.widths))
        self.arc_root = nn.Parameter(torch.randn(width) * 0.1)
        self.label_root = nn.Parameter(torch.randn(label_width) * 0.1)
        self.arc = nn.Linear(width, width)  # its bias scores heads by themselves
        nn.init.xavier_uniform_(self.arc.weight)
        self.distance = nn.Parameter(torch.zeros(ROOT_BUCKET + 1))
        self.label = nn.Linear(label_width, self.labels * label_width, bias=False)
        self.label_dependent = nn.Linear(label_width, self.labels)
        self.label_head = nn.Linear(label_width, self.labels, bias=False)

    def forward(self, x, sources=None):
        """Scores of UPOS, XPOS, names, arcs (batch, dependent, 1 + head), and what `label_scores` needs."""
        batch, length, inputs = x.shape
        spaces = torch.relu(self.spaces(x))
        spaces = sequence_dropout(spaces, self.dropout, self.training)
        arc_dependent, arc_head, label_dependent, label_head = spaces.split(self.widths, dim=2)
        arc_head = torch.cat([self.arc_root.expand(batch, 1, -1), arc_head], dim=1)
        label_head = torch.cat([self.label_root.expand(batch, 1, -1), label_head], dim=1)
        arcs = self.arc(self.rounded(arc_dependent)) @ arc_head.transpose(1, 2)
        arcs = arcs + self.distance[BUCKETS[:length, : length + 1]]
        names = self.names(x)
        if sources is not None:
            names = names + x @ self.guidelines(sources).view(batch, -1, inputs).transpose(1, 2)
        return self.upos(x), self.xpos(x), names, arcs, (label_dependent, label_head)

    def label_scores(self, label_dependent, label_head):
        """Scores of the labels for pairs of dependent and head, both (pairs, label width)."""
        label_dependent = self.rounded(label_dependent)
        pairs = self.label(label_dependent).view(len(label_dependent), self.labels, -1)
        scores = torch.bmm(pairs, label_head[:, :, None])[:, :, 0]
        return scores + self.label_dependent(label_dependent) + self.label_head(self.rounded(label_head))


def lstm(inputs, width):
    made = nn.LSTM(inputs, width, batch_first=True, bidirectional=True)
    for name, weight in made.named_parameters():
        if "weight_hh" in name:
            for gate in weight.data.chunk(4):
                nn.init.orthogonal_(gate)
        elif "weight_ih" in name:
            nn.init.xavier_uniform_(weight)
        else:
            nn.init.zeros_(weight)
            if "bias_ih" in name:
                weight.data[width : 2 * width] = 1.0
    return made


def run(lstm, x, lengths):
    """The LSTM over sentences of falling length."""
    if lengths[0] == lengths[-1]:
        return lstm(x)[0]
    packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True)
    return nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True)[0]


def tables():
    made = nn.ModuleList(nn.Embedding(rows, width) for _, rows, width in TABLES)
    for table in made:
        nn.init.uniform_(table.weight, -0.35, 0.35)
    return made


class Network(nn.Module):
    """columns (batch, length, 1 + tables) -> what `Heads` gives."""

    def __init__(self, vectors, labels, dropout=0.33):
        super().__init__()
        self.dropout = dropout
        self.vectors = nn.Parameter(torch.as_tensor(vectors), requires_grad=False)
        self.unknown = nn.Parameter(torch.zeros(self.vectors.shape[1]))
        self.tables = tables()
        inputs = self.vectors.shape[1] + sum(width for _, _, width in TABLES)
        self.input = nn.Linear(inputs, WIDTH)
        self.lstm = nn.ModuleList(lstm(size, WIDTH) for size in (WIDTH, 2 * WIDTH))
        self.heads = Heads(2 * WIDTH, labels, dropout=dropout)

    def forward(self, columns, lengths):
        words, columns = columns[..., 0], columns[..., 1:]
        vector = torch.where((words == 0)[..., None], self.unknown, self.vectors[words])
        x = torch.cat([vector] + [table(columns[..., i]) for i, table in enumerate(self.tables)], dim=2)
        x = sequence_dropout(x, 0.15 if self.dropout else 0, self.training)
        x = torch.relu(self.input(x))
        for lstm in self.lstm:
            x = run(lstm, sequence_dropout(x, self.dropout, self.training), lengths)
        return self.heads(sequence_dropout(x, self.dropout, self.training))


class Layer(nn.Module):
    """A layer of BERT (Devlin et al. 2019), with the names of its published weights."""

    def __init__(self, size, inner, heads):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.output = (nn.Linear(size, size) for _ in range(4))
        self.norm, self.last_norm = nn.LayerNorm(size, eps=1e-12), nn.LayerNorm(size, eps=1e-12)
        self.inner, self.outer = nn.Linear(size, inner), nn.Linear(inner, size)

    def forward(self, x, mask):
        batch, length, size = x.shape
        split = lambda y: y.view(batch, length, self.heads, -1).transpose(1, 2)
        # By hand: for short sentences on a CPU it is several times faster than the fused function, backwards above all.
        query, key, value = (split(part(x)).float() for part in (self.query, self.key, self.value))
        with torch.autocast("cpu", enabled=False):
            y = torch.softmax(query @ key.transpose(2, 3) * query.shape[3] ** -0.5 + mask, -1) @ value
        y = self.output(y.transpose(1, 2).reshape(batch, length, size))
        x = self.norm(x + functional.dropout(y, 0.1, self.training))
        y = self.outer(functional.gelu(self.inner(x)))
        return self.last_norm(x + functional.dropout(y, 0.1, self.training))


PUBLISHED = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "output": "attention.output.dense", "norm": "attention.output.LayerNorm", "last_norm": "output.LayerNorm",
    "inner": "intermediate.dense", "outer": "output.dense",
}


class Teacher(nn.Module):
    """word pieces, and the columns of `features` for what an uncased model cannot see -> what `Heads` gives."""

    def __init__(self, weights, labels, sources, dropout=0.33):
        super().__init__()
        size = weights["embeddings.word_embeddings.weight"].shape[1]
        embeddings = lambda name: nn.Embedding.from_pretrained(weights[f"embeddings.{name}.weight"].float(), freeze=False)
        self.pieces, self.positions = embeddings("word_embeddings"), embeddings("position_embeddings")
        self.positions.weight.data += weights["embeddings.token_type_embeddings.weight"][0].float()
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.norm.load_state_dict({part: weights[f"embeddings.LayerNorm.{part}"].float() for part in ("weight", "bias")})
        self.layers = nn.ModuleList()
        while f"encoder.layer.{len(self.layers)}.output.dense.weight" in weights:
            layer = Layer(size, weights["encoder.layer.0.intermediate.dense.weight"].shape[0], 12)
            prefix = f"encoder.layer.{len(self.layers)}."
            for own, published in PUBLISHED.items():
                for part in ("weight", "bias"):
                    getattr(getattr(layer, own), part).data.copy_(weights[f"{prefix}{published}.{part}"])
            self.layers.append(layer)
        self.mix = nn.Parameter(torch.zeros(len(self.layers) + 1))
        self.tables = tables()
        self.dropout = dropout
        self.lstm = lstm(size + sum(width for _, _, width in TABLES), 256)
        self.heads = Heads(512, labels, 256, 96, dropout, sources)

    def forward(self, pieces, firsts, columns, lengths, sources):
        """pieces (batch, pieces), 0 where there is none; firsts (batch, length): where each word begins."""
        x = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]]
        x = functional.dropout(self.norm(x), 0.1, self.training)
        mask = torch.zeros(pieces.shape).masked_fill(pieces == 0, -1e4)[:, None, None, :]
        outputs = [x]
        with torch.autocast("cpu", torch.bfloat16):
            for layer in self.layers:
                x = layer(x, mask)
                outputs.append(x)
        weights = torch.softmax(self.mix, 0)
        x = sum(weight * output.float() for weight, output in zip(weights, outputs))
        x = x.gather(1, firsts[..., None].expand(-1, -1, x.shape[2]))
        x = torch.cat([x] + [table(columns[..., 1 + i]) for i, table in enumerate(self.tables)], dim=2)
        x = run(self.lstm, sequence_dropout(x, self.dropout, self.training), lengths)
        return self.heads(sequence_dropout(x, self.dropout, self.training), sources)

"""The network: word columns -> BiLSTM -> tags, and scores for arcs and labels. `src/syntax/network.rs` computes the same."""

import torch
from torch import nn

from features import TABLES

WIDTH = 128  # of each LSTM direction and of the arc space
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


class Network(nn.Module):
    def __init__(self, vectors, uposes, xposes, labels, dropout=0.3):
        super().__init__()
        self.dropout = dropout
        self.vectors = nn.Parameter(torch.as_tensor(vectors), requires_grad=False)
        self.unknown = nn.Parameter(torch.zeros(self.vectors.shape[1]))
        self.tables = nn.ModuleList(nn.Embedding(rows, width) for _, rows, width in TABLES)
        for table in self.tables:
            nn.init.uniform_(table.weight, -0.35, 0.35)
        inputs = self.vectors.shape[1] + sum(width for _, _, width in TABLES)
        self.input = nn.Linear(inputs, WIDTH)
        self.lstm = nn.ModuleList(
            nn.LSTM(size, WIDTH, batch_first=True, bidirectional=True) for size in (WIDTH, 2 * WIDTH)
        )
        for lstm in self.lstm:
            for name, weight in lstm.named_parameters():
                if "weight_hh" in name:
                    for gate in weight.data.chunk(4):
                        nn.init.orthogonal_(gate)
                elif "weight_ih" in name:
                    nn.init.xavier_uniform_(weight)
                else:
                    nn.init.zeros_(weight)
                    if "bias_ih" in name:
                        weight.data[WIDTH : 2 * WIDTH] = 1.0
        self.upos = nn.Linear(2 * WIDTH, uposes)
        self.xpos = nn.Linear(2 * WIDTH, xposes)
        # Dependent and head in the arc space, dependent and head in the label space.
        self.spaces = nn.Linear(2 * WIDTH, 2 * WIDTH + 2 * LABEL_WIDTH)
        self.arc_root = nn.Parameter(torch.randn(WIDTH) * 0.1)
        self.label_root = nn.Parameter(torch.randn(LABEL_WIDTH) * 0.1)
        self.arc = nn.Linear(WIDTH, WIDTH)  # its bias scores heads by themselves
        nn.init.xavier_uniform_(self.arc.weight)
        self.distance = nn.Parameter(torch.zeros(ROOT_BUCKET + 1))
        self.label = nn.Linear(LABEL_WIDTH, labels * LABEL_WIDTH, bias=False)
        self.label_dependent = nn.Linear(LABEL_WIDTH, labels)
        self.label_head = nn.Linear(LABEL_WIDTH, labels, bias=False)
        self.labels = labels

    def encode(self, words, columns, lengths):
        known = self.vectors[words]
        vector = torch.where((words == 0)[..., None], self.unknown, known)
        x = torch.cat([vector] + [table(columns[..., i]) for i, table in enumerate(self.tables)], dim=2)
        x = sequence_dropout(x, 0.15 if self.dropout else 0, self.training)
        x = torch.relu(self.input(x))
        even = lengths[0] == lengths[-1]
        for lstm in self.lstm:
            x = sequence_dropout(x, self.dropout, self.training)
            if even:
                x, _ = lstm(x)
            else:
                packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True)
                x, _ = nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True)
        return sequence_dropout(x, self.dropout, self.training)

    def forward(self, words, columns, lengths):
        """UPOS and XPOS scores, arc scores (batch, dependent, 1 + head), and what `label_scores` needs."""
        x = self.encode(words, columns, lengths)
        batch, length, _ = x.shape
        spaces = torch.relu(self.spaces(x))
        spaces = sequence_dropout(spaces, self.dropout, self.training)
        arc_dependent, arc_head, label_dependent, label_head = spaces.split(
            [WIDTH, WIDTH, LABEL_WIDTH, LABEL_WIDTH], dim=2
        )
        arc_head = torch.cat([self.arc_root.expand(batch, 1, WIDTH), arc_head], dim=1)
        label_head = torch.cat([self.label_root.expand(batch, 1, LABEL_WIDTH), label_head], dim=1)
        arcs = self.arc(arc_dependent) @ arc_head.transpose(1, 2)
        arcs = arcs + self.distance[BUCKETS[:length, : length + 1]]
        return self.upos(x), self.xpos(x), arcs, (label_dependent, label_head)

    def label_scores(self, label_dependent, label_head):
        """Scores of the labels for pairs of dependent and head, both (pairs, LABEL_WIDTH)."""
        pairs = self.label(label_dependent).view(-1, self.labels, LABEL_WIDTH)
        scores = torch.bmm(pairs, label_head[:, :, None])[:, :, 0]
        return scores + self.label_dependent(label_dependent) + self.label_head(label_head)

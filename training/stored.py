"""A weight file as a network again, which computes as the program does: with 8-bit weights and 8-bit inputs of products."""

import numpy as np
import torch

import features
import model_file
from network import WIDTH, Network
from train import Labels


class HashedWords:
    """Rows of word vectors by word, as the file has them: by hash."""

    def __init__(self, hashes):
        self.row = {int(value): row + 1 for row, value in enumerate(hashes)}

    def get(self, word, default):
        return self.row.get(model_file.word_hash(word), default)


def nearest(x):
    """The nearest 8-bit row, on the scale of its largest number."""
    largest = x.abs().amax(-1, keepdim=True).clamp(min=1e-30)
    return torch.round(x * (127 / largest)) * (largest / 127)


class Program(Network):
    """The network as `src/syntax/network.rs` computes it, one sentence at a time."""

    def __init__(self, vectors, labels):
        super().__init__(vectors, labels)
        self.heads.rounded = nearest

    def forward(self, columns, lengths):
        words, columns = columns[0, :, 0], columns[0, :, 1:]
        vector = torch.where((words == 0)[:, None], self.unknown, self.vectors[words])
        x = torch.cat([vector] + [table(columns[:, i]) for i, table in enumerate(self.tables)], dim=1)
        x = nearest(torch.relu(self.input(nearest(x))))
        for lstm in self.lstm:
            x = torch.cat([self.direction(lstm, x, ""), self.direction(lstm, x.flip(0), "_reverse").flip(0)], dim=1)
        return self.heads(x[None])

    def direction(self, lstm, x, suffix):
        get = lambda name: getattr(lstm, name + "_l0" + suffix)
        projected = x @ get("weight_ih").T + get("bias_ih")
        hidden, cell, out = torch.zeros(WIDTH), torch.zeros(WIDTH), []
        for gates in projected:
            entry, forget, candidate, output = (gates + hidden @ get("weight_hh").T).chunk(4)
            cell = torch.sigmoid(forget) * cell + torch.sigmoid(entry) * torch.tanh(candidate)
            hidden = torch.round(torch.sigmoid(output) * torch.tanh(cell) * 127) / 127
            out.append(hidden)
        return torch.stack(out)


def load(path):
    """The network of a weight file, ready to be asked, and its labels."""
    sections = model_file.read(path)
    names = [sections[f"labels.{kind}"].decode().split("\n") for kind in ("upos", "xpos", "deprel", "names")]
    labels = Labels(HashedWords(sections["words"]), *names)
    network = Program(sections["vectors"], labels)
    state = model_file.state_of(sections, features.TABLES)
    network.load_state_dict({name: torch.as_tensor(np.ascontiguousarray(values)) for name, values in state.items()})
    return network.eval(), labels

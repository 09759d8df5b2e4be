"""A weight file as a network again, with the rounded weights that the program sees."""

import numpy as np
import torch

import features
import model_file
from network import Network
from train import Labels


class HashedWords:
    """Rows of word vectors by word, as the file has them: by hash."""

    def __init__(self, hashes):
        self.row = {int(value): row + 1 for row, value in enumerate(hashes)}

    def get(self, word, default):
        return self.row.get(model_file.word_hash(word), default)


def load(path):
    """The network of a weight file, ready to be asked, and its labels."""
    sections = model_file.read(path)
    names = [sections[f"names.{kind}"].decode().split("\n") for kind in ("upos", "xpos", "deprel")]
    network = Network(sections["vectors"], *map(len, names))
    state = model_file.state_of(sections, features.TABLES)
    network.load_state_dict({name: torch.as_tensor(np.ascontiguousarray(values)) for name, values in state.items()})
    return network.eval(), Labels(HashedWords(sections["words"]), *names)

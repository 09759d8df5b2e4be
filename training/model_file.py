"""The weight file that `src/syntax/model.rs` reads: 8-bit rows, each with a 16-bit float scale.

    magic "geopolNN", u32 feature version, u32 number of sections,
    per section: name (16 bytes, zero-padded), u32 kind, u32 rows, u32 columns, u32 offset; then the sections, 8-aligned.
    Kinds: 0 bytes, 1 f32, 2 rows of i8 behind all their f16 scales, 3 u64.
All numbers are little-endian.
"""

import numpy as np

from features import VERSION

MAGIC = b"geopolNN"


def word_hash(word):
    """FNV-1a, 64 bits."""
    value = 0xCBF29CE484222325
    for byte in word.encode("utf-8"):
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def quantise(matrix):
    """i8 rows and f16 scales, so that row * scale is nearest to the matrix."""
    matrix = np.asarray(matrix, dtype=np.float32)
    scales = (np.abs(matrix).max(axis=1) / 127).astype(np.float16)
    scales = np.maximum(scales, np.float16(1e-7))
    rows = np.clip(np.rint(matrix / scales.astype(np.float32)[:, None]), -127, 127).astype(np.int8)
    return rows, scales


def read(path):
    """The sections of a weight file by name: bytes, or arrays as the program sees them."""
    data = open(path, "rb").read()
    assert data[:8] == MAGIC, "no weight file"
    version, count = np.frombuffer(data, "<u4", 2, 8)
    assert version == VERSION, f"made for features {version}, this is {VERSION}"
    sections = {}
    for entry in range(16, 16 + 32 * int(count), 32):
        name = data[entry : entry + 16].rstrip(b"\0").decode()
        kind, rows, columns, offset = (int(n) for n in np.frombuffer(data, "<u4", 4, entry + 16))
        if kind == 0:
            sections[name] = data[offset : offset + columns]
        elif kind == 1:
            sections[name] = np.frombuffer(data, "<f4", columns, offset).copy()
        elif kind == 2:
            scales = np.frombuffer(data, "<f2", rows, offset).astype(np.float32)
            values = np.frombuffer(data, "i1", rows * columns, offset + 2 * rows).reshape(rows, columns)
            sections[name] = values.astype(np.float32) * scales[:, None]
        else:
            sections[name] = np.frombuffer(data, "<u8", columns, offset)
    return sections


# Matrices by section, biases and other vectors by section: the names that PyTorch has for them.
HEADS = {"label.d": "label_dependent", "label.h": "label_head"} | {
    name: name for name in ("upos", "xpos", "names", "spaces", "arc", "label")
}
MATRICES = {"input": "input.weight"} | {name: f"heads.{module}.weight" for name, module in HEADS.items()}
VECTORS = {f"{name}.b": f"heads.{module}.bias" for name, module in HEADS.items() if name not in ("label", "label.h")}
VECTORS |= {"input.b": "input.bias", "arc.root": "heads.arc_root", "label.root": "heads.label_root", "distance": "heads.distance"}
LSTMS = [(f"lstm{layer}{side}", layer, suffix) for layer in (0, 1) for side, suffix in (("f", ""), ("b", "_reverse"))]
MATRICES |= {f"{name}.x": f"lstm.{layer}.weight_ih_l0{suffix}" for name, layer, suffix in LSTMS}
MATRICES |= {f"{name}.h": f"lstm.{layer}.weight_hh_l0{suffix}" for name, layer, suffix in LSTMS}


def state_of(sections, tables):
    """The state_dict of a network from the sections of its file (the word vectors in the file's order)."""
    state = {torch_name: sections[name] for name, torch_name in (MATRICES | VECTORS).items()}
    for name, layer, suffix in LSTMS:
        # PyTorch keeps two biases where one would do.
        state[f"lstm.{layer}.bias_ih_l0{suffix}"] = sections[f"{name}.x.b"]
        state[f"lstm.{layer}.bias_hh_l0{suffix}"] = np.zeros_like(sections[f"{name}.x.b"])
    state |= {f"tables.{i}.weight": sections[f"table.{name}"] for i, (name, _, _) in enumerate(tables)}
    inputs = sections["names"].shape
    return state | {"vectors": sections["vectors"], "unknown": sections["vectors"][0], "heads.guidelines.weight": np.zeros((1, inputs[0] * inputs[1]))}


def write(path, state, words, labels, tables):
    """`state` is the network's state_dict as numpy arrays; `words[i]` has the vector `state["vectors"][i + 1]`."""
    sections = []
    for kind in ("upos", "xpos", "deprel", "names"):
        text = "\n".join(getattr(labels, kind)).encode()
        sections.append((f"labels.{kind}", 0, 1, len(text), text))

    order = sorted(range(len(words)), key=lambda i: word_hash(words[i]))
    hashes = np.array([word_hash(words[i]) for i in order], dtype="<u8")
    assert len(set(hashes.tolist())) == len(words), "two words share a hash"
    sections.append(("words", 3, 1, len(words), hashes.tobytes()))
    vectors = np.concatenate([state["unknown"][None, :], state["vectors"][1:][order]])

    stored = {"vectors": vectors}
    stored |= {f"table.{name}": state[f"tables.{i}.weight"] for i, (name, _, _) in enumerate(tables)}
    stored |= {name: state[torch_name] for name, torch_name in MATRICES.items()}
    for name, matrix in stored.items():
        rows, scales = quantise(matrix)
        sections.append((name, 2, *rows.shape, scales.astype("<f2").tobytes() + rows.tobytes()))

    plain = {name: state[torch_name] for name, torch_name in VECTORS.items()}
    for name, layer, suffix in LSTMS:
        plain[f"{name}.x.b"] = state[f"lstm.{layer}.bias_ih_l0{suffix}"] + state[f"lstm.{layer}.bias_hh_l0{suffix}"]
    for name, values in plain.items():
        sections.append((name, 1, 1, len(values), np.asarray(values, dtype="<f4").tobytes()))

    head = 16 + 32 * len(sections)
    body = b""
    with open(path, "wb") as file:
        file.write(MAGIC + np.array([VERSION, len(sections)], dtype="<u4").tobytes())
        for name, kind, rows, columns, data in sections:
            assert len(name) <= 16
            file.write(name.encode().ljust(16, b"\0"))
            file.write(np.array([kind, rows, columns, head + len(body)], dtype="<u4").tobytes())
            body += data + b"\0" * (-len(data) % 8)
        file.write(body)

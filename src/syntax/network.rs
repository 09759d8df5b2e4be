//! The network: words to scores of tags, names, heads and relations.
//!
//! A bidirectional LSTM of two layers reads the sentence; its output goes through linear heads for tags and names, and
//! through two pairs of small layers, as dependent and as head, whose bilinear products score arcs and labels
//! (Dozat and Manning 2017). `training/network.py` is the same in PyTorch; the parity test holds both together.

use std::collections::HashMap;

use rayon::prelude::*;

use super::embedding::{self, Embedding, Form};
use super::kernels::{Bytes, Matrix, add_dot_products, lstm_cell, relu};
use super::model::ModelFile;
use super::tree;
use crate::error::Result;

/// Width of the input layer and of each LSTM direction.
const HIDDEN: usize = 160;
const ENCODED: usize = 2 * HIDDEN;
const GATES: usize = 4 * HIDDEN;
/// Widths of the arc space and of the label space.
const ARC: usize = 128;
const LABEL: usize = 48;
/// Least distances of the buckets; then the same for heads to the right, then the root's.
const DISTANCES: [usize; 9] = [1, 2, 3, 4, 5, 7, 10, 15, 25];
/// Sentences computed side by side.
const BATCH: usize = 16;

/// What the network says of one sentence; each vector row by row, a row for each word.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    pub upos: Vec<f32>,
    pub xpos: Vec<f32>,
    pub names: Vec<f32>,
    /// The best tree: head of each word, `None` for the root.
    pub heads: Vec<Option<usize>>,
    /// Labels of the arcs of that tree.
    pub deprels: Vec<f32>,
}

/// How many labels of each kind there are.
#[derive(Clone, Copy)]
pub struct Sizes {
    pub upos: usize,
    pub xpos: usize,
    pub names: usize,
    pub deprel: usize,
}

/// The weights, as the kernels want them.
#[derive(Clone)]
pub struct Network {
    file: ModelFile,
    sizes: Sizes,
    embedding: Embedding,
    input: Layer,
    lstm: [[Lstm; 2]; 2],
    /// Tags, names, and the spaces of arcs and labels, side by side.
    heads: Layer,
    arc: Layer,
    arc_root: Vec<f32>,
    distance: Vec<f32>,
    label: Matrix,
    label_dependent: Layer,
    label_head: Matrix,
    label_root: Vec<f32>,
}

/// The words of some sentences of falling length, position by position: the first words of all, the second words, …
struct Packed {
    /// Sentences that have a word at each position.
    active: Vec<usize>,
    /// The row of each position's first word; the last is the number of rows.
    starts: Vec<usize>,
}

impl Packed {
    fn new(lengths: &[usize]) -> Packed {
        let longest = lengths.first().copied().unwrap_or(0);
        let active: Vec<usize> =
            (0..longest).map(|position| lengths.iter().filter(|&&length| length > position).count()).collect();
        let mut starts = vec![0];
        for count in &active {
            starts.push(starts[starts.len() - 1] + count);
        }
        Packed { active, starts }
    }

    fn rows(&self) -> usize {
        self.starts[self.active.len()]
    }

    /// The rows of a sentence's words.
    fn sentence(&self, index: usize, length: usize) -> impl Iterator<Item = usize> + '_ {
        self.starts[..length].iter().map(move |start| start + index)
    }
}

impl Network {
    pub fn new(file: ModelFile, sizes: Sizes) -> Result<Network> {
        let lstm = |layer: usize, direction: &str| {
            Lstm::new(&file, &format!("lstm{layer}{direction}"), [HIDDEN, ENCODED][layer])
        };
        // The file has the label matrix label by label; scoring wants all labels of one dimension side by side.
        let rows = file.rows("label", LABEL)?;
        if rows.rows != sizes.deprel * LABEL {
            return Err(file.damaged("label"));
        }
        let label = Matrix::new(LABEL, sizes.deprel * LABEL, |output, into| {
            rows.copy(&file, output % sizes.deprel * LABEL + output / sizes.deprel, into)
        });
        let parts =
            [("upos", sizes.upos), ("xpos", sizes.xpos), ("names", sizes.names), ("spaces", 2 * ARC + 2 * LABEL)];
        Ok(Network {
            embedding: Embedding::new(&file)?,
            input: Layer::new(&file, embedding::WIDTH, &[("input", HIDDEN)])?,
            lstm: [[lstm(0, "f")?, lstm(0, "b")?], [lstm(1, "f")?, lstm(1, "b")?]],
            heads: Layer::new(&file, ENCODED, &parts)?,
            arc: Layer::new(&file, ARC, &[("arc", ARC)])?,
            arc_root: file.floats("arc.root", ARC)?,
            distance: file.floats("distance", 2 * DISTANCES.len() + 1)?,
            label,
            label_dependent: Layer::new(&file, LABEL, &[("label.d", sizes.deprel)])?,
            label_head: matrix(&file, LABEL, &[("label.h", sizes.deprel)])?,
            label_root: file.floats("label.root", LABEL)?,
            sizes,
            file,
        })
    }

    /// What `decide` makes of the scores of each sentence, in order; each gets the same bits whatever sentences are beside
    /// it. Works on rayon's current threads.
    pub fn read<T: Send>(&self, sentences: &[&[Form<'_>]], decide: impl Fn(usize, Scores) -> T + Sync) -> Vec<T> {
        let mut order: Vec<usize> = (0..sentences.len()).collect();
        order.sort_by_key(|&index| std::cmp::Reverse(sentences[index].len()));
        let batch = |batch: &[usize]| -> Vec<(usize, T)> {
            let chosen: Vec<&[Form<'_>]> = batch.iter().map(|&index| sentences[index]).collect();
            let scores = self.scores(&chosen);
            batch.iter().zip(scores).map(|(&index, scores)| (index, decide(index, scores))).collect()
        };
        let mut read: Vec<(usize, T)> = match sentences.len() {
            // Not worth waking other threads.
            ..=BATCH => batch(&order),
            _ => order.par_chunks(BATCH).flat_map_iter(batch).collect(),
        };
        read.sort_by_key(|(index, _)| *index);
        read.into_iter().map(|(_, decided)| decided).collect()
    }

    /// The scores of sentences of falling length.
    fn scores(&self, sentences: &[&[Form<'_>]]) -> Vec<Scores> {
        let lengths: Vec<usize> = sentences.iter().map(|sentence| sentence.len()).collect();
        let packed = Packed::new(&lengths);
        let encoded = self.encode(sentences, &packed);
        let heads = self.heads.apply(&encoded, 0..packed.rows());
        lengths
            .iter()
            .enumerate()
            .map(|(index, &length)| {
                let rows = packed.sentence(index, length);
                let words: Vec<&[f32]> =
                    rows.map(|row| &heads[row * self.heads.width()..][..self.heads.width()]).collect();
                self.score(&words)
            })
            .collect()
    }

    /// The LSTM's output for each row of the packed sentences.
    fn encode(&self, sentences: &[&[Form<'_>]], packed: &Packed) -> Bytes {
        let mut x = self.inputs(sentences, packed);
        for [forward, backward] in &self.lstm {
            let mut y = Bytes::zeros(packed.rows(), ENCODED);
            forward.run(&x, packed, 0..packed.active.len(), &mut y, 0);
            backward.run(&x, packed, (0..packed.active.len()).rev(), &mut y, HIDDEN);
            x = y;
        }
        x
    }

    /// The input layer's output; words that come again are computed once.
    fn inputs(&self, sentences: &[&[Form<'_>]], packed: &Packed) -> Bytes {
        let mut known: HashMap<Form<'_>, usize> = HashMap::new();
        let mut embedded = Vec::new();
        let mut distinct = Vec::with_capacity(packed.rows());
        for (position, &active) in packed.active.iter().enumerate() {
            for sentence in &sentences[..active] {
                let form = sentence[position];
                let next = known.len();
                distinct.push(*known.entry(form).or_insert_with(|| {
                    let start = embedded.len();
                    embedded.resize(start + embedding::WIDTH, 0.0);
                    self.embedding.write(&self.file, form, &mut embedded[start..]);
                    next
                }));
            }
        }
        let mut x = self.input.apply(&Bytes::nearest(&embedded, embedding::WIDTH), 0..known.len());
        relu(&mut x);
        let x = Bytes::nearest(&x, HIDDEN);
        let mut inputs = Bytes::empty_like(&x);
        distinct.iter().for_each(|&row| inputs.push(&x, row));
        inputs
    }

    /// The scores of one sentence from the rows of its words.
    fn score(&self, words: &[&[f32]]) -> Scores {
        let mut start = 0;
        let mut columns = |width: usize| -> Vec<f32> {
            start += width;
            words.iter().flat_map(|row| &row[start - width..start]).copied().collect()
        };
        let [upos, xpos, names] = [self.sizes.upos, self.sizes.xpos, self.sizes.names].map(&mut columns);
        let [arc_dependents, arc_heads, label_dependents, label_heads] = [ARC, ARC, LABEL, LABEL].map(|width| {
            let mut space = columns(width);
            relu(&mut space);
            space
        });
        let heads = tree::heads(&self.arcs(&arc_dependents, &arc_heads), words.len());
        let label_heads: Vec<f32> = heads
            .iter()
            .flat_map(|head| head.map_or(&self.label_root[..], |head| &label_heads[head * LABEL..][..LABEL]))
            .copied()
            .collect();
        let deprels = self.deprels(&label_dependents, &label_heads);
        Scores { upos, xpos, names, heads, deprels }
    }

    /// Scores of all heads of all words: column 0 is the root, column `1 + j` the word `j`.
    fn arcs(&self, dependents: &[f32], heads: &[f32]) -> Vec<f32> {
        let words = dependents.len() / ARC;
        let mut arcs = Vec::with_capacity(words * (words + 1));
        for word in 0..words {
            arcs.extend((0..=words).map(|head| self.distance[bucket(word, head)]));
        }
        let asked = self.arc.apply(&Bytes::nearest(dependents, ARC), 0..words);
        let heads = [&self.arc_root, heads].concat();
        add_dot_products(&asked, &heads, ARC, &mut arcs);
        arcs
    }

    /// Scores of all labels for pairs of dependent and head.
    fn deprels(&self, dependents: &[f32], heads: &[f32]) -> Vec<f32> {
        let labels = self.sizes.deprel;
        let words = dependents.len() / LABEL;
        let dependents = Bytes::nearest(dependents, LABEL);
        let mut scores = self.label_dependent.apply(&dependents, 0..words);
        self.label_head.add_products(&Bytes::nearest(heads, LABEL), 0..words, &mut scores);
        let width = self.label_dependent.width();
        let mut all = Vec::with_capacity(words * labels);
        let mut pairs = vec![0.0; BATCH * self.label.width()];
        for first in (0..words).step_by(BATCH) {
            let rows = first..words.min(first + BATCH);
            let pairs = &mut pairs[..rows.len() * self.label.width()];
            pairs.fill(0.0);
            self.label.add_products(&dependents, rows.clone(), pairs);
            for (word, pairs) in rows.zip(pairs.chunks_exact(self.label.width())) {
                let scores = &mut scores[word * width..][..labels];
                for (pair, &weight) in pairs.chunks_exact(labels).zip(&heads[word * LABEL..][..LABEL]) {
                    for (score, &value) in scores.iter_mut().zip(pair) {
                        *score += weight * value;
                    }
                }
                all.extend_from_slice(scores);
            }
        }
        all
    }
}

/// Which learned bias the arc of a word to the head of a column has.
fn bucket(word: usize, head: usize) -> usize {
    let Some(head) = head.checked_sub(1) else { return 2 * DISTANCES.len() };
    let reached = DISTANCES.iter().filter(|&&least| least <= word.abs_diff(head)).count();
    reached.saturating_sub(1) + if head > word { DISTANCES.len() } else { 0 }
}

/// Sections of the file, each so many outputs, as one matrix.
fn matrix(file: &ModelFile, inputs: usize, parts: &[(&str, usize)]) -> Result<Matrix> {
    let mut rows = Vec::new();
    for &(name, outputs) in parts {
        let section = file.rows(name, inputs)?;
        if section.rows != outputs {
            return Err(file.damaged(name));
        }
        rows.extend((0..outputs).map(|row| (section, row)));
    }
    Ok(Matrix::new(inputs, rows.len(), |output, into| rows[output].0.copy(file, rows[output].1, into)))
}

/// A linear layer.
#[derive(Clone)]
struct Layer {
    weights: Matrix,
    bias: Vec<f32>,
}

impl Layer {
    fn new(file: &ModelFile, inputs: usize, parts: &[(&str, usize)]) -> Result<Layer> {
        let weights = matrix(file, inputs, parts)?;
        let mut bias = Vec::with_capacity(weights.width());
        for &(name, outputs) in parts {
            bias.extend(file.floats(&format!("{name}.b"), outputs)?);
        }
        bias.resize(weights.width(), 0.0);
        Ok(Layer { weights, bias })
    }

    fn width(&self) -> usize {
        self.bias.len()
    }

    fn apply(&self, x: &Bytes, rows: std::ops::Range<usize>) -> Vec<f32> {
        let mut y = self.bias.repeat(rows.len());
        self.weights.add_products(x, rows, &mut y);
        y
    }
}

/// One direction of one LSTM layer.
#[derive(Clone)]
struct Lstm {
    input: Layer,
    recurrent: Matrix,
}

impl Lstm {
    fn new(file: &ModelFile, name: &str, inputs: usize) -> Result<Lstm> {
        let input = Layer::new(file, inputs, &[(&format!("{name}.x"), GATES)])?;
        Ok(Lstm { input, recurrent: matrix(file, HIDDEN, &[(&format!("{name}.h"), GATES)])? })
    }

    /// Reads the positions in their order and writes `HIDDEN` columns of `y` from `column` on.
    fn run(&self, x: &Bytes, packed: &Packed, positions: impl Iterator<Item = usize>, y: &mut Bytes, column: usize) {
        let mut gates = self.input.apply(x, 0..packed.rows());
        let sentences = packed.active.first().copied().unwrap_or(0);
        let mut cell = vec![0.0; sentences * HIDDEN];
        let mut hidden = Bytes::zeros(sentences, HIDDEN);
        for position in positions {
            let (start, active) = (packed.starts[position], packed.active[position]);
            let gates = &mut gates[start * GATES..][..active * GATES];
            self.recurrent.add_products(&hidden, 0..active, gates);
            for (sentence, gates) in gates.chunks_exact(GATES).enumerate() {
                let out = hidden.columns_mut(sentence, 0..HIDDEN);
                lstm_cell(gates, &mut cell[sentence * HIDDEN..][..HIDDEN], out);
                y.columns_mut(start + sentence, column..column + HIDDEN).copy_from_slice(out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_those_of_training() {
        // (word, column of the head): the root, one to the left, one to the right, six to the right, far to the left.
        let cases = [((3, 0), 18), ((3, 3), 0), ((3, 5), 9), ((0, 7), 13), ((40, 1), 8)];
        for (arc, expected) in cases {
            assert_eq!(bucket(arc.0, arc.1), expected, "{arc:?}");
        }
    }
    /// Asserts that `name` is the best of a row of scores (where `allowed`), or as good as the best, and gives what its score
    /// differs by: a number that lies between two bytes may fall to either, and what follows is moved a little.
    fn difference(names: &[&str], scores: &[f32], name: &str, score: &str, allowed: impl Fn(&str) -> bool) -> f32 {
        const NEAR: f32 = 0.5;
        let at = names.iter().position(|&known| known == name).unwrap();
        let score: f32 = score.parse().unwrap();
        assert!((scores[at] - score).abs() < NEAR, "{name}: {} instead of {score}", scores[at]);
        let better = names.iter().zip(scores).find(|(name, other)| allowed(name) && **other > scores[at] + NEAR);
        assert_eq!(better, None, "better than {name} {score}");
        (scores[at] - score).abs()
    }

    /// training/parity.py wrote down what PyTorch computes with the same file.
    #[test]
    fn training_and_program_agree() {
        let bytes = include_bytes!("../../data/model/english.bin").as_slice();
        let file = ModelFile::new("english.bin", bytes).unwrap();
        let [upos, xpos, names, deprel] = ["labels.upos", "labels.xpos", "labels.names", "labels.deprel"]
            .map(|name| file.lines(name).unwrap().collect::<Vec<_>>());
        let sizes = Sizes { upos: upos.len(), xpos: xpos.len(), names: names.len(), deprel: deprel.len() };
        let network = Network::new(file.clone(), sizes).unwrap();
        let mut differences = Vec::new();
        for block in include_str!("../../tests/data/syntax-parity.tsv").split_terminator("\n\n") {
            let rows: Vec<Vec<&str>> = block.lines().map(|line| line.split('\t').collect()).collect();
            let forms: Vec<Form<'_>> = rows.iter().map(|row| Form { text: row[0], glued: row[1] == "1" }).collect();
            let scores = network.read(&[&forms], |_, scores| scores).remove(0);
            for (word, row) in rows.iter().enumerate() {
                let of = |scores: &[f32], size: usize| scores[word * size..][..size].to_vec();
                differences.push(difference(&upos, &of(&scores.upos, upos.len()), row[2], row[3], |_| true));
                differences.push(difference(&xpos, &of(&scores.xpos, xpos.len()), row[4], row[5], |_| true));
                differences.push(difference(&names, &of(&scores.names, names.len()), row[6], row[7], |_| true));
                let head: usize = row[10].parse().unwrap();
                assert_eq!(scores.heads[word].map_or(0, |head| head + 1), head, "head of {} in {block}", row[0]);
                let is_root = |label: &str| (label == "root") == (head == 0);
                let deprels = of(&scores.deprels, deprel.len());
                differences.push(difference(&deprel, &deprels, row[8], row[9], is_root));
            }
        }
        let mean = differences.iter().sum::<f32>() / differences.len() as f32;
        assert!(mean < 0.01, "the scores differ by {mean} in the mean");
    }
}

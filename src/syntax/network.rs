//! The network: words to scores of tags, heads and relations.
//!
//! A bidirectional LSTM of two layers reads the sentence; its output goes through linear heads for the tags, and through
//! two pairs of small layers, as dependent and as head, whose bilinear products score arcs and labels
//! (Dozat and Manning 2017). `training/network.py` is the same in PyTorch; the parity test holds both together.

use super::embedding::{self, Embedding, Form};
use super::kernels::{Matrix, lstm_cell, relu};
use super::model::ModelFile;
use super::tree;
use crate::error::Result;

/// Width of each LSTM direction and of the arc space.
const HIDDEN: usize = 128;
const ENCODED: usize = 2 * HIDDEN;
const GATES: usize = 4 * HIDDEN;
/// Width of the label space.
const LABEL: usize = 48;
const SPACES: usize = 2 * HIDDEN + 2 * LABEL;
/// Least distances of the buckets; then the same for heads to the right, then the root's.
const DISTANCES: [usize; 9] = [1, 2, 3, 4, 5, 7, 10, 15, 25];
/// Sentences computed side by side.
const BATCH: usize = 8;

/// What the network says of one sentence; each vector row by row, a row for each word.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    pub upos: Vec<f32>,
    pub xpos: Vec<f32>,
    /// The best tree: head of each word, `None` for the root.
    pub heads: Vec<Option<usize>>,
    /// Labels of the arcs of that tree.
    pub deprels: Vec<f32>,
}

/// What a sentence's words are as dependents and as heads; a row for each word.
struct Spaces {
    arc_dependents: Vec<f32>,
    arc_heads: Vec<f32>,
    label_dependents: Vec<f32>,
    label_heads: Vec<f32>,
}

/// The weights, as the kernels want them.
#[derive(Clone)]
pub struct Network {
    file: ModelFile,
    embedding: Embedding,
    input: Layer,
    lstm: [[Lstm; 2]; 2],
    upos: Layer,
    xpos: Layer,
    spaces: Layer,
    arc: Layer,
    arc_root: Vec<f32>,
    distance: Vec<f32>,
    label: Matrix,
    label_dependent: Layer,
    label_head: Matrix,
    label_root: Vec<f32>,
}

impl Network {
    pub fn new(file: ModelFile, uposes: usize, xposes: usize, deprels: usize) -> Result<Network> {
        let lstm = |layer: usize, direction: &str| {
            Lstm::new(&file, &format!("lstm{layer}{direction}"), [HIDDEN, ENCODED][layer])
        };
        // The file has the label matrix label by label; scoring wants all labels of one dimension side by side.
        let rows = file.rows("label", LABEL)?;
        if rows.rows != deprels * LABEL {
            return Err(file.damaged("label"));
        }
        let label = Matrix::new(LABEL, deprels * LABEL, |output, into| {
            rows.read(&file, output % deprels * LABEL + output / deprels, into)
        });
        Ok(Network {
            embedding: Embedding::new(&file)?,
            input: Layer::new(&file, "input", embedding::WIDTH, HIDDEN, "input.b")?,
            lstm: [[lstm(0, "f")?, lstm(0, "b")?], [lstm(1, "f")?, lstm(1, "b")?]],
            upos: Layer::new(&file, "upos", ENCODED, uposes, "upos.b")?,
            xpos: Layer::new(&file, "xpos", ENCODED, xposes, "xpos.b")?,
            spaces: Layer::new(&file, "spaces", ENCODED, SPACES, "spaces.b")?,
            arc: Layer::new(&file, "arc", HIDDEN, HIDDEN, "arc.b")?,
            arc_root: file.floats("arc.root", HIDDEN)?,
            distance: file.floats("distance", 2 * DISTANCES.len() + 1)?,
            label,
            label_dependent: Layer::new(&file, "label_dependent", LABEL, deprels, "label.b")?,
            label_head: matrix(&file, "label_head", LABEL, deprels)?,
            label_root: file.floats("label.root", LABEL)?,
            file,
        })
    }

    /// Scores for each sentence; each gets the same bits whatever sentences are beside it.
    pub fn scores(&self, sentences: &[&[Form<'_>]]) -> Vec<Scores> {
        let mut order: Vec<usize> = (0..sentences.len()).collect();
        order.sort_by_key(|&index| std::cmp::Reverse(sentences[index].len()));
        let mut scores = vec![Scores::default(); sentences.len()];
        for batch in order.chunks(BATCH) {
            let chosen: Vec<&[Form<'_>]> = batch.iter().map(|&index| sentences[index]).collect();
            let encoded = self.encode(&chosen);
            let mut start = 0;
            for (&index, sentence) in batch.iter().zip(chosen) {
                let end = start + sentence.len() * ENCODED;
                scores[index] = self.score(&encoded[start..end]);
                start = end;
            }
        }
        scores
    }

    /// The LSTM's output for sentences in order of falling length, one after the other.
    fn encode(&self, sentences: &[&[Form<'_>]]) -> Vec<f32> {
        let lengths: Vec<usize> = sentences.iter().map(|sentence| sentence.len()).collect();
        let words = lengths.iter().sum::<usize>();
        let mut embedded = vec![0.0; words * embedding::WIDTH];
        for (&form, into) in sentences.iter().copied().flatten().zip(embedded.chunks_exact_mut(embedding::WIDTH)) {
            self.embedding.write(&self.file, form, into);
        }
        let mut x = self.input.apply(&embedded);
        relu(&mut x);
        for [forward, backward] in &self.lstm {
            let mut y = vec![0.0; words * ENCODED];
            forward.run(&x, &lengths, |_, step| step, &mut y);
            backward.run(&x, &lengths, |length, step| length - 1 - step, &mut y[HIDDEN..]);
            x = y;
        }
        x
    }

    fn score(&self, encoded: &[f32]) -> Scores {
        let words = encoded.len() / ENCODED;
        let spaces = self.spaces(encoded);
        let heads = tree::heads(&self.arcs(&spaces), words);
        let label_heads: Vec<f32> = heads
            .iter()
            .flat_map(|head| head.map_or(&self.label_root[..], |head| &spaces.label_heads[head * LABEL..][..LABEL]))
            .copied()
            .collect();
        let deprels = self.deprels(&spaces.label_dependents, &label_heads);
        Scores { upos: self.upos.apply(encoded), xpos: self.xpos.apply(encoded), heads, deprels }
    }

    fn spaces(&self, encoded: &[f32]) -> Spaces {
        let mut spaces = self.spaces.apply(encoded);
        relu(&mut spaces);
        let columns = |start: usize, width: usize| -> Vec<f32> {
            spaces.chunks_exact(SPACES).flat_map(|word| &word[start..start + width]).copied().collect()
        };
        Spaces {
            arc_dependents: columns(0, HIDDEN),
            arc_heads: columns(HIDDEN, HIDDEN),
            label_dependents: columns(2 * HIDDEN, LABEL),
            label_heads: columns(2 * HIDDEN + LABEL, LABEL),
        }
    }

    /// Scores of all heads of all words: column 0 is the root, column `1 + j` the word `j`.
    fn arcs(&self, spaces: &Spaces) -> Vec<f32> {
        let words = spaces.arc_dependents.len() / HIDDEN;
        let mut arcs = Vec::with_capacity(words * (words + 1));
        for word in 0..words {
            arcs.extend((0..=words).map(|head| self.distance[bucket(word, head)]));
        }
        let head = |index: usize| match index.checked_sub(1) {
            Some(word) => &spaces.arc_heads[word * HIDDEN..][..HIDDEN],
            None => &self.arc_root,
        };
        let heads = Matrix::new(HIDDEN, words + 1, |index, into| into.copy_from_slice(head(index)));
        heads.add_products(&self.arc.apply(&spaces.arc_dependents), &mut arcs);
        arcs
    }

    /// Scores of all labels for pairs of dependent and head.
    fn deprels(&self, dependents: &[f32], heads: &[f32]) -> Vec<f32> {
        let labels = self.label_head.outputs();
        let mut scores = self.label_dependent.apply(dependents);
        self.label_head.add_products(heads, &mut scores);
        let mut pairs = vec![0.0; 16 * labels * LABEL];
        let chunks = dependents.chunks(16 * LABEL).zip(heads.chunks(16 * LABEL)).zip(scores.chunks_mut(16 * labels));
        for ((dependents, heads), scores) in chunks {
            let pairs = &mut pairs[..dependents.len() * labels];
            pairs.fill(0.0);
            self.label.add_products(dependents, pairs);
            for ((pairs, head), scores) in
                pairs.chunks_exact(LABEL * labels).zip(heads.chunks_exact(LABEL)).zip(scores.chunks_exact_mut(labels))
            {
                for (pair, &weight) in pairs.chunks_exact(labels).zip(head) {
                    for (score, &value) in scores.iter_mut().zip(pair) {
                        *score += weight * value;
                    }
                }
            }
        }
        scores
    }
}

/// Which learned bias the arc of a word to the head of a column has.
fn bucket(word: usize, head: usize) -> usize {
    let Some(head) = head.checked_sub(1) else { return 2 * DISTANCES.len() };
    let reached = DISTANCES.iter().filter(|&&least| least <= word.abs_diff(head)).count();
    reached.saturating_sub(1) + if head > word { DISTANCES.len() } else { 0 }
}

fn matrix(file: &ModelFile, name: &str, inputs: usize, outputs: usize) -> Result<Matrix> {
    let rows = file.rows(name, inputs)?;
    if rows.rows != outputs {
        return Err(file.damaged(name));
    }
    Ok(Matrix::new(inputs, outputs, |row, into| rows.read(file, row, into)))
}

/// A linear layer.
#[derive(Clone)]
struct Layer {
    weights: Matrix,
    bias: Vec<f32>,
}

impl Layer {
    fn new(file: &ModelFile, name: &str, inputs: usize, outputs: usize, bias: &str) -> Result<Layer> {
        Ok(Layer { weights: matrix(file, name, inputs, outputs)?, bias: file.floats(bias, outputs)? })
    }

    fn apply(&self, x: &[f32]) -> Vec<f32> {
        let rows = x.len() / self.weights.inputs();
        let mut y = self.bias.repeat(rows);
        self.weights.add_products(x, &mut y);
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
        let input = Layer::new(file, &format!("{name}.x"), inputs, GATES, &format!("{name}.b"))?;
        Ok(Lstm { input, recurrent: matrix(file, &format!("{name}.h"), HIDDEN, GATES)? })
    }

    /// Reads sentences of falling length and writes into the first half of each word's `ENCODED` columns of `y`;
    /// `position(length, step)` is the word that is read at a step.
    fn run(&self, x: &[f32], lengths: &[usize], position: impl Fn(usize, usize) -> usize, y: &mut [f32]) {
        let projected = self.input.apply(x);
        let starts: Vec<usize> = lengths
            .iter()
            .scan(0, |next, length| {
                let start = *next;
                *next += length;
                Some(start)
            })
            .collect();
        let mut cell = vec![0.0; lengths.len() * HIDDEN];
        let mut hidden = vec![0.0; lengths.len() * HIDDEN];
        let mut gates = vec![0.0; lengths.len() * GATES];
        for step in 0..lengths.first().copied().unwrap_or(0) {
            let active = lengths.iter().filter(|&&length| length > step).count();
            let word = |sentence: usize| starts[sentence] + position(lengths[sentence], step);
            for sentence in 0..active {
                gates[sentence * GATES..][..GATES].copy_from_slice(&projected[word(sentence) * GATES..][..GATES]);
            }
            self.recurrent.add_products(&hidden[..active * HIDDEN], &mut gates[..active * GATES]);
            for sentence in 0..active {
                let own = sentence * HIDDEN..(sentence + 1) * HIDDEN;
                lstm_cell(&gates[sentence * GATES..][..GATES], &mut cell[own.clone()], &mut hidden[own.clone()]);
                y[word(sentence) * ENCODED..][..HIDDEN].copy_from_slice(&hidden[own]);
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
    /// Asserts that `name` is the best of a row of scores (where `allowed`), and its score the expected one.
    fn check(names: &[&str], scores: &[f32], name: &str, score: &str, allowed: impl Fn(&str) -> bool) {
        let at = names.iter().position(|&known| known == name).unwrap();
        let score: f32 = score.parse().unwrap();
        assert!((scores[at] - score).abs() < 1e-3, "{name}: {} instead of {score}", scores[at]);
        let better = names.iter().zip(scores).find(|(name, other)| allowed(name) && **other > scores[at] + 1e-3);
        assert_eq!(better, None, "better than {name} {score}");
    }

    /// training/parity.py wrote down what PyTorch computes with the same file.
    #[test]
    fn training_and_program_agree() {
        let bytes = include_bytes!("../../data/model/english.bin").as_slice();
        let file = ModelFile::new("english.bin", bytes).unwrap();
        let [upos, xpos, deprel] =
            ["names.upos", "names.xpos", "names.deprel"].map(|name| file.lines(name).unwrap().collect::<Vec<_>>());
        let network = Network::new(file.clone(), upos.len(), xpos.len(), deprel.len()).unwrap();
        for block in include_str!("../../tests/data/syntax-parity.tsv").split_terminator("\n\n") {
            let rows: Vec<Vec<&str>> = block.lines().map(|line| line.split('\t').collect()).collect();
            let forms: Vec<Form<'_>> = rows.iter().map(|row| Form { text: row[0], glued: row[1] == "1" }).collect();
            let encoded = network.encode(&[&forms]);
            let arcs = network.arcs(&network.spaces(&encoded));
            let scores = network.score(&encoded);
            for (word, row) in rows.iter().enumerate() {
                check(&upos, &scores.upos[word * upos.len()..][..upos.len()], row[2], row[3], |_| true);
                check(&xpos, &scores.xpos[word * xpos.len()..][..xpos.len()], row[4], row[5], |_| true);
                let head: usize = row[6].parse().unwrap();
                assert_eq!(scores.heads[word].map_or(0, |head| head + 1), head, "head of {} in {block}", row[0]);
                let arc = arcs[word * (rows.len() + 1) + head];
                assert!((arc - row[7].parse::<f32>().unwrap()).abs() < 1e-3, "arc of {}: {arc}, {}", row[0], row[7]);
                let is_root = |label: &str| (label == "root") == (head == 0);
                check(&deprel, &scores.deprels[word * deprel.len()..][..deprel.len()], row[8], row[9], is_root);
            }
        }
    }
}

//! The ranker: how well an antecedent fits a pronoun, by small networks over what is seen of the two.
//!
//! Every feature is one of a few values, so that a layer is a sum of rows: those of the pronoun once, those of each antecedent
//! on top. Scores are log-odds against each other and against "stands for nothing here". Mention ranking after Durrett and
//! Klein (2013). `training/antecedents.rs` makes the weights.

use std::sync::LazyLock;

use crate::entities::pronouns::Case;

/// Values that the features of a pronoun, of an antecedent, and of having none can take, all together.
pub const INPUTS: usize = 348;
pub const HIDDEN: usize = 128;

static FILE: &[u8] = include_bytes!("../../data/model/antecedents.bin");
static TRAINED: LazyLock<Ranker> = LazyLock::new(|| Ranker::read(FILE).expect("the file has the size of the network"));

/// The values seen, as rows of the first layer. Each feature has its own stretch of rows, in the order of the calls.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features {
    pub rows: Vec<u16>,
    next: u16,
}

impl Features {
    /// Features whose rows begin at `start`.
    pub(super) fn from(start: usize) -> Features {
        Features { rows: Vec::with_capacity(32), next: start as u16 }
    }

    /// A feature that takes one of `values` values.
    pub(super) fn add(&mut self, value: usize, values: usize) {
        debug_assert!(value < values && usize::from(self.next) + values <= INPUTS);
        self.rows.push(self.next + value.min(values - 1) as u16);
        self.next += values as u16;
    }

    pub(super) fn flag(&mut self, value: bool) {
        self.add(usize::from(value), 2);
    }
}

/// A layer of rectified units and a weight for each.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranker {
    pub rows: Vec<[f32; HIDDEN]>,
    pub bias: [f32; HIDDEN],
    pub output: [f32; HIDDEN],
}

impl Ranker {
    /// The weights in the program.
    pub fn trained() -> &'static Ranker {
        &TRAINED
    }

    /// Little-endian numbers: rows, bias, output. `None` where there are more or fewer.
    pub fn read(bytes: &[u8]) -> Option<Ranker> {
        let numbers: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|chunk| f32::from_le_bytes(*chunk)).collect();
        let mut blocks: Vec<[f32; HIDDEN]> = numbers.as_chunks::<HIDDEN>().0.to_vec();
        if bytes.len() != (INPUTS + 2) * HIDDEN * 4 {
            return None;
        }
        let (output, bias) = (blocks.pop()?, blocks.pop()?);
        Some(Ranker { rows: blocks, bias, output })
    }

    pub fn write(&self) -> Vec<u8> {
        let blocks = self.rows.iter().chain([&self.bias, &self.output]);
        blocks.flatten().flat_map(|number| number.to_le_bytes()).collect()
    }

    /// The option of a case with the best odds, by chain first, and the share of all odds that its chain has.
    pub fn likeliest(&self, case: &Case) -> (usize, f64) {
        let begun = self.begin(&case.features);
        let scores: Vec<f32> =
            (case.options.iter()).map(|option| self.score(begun, &option.features) + option.salience as f32).collect();
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let odds: Vec<f64> = scores.iter().map(|score| f64::from(score - most).exp()).collect();
        let of_chain = |option: usize| -> f64 {
            let chain = case.options[option].chain;
            case.options.iter().zip(&odds).filter(|(option, _)| option.chain == chain).map(|(_, odds)| odds).sum()
        };
        let whole: Vec<f64> = (0..odds.len()).map(of_chain).collect();
        let best = (0..odds.len())
            .max_by(|&a, &b| whole[a].total_cmp(&whole[b]).then(odds[a].total_cmp(&odds[b])).then(b.cmp(&a)))
            .unwrap_or(0);
        (best, whole[best] / odds.iter().sum::<f64>())
    }

    /// What the units get from the features of a pronoun, which all its antecedents share.
    pub fn begin(&self, pronoun: &Features) -> [f32; HIDDEN] {
        self.sum(self.bias, pronoun)
    }

    pub fn score(&self, begun: [f32; HIDDEN], antecedent: &Features) -> f32 {
        let units = self.sum(begun, antecedent);
        units.iter().zip(&self.output).map(|(unit, weight)| unit.max(0.0) * weight).sum()
    }

    pub fn sum(&self, mut units: [f32; HIDDEN], features: &Features) -> [f32; HIDDEN] {
        for &row in &features.rows {
            for (unit, weight) in units.iter_mut().zip(&self.rows[usize::from(row)]) {
                *unit += weight;
            }
        }
        units
    }
}

//! Matrix products and activations, with one fixed order of summation, so that every machine computes the same bits.
//!
//! Each output is `start + x0*w0 + x1*w1 + …` from left to right, however many outputs or rows are computed side by side;
//! products and sums are rounded separately (no fused multiply-add), and `tanh` is a quotient of polynomials, not the libm's.

/// Outputs computed side by side.
const PANEL: usize = 16;
/// Input rows computed side by side.
const ROWS: usize = 4;

/// A weight matrix, stored panel by panel: for 16 outputs, the 16 weights of input 0, of input 1, …
#[derive(Clone)]
pub struct Matrix {
    inputs: usize,
    outputs: usize,
    panels: Vec<f32>,
}

impl Matrix {
    /// A matrix whose output `index` has the weights that `row(index, weights)` writes.
    pub fn new(inputs: usize, outputs: usize, mut row: impl FnMut(usize, &mut [f32])) -> Matrix {
        let mut panels = vec![0.0; outputs.div_ceil(PANEL) * PANEL * inputs];
        let mut weights = vec![0.0; inputs];
        for output in 0..outputs {
            row(output, &mut weights);
            let panel = &mut panels[output / PANEL * PANEL * inputs..][..PANEL * inputs];
            for (column, &weight) in panel.as_chunks_mut::<PANEL>().0.iter_mut().zip(&weights) {
                column[output % PANEL] = weight;
            }
        }
        Matrix { inputs, outputs, panels }
    }

    pub fn inputs(&self) -> usize {
        self.inputs
    }

    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Adds the products of all rows of `x` to the rows of `y`.
    pub fn add_products(&self, x: &[f32], y: &mut [f32]) {
        debug_assert_eq!(x.len() / self.inputs, y.len() / self.outputs);
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2; the function is the portable one, compiled for wider vectors.
            unsafe { self.add_products_avx2(x, y) };
            return;
        }
        self.add_products_portable(x, y);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn add_products_avx2(&self, x: &[f32], y: &mut [f32]) {
        self.add_products_portable(x, y);
    }

    #[inline(always)]
    fn add_products_portable(&self, x: &[f32], y: &mut [f32]) {
        for (x, y) in x.chunks(ROWS * self.inputs).zip(y.chunks_mut(ROWS * self.outputs)) {
            match x.len() / self.inputs {
                4 => self.add_block::<4>(x, y),
                3 => self.add_block::<3>(x, y),
                2 => self.add_block::<2>(x, y),
                _ => self.add_block::<1>(x, y),
            }
        }
    }

    /// `N` rows times all panels.
    #[inline(always)]
    fn add_block<const N: usize>(&self, x: &[f32], y: &mut [f32]) {
        let columns: Vec<[f32; N]> =
            (0..self.inputs).map(|input| std::array::from_fn(|row| x[row * self.inputs + input])).collect();
        for (index, panel) in self.panels.chunks_exact(PANEL * self.inputs).enumerate() {
            let start = index * PANEL;
            let width = PANEL.min(self.outputs - start);
            let mut sums = [[0.0; PANEL]; N];
            for (sum, y) in sums.iter_mut().zip(y.chunks_exact(self.outputs)) {
                match y[start..].first_chunk() {
                    Some(y) => *sum = *y,
                    None => sum[..width].copy_from_slice(&y[start..]),
                }
            }
            sums = products(sums, &columns, panel.as_chunks().0);
            for (sum, y) in sums.iter().zip(y.chunks_exact_mut(self.outputs)) {
                match y[start..].first_chunk_mut() {
                    Some(y) => *y = *sum,
                    None => y[start..].copy_from_slice(&sum[..width]),
                }
            }
        }
    }
}

/// The sums with all products of one panel added; by value, so that they stay in registers.
#[inline(always)]
fn products<const N: usize>(
    mut sums: [[f32; PANEL]; N],
    columns: &[[f32; N]],
    panel: &[[f32; PANEL]],
) -> [[f32; PANEL]; N] {
    for (column, weights) in columns.iter().zip(panel) {
        for (sum, x) in sums.iter_mut().zip(column) {
            for (sum, weight) in sum.iter_mut().zip(weights) {
                *sum += x * weight;
            }
        }
    }
    sums
}

pub fn relu(values: &mut [f32]) {
    for value in values {
        *value = value.max(0.0);
    }
}

/// One step of a long short-term memory: `gates` holds input, forget, cell and output gates before activation.
pub fn lstm_cell(gates: &[f32], cell: &mut [f32], hidden: &mut [f32]) {
    let width = cell.len();
    let (input, rest) = gates.split_at(width);
    let (forget, rest) = rest.split_at(width);
    let (candidate, output) = rest.split_at(width);
    let output = &output[..width];
    let hidden = &mut hidden[..width];
    for i in 0..width {
        cell[i] = sigmoid(forget[i]) * cell[i] + sigmoid(input[i]) * tanh(candidate[i]);
        hidden[i] = sigmoid(output[i]) * tanh(cell[i]);
    }
}

#[inline(always)]
fn sigmoid(x: f32) -> f32 {
    0.5 * tanh(0.5 * x) + 0.5
}

/// Rational approximation, good to a few units in the last place: the coefficients are those of Eigen's `ptanh`.
#[inline(always)]
fn tanh(x: f32) -> f32 {
    let x = x.clamp(-7.905_311, 7.905_311);
    let square = x * x;
    let mut above = -2.760_768_5e-16;
    for coefficient in [2.000_188e-13, -8.604_672e-11, 5.122_297e-8, 1.485_722_4e-5, 6.372_619_3e-4, 4.893_524_6e-3_f32]
    {
        above = above * square + coefficient;
    }
    let mut below = 1.198_258_4e-6;
    for coefficient in [1.185_347_1e-4, 2.268_434_6e-3, 4.893_525e-3_f32] {
        below = below * square + coefficient;
    }
    x * above / below
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn products_are_the_same_bits_for_any_number_of_rows_and_any_vector_width() {
        let (inputs, outputs) = (37, 51);
        let weights = numbers(inputs * outputs, 1);
        let matrix = Matrix::new(inputs, outputs, |row, into| into.copy_from_slice(&weights[row * inputs..][..inputs]));
        for rows in 0..10 {
            let x = numbers(rows * inputs, 2);
            let mut expected = numbers(rows * outputs, 3);
            let (mut wide, mut portable) = (expected.clone(), expected.clone());
            for row in 0..rows {
                for output in 0..outputs {
                    for input in 0..inputs {
                        expected[row * outputs + output] += x[row * inputs + input] * weights[output * inputs + input];
                    }
                }
            }
            matrix.add_products(&x, &mut wide);
            matrix.add_products_portable(&x, &mut portable);
            assert_eq!(wide, expected);
            assert_eq!(portable, expected);
        }
    }

    #[test]
    fn activations_follow_the_functions() {
        for step in -2000..2000 {
            let x = step as f32 / 100.0;
            assert!((tanh(x) - x.tanh()).abs() < 1e-6, "tanh {x}");
            assert!((sigmoid(x) - 1.0 / (1.0 + (-x).exp())).abs() < 1e-6, "sigmoid {x}");
        }
    }
}

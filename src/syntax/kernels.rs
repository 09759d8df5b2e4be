//! Matrix products over 8-bit numbers and activations, the same bits on every machine.
//!
//! Weights are signed bytes with a scale for each output, inputs are signed bytes with a scale for each row; sums of
//! products are whole numbers, so that vector instructions of any width agree with the portable code. What is computed
//! in floating point (`Dense`, the activations) has one order of summation, separate rounding of products and sums
//! (no fused multiply-add), and a `tanh` that is a quotient of polynomials, not the libm's.

/// Outputs computed side by side.
const PANEL: usize = 16;
/// Inputs multiplied at once: the bytes of a 32-bit lane.
const GROUP: usize = 4;

/// The weights of 4 inputs for 16 outputs: output by output.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Block([i8; PANEL * GROUP]);

/// A matrix of 8-bit weights, stored panel by panel: for 16 outputs, the blocks of inputs 0 to 3, of 4 to 7, …
#[derive(Clone)]
pub struct Matrix {
    groups: usize,
    blocks: Vec<Block>,
    /// Of each output; zeros fill the last panel.
    scales: Vec<f32>,
    /// What the sums are too large by, since `Bytes` are kept without sign.
    excess: Vec<i32>,
}

/// Rows of 8-bit numbers: a number is `(byte - 128) * scale`, -127 to 127 times the scale of its row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bytes {
    width: usize,
    bytes: Vec<u8>,
    scales: Vec<f32>,
}

/// What zero is kept as.
const ZERO: u8 = 128;
/// The scale of what lies between -1 and 1.
const UNIT: f32 = 1.0 / 127.0;

impl Bytes {
    /// Rows of zeros, on the scale of what lies between -1 and 1.
    pub fn zeros(rows: usize, width: usize) -> Bytes {
        let width = width.next_multiple_of(GROUP);
        Bytes { width, bytes: vec![ZERO; rows * width], scales: vec![UNIT; rows] }
    }

    /// The nearest 8-bit rows, each with the scale of its largest number.
    pub fn nearest(rows: &[f32], width: usize) -> Bytes {
        let mut bytes = Bytes::zeros(rows.len() / width, width);
        let into = bytes.bytes.chunks_exact_mut(bytes.width).zip(&mut bytes.scales);
        for (row, (into, scale)) in rows.chunks_exact(width).zip(into) {
            let largest = row.iter().fold(0.0f32, |largest, x| largest.max(x.abs()));
            *scale = largest / 127.0;
            let inverse = if largest > 0.0 { 127.0 / largest } else { 0.0 };
            round(row, inverse, into);
        }
        bytes
    }

    pub fn push(&mut self, other: &Bytes, row: usize) {
        self.bytes.extend_from_slice(other.row(row));
        self.scales.push(other.scales[row]);
    }

    /// No rows yet, as wide as these.
    pub fn empty_like(other: &Bytes) -> Bytes {
        Bytes { width: other.width, ..Bytes::default() }
    }

    fn row(&self, row: usize) -> &[u8] {
        &self.bytes[row * self.width..][..self.width]
    }

    /// Some columns of a row, to be written by `round_units`.
    pub fn columns_mut(&mut self, row: usize, columns: std::ops::Range<usize>) -> &mut [u8] {
        &mut self.bytes[row * self.width..][columns]
    }
}

/// Numbers times `inverse` to the nearest whole ones, ties to even; they lie within -127 and 127.
#[inline(always)]
fn round(numbers: &[f32], inverse: f32, into: &mut [u8]) {
    // Adding 1.5 * 2^23 leaves no room for a fraction: the low bits are the whole number.
    const MAGIC: f32 = 12_582_912.0;
    for (&number, byte) in numbers.iter().zip(into) {
        let whole = (number * inverse + MAGIC).to_bits() as i32 - MAGIC.to_bits() as i32;
        *byte = (whole + i32::from(ZERO)).clamp(1, 255) as u8;
    }
}

/// What the processor can do; all of them compute the same bits.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Level {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// The best that this processor has.
    fn best() -> Level {
        Level::all().last().copied().unwrap_or(Level::Portable)
    }

    /// All that this processor has.
    fn all() -> &'static [Level] {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            let wide = std::arch::is_x86_feature_detected!("avx512f")
                && std::arch::is_x86_feature_detected!("avx512bw")
                && std::arch::is_x86_feature_detected!("avx512vl")
                && std::arch::is_x86_feature_detected!("avx512dq")
                && std::arch::is_x86_feature_detected!("avx512vnni");
            return if wide { &[Level::Portable, Level::Avx2, Level::Avx512] } else { &[Level::Portable, Level::Avx2] };
        }
        &[Level::Portable]
    }
}

/// Calls a function that exists for each level, compiled for the level's vectors.
macro_rules! on {
    ($level:expr, $portable:ident, $avx2:ident, $avx512:ident, ($($argument:expr),*)) => {
        match $level {
            Level::Portable => $portable($($argument),*),
            // SAFETY: a level is only chosen where the processor has its instructions.
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => unsafe { $avx2($($argument),*) },
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => unsafe { $avx512($($argument),*) },
        }
    };
}

impl Matrix {
    /// A matrix whose output `index` has the weights that `row(index, weights)` writes, times the scale that it gives.
    pub fn new(inputs: usize, outputs: usize, mut row: impl FnMut(usize, &mut [i8]) -> f32) -> Matrix {
        let groups = inputs.div_ceil(GROUP);
        let panels = outputs.div_ceil(PANEL);
        let mut matrix = Matrix {
            groups,
            blocks: vec![Block([0; PANEL * GROUP]); panels * groups],
            scales: vec![0.0; panels * PANEL],
            excess: vec![0; panels * PANEL],
        };
        let mut weights = vec![0; inputs];
        for output in 0..outputs {
            matrix.scales[output] = row(output, &mut weights);
            matrix.excess[output] = i32::from(ZERO) * weights.iter().map(|&weight| i32::from(weight)).sum::<i32>();
            let blocks = &mut matrix.blocks[output / PANEL * groups..][..groups];
            for (block, weights) in blocks.iter_mut().zip(weights.chunks(GROUP)) {
                block.0[output % PANEL * GROUP..][..weights.len()].copy_from_slice(weights);
            }
        }
        matrix
    }

    /// Columns of the rows that `add_products` adds to: the outputs, and what fills the last panel.
    pub fn width(&self) -> usize {
        self.scales.len()
    }

    /// Adds the products of some rows of `x` to the rows of `y`, one after the other.
    pub fn add_products(&self, x: &Bytes, rows: std::ops::Range<usize>, y: &mut [f32]) {
        self.add_products_at(Level::best(), x, rows, y);
    }

    fn add_products_at(&self, level: Level, x: &Bytes, rows: std::ops::Range<usize>, y: &mut [f32]) {
        debug_assert_eq!((x.width, rows.len() * self.width()), (self.groups * GROUP, y.len()));
        let bytes = &x.bytes[rows.start * x.width..rows.end * x.width];
        on!(level, add_portable, add_avx2, add_avx512, (self, bytes, &x.scales[rows], y));
    }
}

/// `y += x * matrix`, so many rows and panels at a time, enough of both to keep the processor busy; `$sums` gives the
/// whole-number sums.
macro_rules! add {
    ($matrix:ident, $x:ident, $scales:ident, $y:ident, [$($rows:literal x $panels:literal)*], $sums:ident) => {{
        let (width, inputs, groups) = ($matrix.width(), $matrix.groups * GROUP, $matrix.groups);
        let (outputs, excess) = ($matrix.scales.as_chunks::<PANEL>().0, $matrix.excess.as_chunks::<PANEL>().0);
        let mut done = 0;
        $(
            while $scales.len() - done >= $rows {
                let x = &$x[done * inputs..][..$rows * inputs];
                let scales = &$scales[done..][..$rows];
                let y = &mut $y[done * width..][..$rows * width];
                let mut panel = 0;
                while outputs.len() - panel >= $panels {
                    let sums = $sums::<$rows, $panels>(x, &$matrix.blocks[panel * groups..][..$panels * groups]);
                    for ((row, &scale), sums) in y.chunks_exact_mut(width).zip(scales).zip(&sums) {
                        let row = &mut row.as_chunks_mut::<PANEL>().0[panel..];
                        for (index, (y, sums)) in row.iter_mut().zip(sums).enumerate() {
                            add_scaled(y, sums, &excess[panel + index], &outputs[panel + index], scale);
                        }
                    }
                    panel += $panels;
                }
                for panel in panel..outputs.len() {
                    let sums = $sums::<$rows, 1>(x, &$matrix.blocks[panel * groups..][..groups]);
                    for ((row, &scale), sums) in y.chunks_exact_mut(width).zip(scales).zip(&sums) {
                        let y = &mut row.as_chunks_mut::<PANEL>().0[panel];
                        add_scaled(y, &sums[0], &excess[panel], &outputs[panel], scale);
                    }
                }
                done += $rows;
            }
        )*
    }};
}

#[inline(always)]
fn add_scaled(y: &mut [f32; PANEL], sums: &[i32; PANEL], excess: &[i32; PANEL], outputs: &[f32; PANEL], scale: f32) {
    for lane in 0..PANEL {
        y[lane] += (sums[lane] - excess[lane]) as f32 * (outputs[lane] * scale);
    }
}

/// Sums of some rows and panels.
type Sums<const ROWS: usize, const PANELS: usize> = [[[i32; PANEL]; PANELS]; ROWS];

fn add_portable(matrix: &Matrix, x: &[u8], scales: &[f32], y: &mut [f32]) {
    add!(matrix, x, scales, y, [2 x 1 1 x 1], sums_portable);
}

#[inline(always)]
fn sums_portable<const ROWS: usize, const PANELS: usize>(x: &[u8], blocks: &[Block]) -> Sums<ROWS, PANELS> {
    let groups = blocks.len() / PANELS;
    let mut sums = [[[0; PANEL]; PANELS]; ROWS];
    for (row, sums) in sums.iter_mut().enumerate() {
        let x = x[row * groups * GROUP..][..groups * GROUP].as_chunks::<GROUP>().0;
        for (sums, blocks) in sums.iter_mut().zip(blocks.chunks_exact(groups)) {
            for (block, x) in blocks.iter().zip(x) {
                for (sum, weights) in sums.iter_mut().zip(block.0.as_chunks::<GROUP>().0) {
                    for (&weight, &x) in weights.iter().zip(x) {
                        *sum += i32::from(x) * i32::from(weight);
                    }
                }
            }
        }
    }
    sums
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn add_avx2(matrix: &Matrix, x: &[u8], scales: &[f32], y: &mut [f32]) {
    add!(matrix, x, scales, y, [2 x 1 1 x 1], sums_avx2);
}

/// Products of 16-bit numbers in pairs: the 8-bit instruction of AVX2 would cut off what is too large.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
fn sums_avx2<const ROWS: usize, const PANELS: usize>(x: &[u8], blocks: &[Block]) -> Sums<ROWS, PANELS> {
    use std::arch::x86_64::*;
    let groups = blocks.len() / PANELS;
    assert!(x.len() >= ROWS * groups * GROUP);
    let mut sums = [[[0; PANEL]; PANELS]; ROWS];
    for panel in 0..PANELS {
        let mut pairs = [[_mm256_setzero_si256(); 4]; ROWS];
        for (group, block) in blocks[panel * groups..][..groups].iter().enumerate() {
            let mut weights = [_mm256_setzero_si256(); 4];
            for (quarter, weights) in weights.iter_mut().enumerate() {
                // SAFETY: a block has four quarters of 16 bytes.
                let bytes = unsafe { _mm_loadu_si128(block.0.as_ptr().add(16 * quarter).cast()) };
                *weights = _mm256_cvtepi8_epi16(bytes);
            }
            for (row, pairs) in pairs.iter_mut().enumerate() {
                // SAFETY: every row has `groups * GROUP` bytes, which the assertion has seen.
                let four = unsafe { x.as_ptr().add((row * groups + group) * GROUP).cast::<i32>().read_unaligned() };
                let four = _mm256_broadcastq_epi64(_mm_cvtepu8_epi16(_mm_cvtsi32_si128(four)));
                for (pair, &weights) in pairs.iter_mut().zip(&weights) {
                    *pair = _mm256_add_epi32(*pair, _mm256_madd_epi16(four, weights));
                }
            }
        }
        for (sums, pairs) in sums.iter_mut().zip(pairs) {
            for (sums, pair) in sums[panel].as_chunks_mut::<4>().0.iter_mut().zip(pairs) {
                let mut halves = [0i32; 8];
                // SAFETY: eight numbers of 32 bits are 256 bits.
                unsafe { _mm256_storeu_si256(halves.as_mut_ptr().cast(), pair) };
                for (sum, halves) in sums.iter_mut().zip(halves.as_chunks::<2>().0) {
                    *sum = halves[0] + halves[1];
                }
            }
        }
    }
    sums
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
fn add_avx512(matrix: &Matrix, x: &[u8], scales: &[f32], y: &mut [f32]) {
    add!(matrix, x, scales, y, [16 x 1 8 x 2 4 x 4 2 x 8 1 x 8], sums_avx512);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
#[inline]
fn sums_avx512<const ROWS: usize, const PANELS: usize>(x: &[u8], blocks: &[Block]) -> Sums<ROWS, PANELS> {
    use std::arch::x86_64::*;
    let groups = blocks.len() / PANELS;
    assert!(x.len() >= ROWS * groups * GROUP && blocks.len() == PANELS * groups);
    let mut sums = [[_mm512_setzero_si512(); PANELS]; ROWS];
    for group in 0..groups {
        let mut weights = [_mm512_setzero_si512(); PANELS];
        for (panel, weights) in weights.iter_mut().enumerate() {
            // SAFETY: there are `PANELS * groups` blocks of 64 bytes, aligned as 512 bits want it.
            *weights = unsafe { _mm512_load_si512(blocks.as_ptr().add(panel * groups + group).cast()) };
        }
        for (row, sums) in sums.iter_mut().enumerate() {
            // SAFETY: every row has `groups * GROUP` bytes, which the assertion has seen.
            let four = unsafe { x.as_ptr().add((row * groups + group) * GROUP).cast::<i32>().read_unaligned() };
            let four = _mm512_set1_epi32(four);
            for (sum, &weights) in sums.iter_mut().zip(&weights) {
                *sum = _mm512_dpbusd_epi32(*sum, four, weights);
            }
        }
    }
    let mut lanes = [[[0; PANEL]; PANELS]; ROWS];
    for (lanes, &sum) in lanes.as_flattened_mut().iter_mut().zip(sums.as_flattened()) {
        // SAFETY: sixteen numbers of 32 bits are 512 bits.
        unsafe { _mm512_storeu_si512(lanes.as_mut_ptr().cast(), sum) };
    }
    lanes
}

/// One step of a long short-term memory: `gates` holds input, forget, cell and output gates before activation; the
/// output, between -1 and 1, is rounded into `hidden`.
pub fn lstm_cell(gates: &[f32], cell: &mut [f32], hidden: &mut [u8]) {
    lstm_cell_at(Level::best(), gates, cell, hidden);
}

fn lstm_cell_at(level: Level, gates: &[f32], cell: &mut [f32], hidden: &mut [u8]) {
    on!(level, cell_portable, cell_avx2, cell_avx512, (gates, cell, hidden));
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn cell_avx2(gates: &[f32], cell: &mut [f32], hidden: &mut [u8]) {
    cell_portable(gates, cell, hidden);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,avx512f,avx512bw,avx512vl,avx512dq")]
fn cell_avx512(gates: &[f32], cell: &mut [f32], hidden: &mut [u8]) {
    cell_portable(gates, cell, hidden);
}

#[inline(always)]
fn cell_portable(gates: &[f32], cell: &mut [f32], hidden: &mut [u8]) {
    let width = cell.len();
    debug_assert!(width.is_multiple_of(PANEL) && gates.len() == 4 * width);
    let gate = |index: usize| gates[index * width..][..width].as_chunks::<PANEL>().0.iter();
    let states = cell.as_chunks_mut::<PANEL>().0.iter_mut().zip(hidden.as_chunks_mut::<PANEL>().0);
    for (((((cell, hidden), input), forget), candidate), output) in
        states.zip(gate(0)).zip(gate(1)).zip(gate(2)).zip(gate(3))
    {
        let (input, forget, candidate, output) =
            (sigmoids(*input), sigmoids(*forget), tanhs(*candidate), sigmoids(*output));
        for lane in 0..PANEL {
            cell[lane] = forget[lane] * cell[lane] + input[lane] * candidate[lane];
        }
        let mut out = tanhs(*cell);
        for lane in 0..PANEL {
            out[lane] *= output[lane];
        }
        round(&out, 127.0, hidden);
    }
}

/// The products of every row of `left` with every row of `right`, both `width` wide, added to `y`, row of `left` by row;
/// for what is too small or too sharp for 8 bits.
pub fn add_dot_products(left: &[f32], right: &[f32], width: usize, y: &mut [f32]) {
    on!(Level::best(), dots_portable, dots_avx2, dots_avx512, (left, right, width, y));
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn dots_avx2(left: &[f32], right: &[f32], width: usize, y: &mut [f32]) {
    dots_portable(left, right, width, y);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,avx512f,avx512bw,avx512vl,avx512dq")]
fn dots_avx512(left: &[f32], right: &[f32], width: usize, y: &mut [f32]) {
    dots_portable(left, right, width, y);
}

/// Sixteen sums side by side, then these in order: `((s0 + s8) + (s4 + s12)) + …` by halves.
#[inline(always)]
fn dots_portable(left: &[f32], right: &[f32], width: usize, y: &mut [f32]) {
    let count = right.len() / width;
    for (left, y) in left.chunks_exact(width).zip(y.chunks_exact_mut(count)) {
        for (right, y) in right.chunks_exact(width).zip(y) {
            let mut sums = [0.0f32; PANEL];
            let (lefts, rest) = left.as_chunks::<PANEL>();
            let (rights, others) = right.as_chunks::<PANEL>();
            for (left, right) in lefts.iter().zip(rights) {
                for lane in 0..PANEL {
                    sums[lane] += left[lane] * right[lane];
                }
            }
            for (lane, (left, right)) in rest.iter().zip(others).enumerate() {
                sums[lane] += left * right;
            }
            let mut half = PANEL / 2;
            while half > 0 {
                for lane in 0..half {
                    sums[lane] += sums[lane + half];
                }
                half /= 2;
            }
            *y += sums[0];
        }
    }
}

pub fn relu(values: &mut [f32]) {
    for value in values {
        *value = value.max(0.0);
    }
}

type Lanes = [f32; PANEL];

#[inline(always)]
fn sigmoids(mut x: Lanes) -> Lanes {
    for lane in &mut x {
        *lane *= 0.5;
    }
    x = tanhs(x);
    for lane in &mut x {
        *lane = 0.5 * *lane + 0.5;
    }
    x
}

/// Rational approximation, good to a few units in the last place: the coefficients are those of Eigen's `ptanh`.
#[inline(always)]
fn tanhs(mut x: Lanes) -> Lanes {
    const ABOVE: [f32; 7] =
        [-2.760_768_5e-16, 2.000_188e-13, -8.604_672e-11, 5.122_297e-8, 1.485_722_4e-5, 6.372_619_3e-4, 4.893_524_6e-3];
    const BELOW: [f32; 4] = [1.198_258_4e-6, 1.185_347_1e-4, 2.268_434_6e-3, 4.893_525e-3];
    for x in &mut x {
        let limited = x.clamp(-7.905_311, 7.905_311);
        let square = limited * limited;
        let polynomial = |coefficients: &[f32]| coefficients.iter().fold(0.0, |sum, next| sum * square + next);
        *x = limited * polynomial(&ABOVE) / polynomial(&BELOW);
    }
    x
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

    /// The widest weights and inputs, so that a sum that overflows shows.
    fn weights(count: usize, seed: u32) -> Vec<i8> {
        numbers(count, seed).iter().map(|x| (x * 160.0).clamp(-127.0, 127.0) as i8).collect()
    }

    #[test]
    fn products_are_the_same_bits_at_every_level_and_for_any_number_of_rows() {
        let (inputs, outputs) = (37, 51);
        let weights = weights(inputs * outputs, 1);
        let matrix = Matrix::new(inputs, outputs, |row, into| {
            into.copy_from_slice(&weights[row * inputs..][..inputs]);
            0.01 + row as f32
        });
        for rows in 0..40 {
            let x = Bytes::nearest(&numbers(rows * inputs, 2), inputs);
            let start = numbers(rows * matrix.width(), 3);
            let mut expected = start.clone();
            for row in 0..rows {
                for output in 0..outputs {
                    let byte = |input: usize| i32::from(x.row(row)[input]) - 128;
                    let sum: i32 = (0..inputs).map(|i| byte(i) * i32::from(weights[output * inputs + i])).sum();
                    expected[row * matrix.width() + output] += sum as f32 * ((0.01 + output as f32) * x.scales[row]);
                }
            }
            for &level in Level::all() {
                let mut found = start.clone();
                matrix.add_products_at(level, &x, 0..rows, &mut found);
                assert_eq!(found, expected, "{level:?}, {rows} rows");
            }
        }
    }

    #[test]
    fn cells_and_dot_products_are_the_same_bits_at_every_level() {
        let width = 32;
        let gates: Vec<f32> = numbers(4 * width, 5).iter().map(|x| 9.0 * x).collect();
        let (left, right) = (numbers(3 * 37, 6), numbers(5 * 37, 7));
        let mut found = Vec::new();
        for &level in Level::all() {
            let (mut cell, mut hidden, mut dots) = (numbers(width, 8), vec![0; width], vec![0.5; 15]);
            lstm_cell_at(level, &gates, &mut cell, &mut hidden);
            on!(level, dots_portable, dots_avx2, dots_avx512, (&left, &right, 37, &mut dots));
            found.push((cell, hidden, dots));
        }
        assert!(found.iter().all(|other| *other == found[0]));
    }

    #[test]
    fn rows_are_rounded_to_the_nearest_byte() {
        let bytes = Bytes::nearest(&[-2.0, 0.0, 1.0, 0.5, 0.0, 0.0], 3);
        assert_eq!((bytes.row(0), bytes.row(1)), (&[1, 128, 192, 128][..], &[255, 128, 128, 128][..]));
        assert_eq!(bytes.scales, [2.0 / 127.0, 0.5 / 127.0]);
        assert_eq!(Bytes::nearest(&[0.0, 0.0], 2).row(0), [128; 4]);
    }

    #[test]
    fn activations_follow_the_functions() {
        for step in -2000..2000 {
            let x = step as f32 / 100.0;
            assert!((tanhs([x; PANEL])[3] - x.tanh()).abs() < 1e-6, "tanh {x}");
            assert!((sigmoids([x; PANEL])[3] - 1.0 / (1.0 + (-x).exp())).abs() < 1e-6, "sigmoid {x}");
        }
    }
}

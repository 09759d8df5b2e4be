//! The weight file: named sections of 8-bit rows, read where they lie.
//!
//! ```text
//! magic "geopolNN", u32 feature version, u32 number of sections,
//! per section: name (16 bytes, zero-padded), u32 kind, u32 rows, u32 columns, u32 offset; then the sections
//! ```
//! Kinds: 0 bytes, 1 f32, 2 rows of i8 behind all their f16 scales, 3 u64; little-endian. `training/model_file.py` writes it.

use std::borrow::Cow;

use crate::error::{Error, Result};

/// Raise it together with `VERSION` in `training/features.py` whenever a word would be looked up in another row.
pub const FEATURES: u32 = 2;

const MAGIC: &[u8; 8] = b"geopolNN";
const HEADER: usize = 16;
const ENTRY: usize = 32;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Bytes = 0,
    Floats = 1,
    Rows = 2,
    Hashes = 3,
}

/// A weight file in memory; sections are found by name and decoded on demand.
#[derive(Clone)]
pub struct ModelFile {
    path: String,
    bytes: Cow<'static, [u8]>,
    sections: usize,
}

impl ModelFile {
    /// `path` is what errors call the file.
    pub fn new(path: &str, bytes: impl Into<Cow<'static, [u8]>>) -> Result<ModelFile> {
        let bytes = bytes.into();
        let refuse = |problem: String, advice: &str| Error::File { path: path.into(), problem, advice: advice.into() };
        if bytes.len() < HEADER || !bytes.starts_with(MAGIC) {
            return Err(refuse(
                "no model of geopol: it does not begin with `geopolNN`".into(),
                "see training/README.md",
            ));
        }
        let version = u32_at(&bytes, 8);
        if version != FEATURES {
            let problem =
                format!("made for word features version {version}, but this program computes version {FEATURES}");
            return Err(refuse(problem, "train it again (training/README.md), or use the program it was made for"));
        }
        let sections = u32_at(&bytes, 12) as usize;
        let file = ModelFile { path: path.into(), bytes, sections };
        if sections > (file.bytes.len() - HEADER) / ENTRY {
            return Err(file.damaged("table of sections"));
        }
        Ok(file)
    }

    /// The error for a section that is missing, cut short, or not of the expected shape.
    pub fn damaged(&self, section: &str) -> Error {
        Error::File {
            path: self.path.clone(),
            problem: format!("no usable section `{section}`"),
            advice: "the file is damaged or from another version; restore it, or train it again (training/README.md)"
                .into(),
        }
    }

    /// The lines of a text section.
    pub fn lines(&self, name: &str) -> Result<impl Iterator<Item = &str>> {
        let (_, range) = self.section(name, Kind::Bytes)?;
        let text = std::str::from_utf8(&self.bytes[range]).map_err(|_| self.damaged(name))?;
        Ok(text.lines())
    }

    /// A vector of plain numbers of the expected length.
    pub fn floats(&self, name: &str, length: usize) -> Result<Vec<f32>> {
        let (shape, range) = self.section(name, Kind::Floats)?;
        if shape != [1, length] {
            return Err(self.damaged(name));
        }
        let numbers = self.bytes[range].as_chunks::<4>().0;
        Ok(numbers.iter().map(|&number| f32::from_le_bytes(number)).collect())
    }

    /// A matrix of 8-bit rows of the expected width.
    pub fn rows(&self, name: &str, columns: usize) -> Result<Rows> {
        let ([rows, width], range) = self.section(name, Kind::Rows)?;
        if width != columns || rows == 0 {
            return Err(self.damaged(name));
        }
        Ok(Rows { scales: range.start, values: range.start + 2 * rows, rows, columns })
    }

    /// A sorted list of hashes.
    pub fn hashes(&self, name: &str) -> Result<Hashes> {
        let ([_, length], range) = self.section(name, Kind::Hashes)?;
        Ok(Hashes { start: range.start, length })
    }

    /// Shape and bytes of a section, checked against the file's length.
    fn section(&self, name: &str, kind: Kind) -> Result<([usize; 2], std::ops::Range<usize>)> {
        let damaged = || self.damaged(name);
        let entry = (0..self.sections)
            .map(|index| HEADER + ENTRY * index)
            .find(|&entry| {
                let padded = &self.bytes[entry..entry + 16];
                padded.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.iter().all(|&byte| byte == 0))
            })
            .ok_or_else(damaged)?;
        let field = |index: usize| u32_at(&self.bytes, entry + 16 + 4 * index) as usize;
        let [found, rows, columns, offset] = [field(0), field(1), field(2), field(3)];
        let cells = rows.checked_mul(columns).ok_or_else(damaged)?;
        let size = match kind {
            Kind::Bytes => cells,
            Kind::Floats => 4 * cells,
            Kind::Rows => 2 * rows + cells,
            Kind::Hashes => 8 * cells,
        };
        let end = offset.checked_add(size).ok_or_else(damaged)?;
        if found != kind as usize || end > self.bytes.len() {
            return Err(damaged());
        }
        Ok(([rows, columns], offset..end))
    }
}

/// Where a matrix of 8-bit rows lies in its file.
#[derive(Clone, Copy)]
pub struct Rows {
    scales: usize,
    values: usize,
    pub rows: usize,
    pub columns: usize,
}

impl Rows {
    /// Writes one row as numbers.
    pub fn read(self, file: &ModelFile, row: usize, into: &mut [f32]) {
        let (scale, values) = self.row(file, row);
        for (number, &value) in into.iter_mut().zip(values) {
            *number = value as i8 as f32 * scale;
        }
    }

    /// Writes one row as it is kept, and gives its scale.
    pub fn copy(self, file: &ModelFile, row: usize, into: &mut [i8]) -> f32 {
        let (scale, values) = self.row(file, row);
        for (number, &value) in into.iter_mut().zip(values) {
            *number = value as i8;
        }
        scale
    }

    fn row(self, file: &ModelFile, row: usize) -> (f32, &[u8]) {
        let scale = &file.bytes[self.scales + 2 * row..][..2];
        let scale = half(u16::from_le_bytes([scale[0], scale[1]]));
        (scale, &file.bytes[self.values + self.columns * row..][..self.columns])
    }
}

/// Where a sorted list of 64-bit hashes lies in its file.
#[derive(Clone, Copy)]
pub struct Hashes {
    start: usize,
    pub length: usize,
}

impl Hashes {
    pub fn position(self, file: &ModelFile, hash: u64) -> Option<usize> {
        let hashes = file.bytes[self.start..self.start + 8 * self.length].as_chunks::<8>().0;
        hashes.binary_search_by_key(&hash, |&bytes| u64::from_le_bytes(bytes)).ok()
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// The number that 16 bits of IEEE 754 stand for.
fn half(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = u32::from(bits >> 10 & 0x1f);
    let fraction = f32::from(bits & 0x3ff);
    match exponent {
        0 => sign * fraction / 16_777_216.0,
        _ => sign * (1.0 + fraction / 1024.0) * f32::from_bits((exponent + 112) << 23),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_numbers() {
        let cases =
            [(0x3c00, 1.0), (0xc000, -2.0), (0x3555, 0.333_251_95), (0x0001, 5.960_464_5e-8), (0x7bff, 65504.0)];
        for (bits, number) in cases {
            assert_eq!(half(bits), number);
        }
    }

    fn refusal(bytes: &'static [u8]) -> String {
        ModelFile::new("x.bin", bytes).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn other_files_and_versions_are_refused() {
        assert!(refusal(b"").contains("no model of geopol"));
        assert!(refusal(b"digraph { a -> b; }").contains("no model of geopol"));
        assert!(refusal(b"geopolNN\x63\0\0\0\0\0\0\0").contains("version 99"));
        assert!(refusal(b"geopolNN\x02\0\0\0\xff\0\0\0").contains("table of sections"));
    }

    #[test]
    fn a_cut_file_names_the_missing_section() {
        let mut bytes = b"geopolNN\x02\0\0\0\x01\0\0\0".to_vec();
        bytes.extend(b"input.b\0\0\0\0\0\0\0\0\0");
        for number in [1u32, 1, 100, 48] {
            bytes.extend(number.to_le_bytes());
        }
        let file = ModelFile::new("x.bin", bytes).unwrap();
        assert_eq!(file.floats("input.b", 100), Err(file.damaged("input.b")));
        assert_eq!(file.floats("other", 1), Err(file.damaged("other")));
    }
}

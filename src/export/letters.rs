//! How wide a text is drawn, as near as can be known without the reader's fonts.
//!
//! The widths are Helvetica's, which Arial and Liberation Sans share; "met" at 10 points is 16.67 points.

/// Thousandths of the size, from the space to the tilde.
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// In the unit of `size`. Letters of other scripts are taken to be as wide as their widest.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|letter| f64::from(thousandths(letter))).sum::<f64>() / 1000.0 * size
}

/// Bold letters are a little wider.
pub(super) const BOLD: f64 = 1.07;

/// True where `width` is right, so that a viewer with other fonts may be told to keep to it.
pub(super) fn is_known(text: &str) -> bool {
    text.chars().all(|letter| matches!(letter, ' '..='~'))
}

fn thousandths(letter: char) -> u16 {
    match letter as u32 {
        code @ 0x20..=0x7e => ASCII[code as usize - 0x20],
        0x0300..=0x036f | 0x0591..=0x05bd | 0x064b..=0x065f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x00c0..=0x00de => 722,
        0x00df..=0x024f => 556,
        0x0370..=0x06ff => 640,
        0x2010..=0x2015 => 800,
        0x2018..=0x201e => 340,
        0x0e00..=0x10ff => 700,
        _ => 1050,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_add_up() {
        assert!((width("met", 10.0) - 16.67).abs() < 0.01);
        assert!((width("e\u{301}", 10.0) - 5.56).abs() < 0.01);
        assert!(is_known("Xi & Co.") && !is_known("习近平"));
    }
}

//! The page: how answers are laid out for people, on a terminal of some width, coloured or not.

use crate::record::Quad;

/// Where an answer is printed.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// In columns.
    pub width: usize,
    pub is_colored: bool,
}

/// What a piece of text is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Strong,
    Faint,
    Denied,
    Event(Option<Quad>),
}

impl Page {
    pub(super) fn paint(&self, ink: Ink, text: &str) -> String {
        let code = match ink {
            Ink::Strong => "1",
            Ink::Faint => "2",
            Ink::Denied => "9;31",
            Ink::Event(None) => "36",
            Ink::Event(Some(Quad::VerbalCooperation)) => "94",
            Ink::Event(Some(Quad::MaterialCooperation)) => "34",
            Ink::Event(Some(Quad::VerbalConflict)) => "33",
            Ink::Event(Some(Quad::MaterialConflict)) => "31",
        };
        if self.is_colored && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    }

    /// The text in lines that fit, each set in by so many columns.
    pub(super) fn wrap(&self, text: &str, indent: usize) -> Vec<String> {
        let most = self.width.saturating_sub(indent).max(20);
        let mut lines = vec![String::new()];
        let mut used = 0;
        for word in plain(text).split_whitespace() {
            let needed = columns(word);
            if used > 0 && used + 1 + needed > most {
                lines.push(String::new());
                used = 0;
            }
            let line = lines.last_mut().expect("there is always a last line");
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += needed;
        }
        lines.into_iter().map(|line| format!("{:indent$}{line}", "")).collect()
    }
}

/// The text filled up with spaces to so many columns.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{:1$}", "", width.saturating_sub(columns(text)))
}

/// How many columns of a terminal a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars()
        .map(|letter| match letter as u32 {
            0x0300..=0x036f | 0x200b..=0x200d | 0xfe00..=0xfe0f => 0,
            0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f => 2,
            0xff00..=0xff60 | 0x1f300..=0x1faff | 0x20000..=0x3fffd => 2,
            _ => 1,
        })
        .sum()
}

/// The text without what would act on the reader's screen instead of being read.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|letter| if is_unprintable(letter) { ' ' } else { letter }).collect()
}

/// Control characters, what turns the direction of the text around it, and what XML forbids.
pub(crate) fn is_unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter as u32, 0x200e | 0x200f | 0x2028..=0x202e | 0x2066..=0x2069 | 0xfeff | 0xfffe | 0xffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit() {
        let page = Page { width: 24, is_colored: false };
        assert_eq!(page.wrap("one two three four five six", 4), ["    one two three four", "    five six"]);
        assert_eq!(page.wrap("a\x1b[31mb\u{202e}c", 0), ["a [31mb c"]);
        assert_eq!(columns("习近平 é"), 8);
    }
}

//! Quoting: any text may come out of an article, and none may break a format or a reader's screen.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::graph::is_unprintable;

/// A text for the inside of a DOT string that Graphviz shows to people; a line feed stays one.
pub fn dot(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '&' => escaped.push_str("&amp;"),
            _ if is_unprintable(letter) => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A DOT string that only names something: two different names stay different.
pub fn dot_id(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            _ if is_unprintable(letter) => {
                let _ = write!(escaped, "%{{{:x}}}", letter as u32);
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A text for HTML and XML, in elements and in quoted attributes.
pub fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ if is_unprintable(letter) => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A text for XML that programs read: nothing is lost. What XML forbids stands as `\u0007`, and a backslash that would be
/// taken for the start of such a mark as `\u005c`.
pub fn xml_data(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // Readers turn these into others unless they are spelled out.
            '\t' | '\n' | '\r' => _ = write!(escaped, "&#{};", letter as u32),
            '\\' if letters.peek() == Some(&'u') => escaped.push_str("\\u005c"),
            '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => _ = write!(escaped, "\\u{:04x}", letter as u32),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// What `xml_data` wrote, once an XML reader has resolved its references.
pub fn from_xml_data(text: &str) -> String {
    let mut parts = text.split("\\u");
    let mut plain = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let letter = part.get(..4).and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match letter {
            Some(letter) => {
                plain.push(letter);
                plain.push_str(&part[4..]);
            }
            None => {
                plain.push_str("\\u");
                plain.push_str(part);
            }
        }
    }
    plain
}

/// A name for XML's ids, which take little more than letters and digits: `person:evan_feigenbaum`. Two different names stay
/// different.
pub fn xml_id(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            ' ' => id.push('_'),
            ':' | '-' | '.' => id.push(letter),
            _ if letter.is_ascii_alphanumeric() => id.push(letter),
            _ => _ = write!(id, "_x{:x}_", letter as u32),
        }
    }
    id
}

/// A text for one cell of comma-separated values; empty and missing are two things, so the empty text has quotes.
pub fn csv(text: &str) -> Cow<'_, str> {
    let is_plain = !text.is_empty()
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && !text.contains(['"', ',', ';', '\n', '\r', '\'']);
    if is_plain { Cow::Borrowed(text) } else { Cow::Owned(format!("\"{}\"", text.replace('"', "\"\""))) }
}

/// A text on one line, without tabs and whatever else would act instead of being read.
pub fn plain_line(text: &str) -> String {
    text.chars().map(|letter| if is_unprintable(letter) { ' ' } else { letter }).collect()
}

/// The address when it is one of the web; nothing that a click would run.
pub fn web_address(url: &str) -> Option<&str> {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let is_plain = url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '<' | '>'));
    (is_web && is_plain).then_some(url)
}

/// A string between two marks, as Cypher and Turtle write it: the mark and backslashes escaped, controls by name or number.
pub fn quoted(text: &str, mark: char) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push(mark);
    for letter in text.chars() {
        match letter {
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if letter == mark => quoted.extend(['\\', mark]),
            _ if crate::graph::is_unprintable(letter) => quoted += &format!("\\u{:04X}", letter as u32),
            _ => quoted.push(letter),
        }
    }
    quoted.push(mark);
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(dot("a\"b\\c\nd&e\u{7}\u{202e}"), "a\\\"b\\\\c\\nd&amp;e  ");
        assert_eq!(dot_id("a\nb\\"), "a%{a}b\\\\");
        assert_eq!(xml("<a b='c'>&\u{0}"), "&lt;a b=&#39;c&#39;&gt;&amp; ");
        assert_eq!(xml_data("<a>]]>\n\0\u{fffe}"), "&lt;a&gt;]]&gt;&#10;\\u0000\\ufffe");
        assert_eq!(xml_id("person:a b_ü"), "person:a_b_x5f__xfc_");
        assert_eq!(csv("say \"no\""), "\"say \"\"no\"\"\"");
        assert_eq!(web_address("javascript:alert(1)"), None);
        assert_eq!(web_address("https://example.org/\" onclick=\""), None);
    }

    #[test]
    fn xml_keeps_what_it_forbids() {
        for text in ["\0", "\\u0000", "\\\\u0000", "\\u", "\\", "\u{1b}[31m\\u005c", "\u{ffff}é"] {
            assert_eq!(from_xml_data(&xml_data(text)), text);
        }
        assert_eq!(from_xml_data("\\uzzzz \\ud800"), "\\uzzzz \\ud800");
    }
}

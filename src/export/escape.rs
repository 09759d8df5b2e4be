//! Quoting: any text may come out of an article, and none may break a format or a reader's screen.

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

/// The address when it is one of the web; nothing that a click would run.
pub fn web_address(url: &str) -> Option<&str> {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let is_plain = url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '<' | '>'));
    (is_web && is_plain).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(dot("a\"b\\c\nd&e\u{7}\u{202e}"), "a\\\"b\\\\c\\nd&amp;e  ");
        assert_eq!(dot_id("a\nb\\"), "a%{a}b\\\\");
        assert_eq!(xml("<a b='c'>&\u{0}"), "&lt;a b=&#39;c&#39;&gt;&amp; ");
        assert_eq!(web_address("javascript:alert(1)"), None);
        assert_eq!(web_address("https://example.org/\" onclick=\""), None);
    }
}

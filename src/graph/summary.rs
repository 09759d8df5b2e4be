//! What a view holds, in one line for people: "34 entities, 52 statements from 3 articles".

use super::{LeftOut, View};

/// One line, with what a filter left out.
pub fn summary(view: &View) -> String {
    let values = view.nodes().filter(|node| node.is_value()).count();
    let mut line = format!(
        "{}, {} from {}",
        count(view.nodes().len() - values, "entity", "entities"),
        count(view.edges().len(), "statement", "statements"),
        count(view.articles().len(), "article", "articles"),
    );
    let LeftOut { nodes, isolated, statements, undated } = view.left_out();
    if nodes + statements > 0 {
        let what = [
            (isolated, "entity without a link", "entities without a link"),
            (nodes.saturating_sub(isolated), "entity", "entities"),
            (statements, "statement", "statements"),
        ];
        let what = what.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(*n, one, many));
        line += &format!(" ({} left out", what.collect::<Vec<_>>().join(", "));
        if undated > 0 {
            line += &format!(", {undated} for want of a date");
        }
        line.push(')');
    }
    line
}

/// "1 article", "1,204 articles".
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", if number == 1 { one } else { many })
}

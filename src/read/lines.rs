//! Lines: each line is an article; its id is the line's number, counted from 1. Blank lines are passed over.

use crate::article::Article;
use crate::error::Result;
use crate::read::decode::decode;
use crate::read::{Input, Item, Items, LONGEST_TEXT, Source};

pub const INPUT: Input = Input { name: "lines", extensions: &[], about: "plain text, one article a line", read };

fn read(mut source: Source) -> Items {
    let mut number = 0;
    Box::new(std::iter::from_fn(move || {
        loop {
            number += 1;
            match item(&mut source, number) {
                Ok(Some(Some(item))) => return Some(Ok(item)),
                Ok(Some(None)) => {}
                Ok(None) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }))
}

/// The item of the next line; the inner `None` is a blank line, the outer one the end.
fn item(source: &mut Source, number: usize) -> Result<Option<Option<Item>>> {
    let Some(line) = source.line(LONGEST_TEXT)? else { return Ok(None) };
    if line.is_cut {
        let problem = format!("left out: longer than {} MB, too long for one article", LONGEST_TEXT >> 20);
        return Ok(Some(Some(Item::Notice(source.error_at(
            number,
            problem,
            "break the line at the ends of articles",
        )))));
    }
    let decoded = match decode(line.bytes) {
        Ok(decoded) => decoded,
        Err(error) => {
            let problem = format!("left out: {}", error.problem);
            return Ok(Some(Some(Item::Notice(source.error_at(number, problem, error.advice)))));
        }
    };
    let text = decoded.text.trim_end_matches('\r');
    Ok(Some((!text.trim().is_empty()).then(|| Item::Article(Article::new(number.to_string(), text)))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_count_but_give_nothing() {
        let items: Vec<_> = read(Source::new("a", "One.\r\n\nThree.")).collect();
        assert_eq!(
            items,
            [Ok(Item::Article(Article::new("1", "One."))), Ok(Item::Article(Article::new("3", "Three.")))]
        );
    }

    #[test]
    fn a_line_that_is_not_text_is_left_out_with_its_number() {
        let items: Vec<_> = read(Source::new("a", b"One.\n\0\nThree.".to_vec())).collect();
        let Ok(Item::Notice(notice)) = &items[1] else { panic!("{items:?}") };
        assert!(notice.to_string().starts_with("a:2:1: left out: "), "{notice}");
        assert_eq!(items.len(), 3);
    }
}

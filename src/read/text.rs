//! Plain text: the whole source is one article.

use crate::article::Article;
use crate::error::Error;
use crate::read::decode::decode;
use crate::read::{Input, Item, Items, LONGEST_TEXT, Source};

pub const INPUT: Input =
    Input { name: "text", extensions: &["txt", "md", "text"], about: "plain text, one article a file", read };

fn read(mut source: Source) -> Items {
    match article(&mut source) {
        Ok((article, notice)) => Box::new(notice.into_iter().map(Item::Notice).chain([Item::Article(article)]).map(Ok)),
        Err(error) => Box::new(std::iter::once(Err(error))),
    }
}

fn article(source: &mut Source) -> Result<(Article, Option<Error>), Error> {
    let bytes = source.all(LONGEST_TEXT)?;
    if bytes.len() > LONGEST_TEXT {
        let advice = "split it; --input-format lines reads each line as an article";
        return Err(source.error(format!("longer than {} MB, too long for one article", LONGEST_TEXT >> 20), advice));
    }
    let decoded = decode(bytes).map_err(|error| source.error(error.problem, error.advice))?;
    let notice = if decoded.replaced > 0 {
        let problem = format!("{} bytes are not UTF-8; they were read as Windows-1252", decoded.replaced);
        Some(source.error(problem, "if letters look wrong, convert the file to UTF-8"))
    } else if decoded.text.trim().is_empty() {
        Some(source.error("holds no text", "nothing is found in an empty article"))
    } else {
        None
    };
    Ok((Article::new(source.id.clone(), decoded.text), notice))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stem_is_the_id() {
        let items: Vec<_> = read(Source::new("news/summit.txt", "Putin met Xi.")).collect();
        assert_eq!(items, [Ok(Item::Article(Article::new("summit", "Putin met Xi.")))]);
    }

    #[test]
    fn an_empty_file_is_an_empty_article_and_a_notice() {
        let items: Vec<_> = read(Source::new("empty.txt", " \n")).collect();
        assert!(matches!(&items[..], [Ok(Item::Notice(_)), Ok(Item::Article(_))]), "{items:?}");
    }
}

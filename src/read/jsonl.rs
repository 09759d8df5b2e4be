//! JSON Lines: each line is an article or a record.
//!
//! `{"id": "a1", "text": "Putin met Xi.", "date": "2022-09-15"}` is an article; a line with `entities` is a record as
//! `geopol extract` writes them. Fields that are neither are passed over, so that corpora need no preparation.

use jiff::civil::Date;
use serde::Deserialize;

use crate::article::Article;
use crate::error::Result;
use crate::read::decode::decode;
use crate::read::{Input, Item, Items, LONGEST_TEXT, Source};
use crate::record::Record;

pub const INPUT: Input = Input {
    name: "jsonl",
    extensions: &["jsonl", "ndjson"],
    about: "JSON Lines: objects with `id` and `text`, optionally `title`, `date`, `source`, `url`; or records",
    read,
};

/// A record is several times longer than its text.
const LONGEST_LINE: usize = 8 * LONGEST_TEXT;

fn read(mut source: Source) -> Items {
    let mut number = 0;
    let mut warned_of = None;
    Box::new(std::iter::from_fn(move || {
        if let Some(article) = warned_of.take() {
            return Some(Ok(Item::Article(article)));
        }
        loop {
            number += 1;
            match line(&mut source, number) {
                Ok(Some(Read::Blank)) => {}
                Ok(Some(Read::Item(item))) => return Some(Ok(item)),
                Ok(Some(Read::Doubtful(notice, article))) => {
                    warned_of = Some(article);
                    return Some(Ok(notice));
                }
                Ok(None) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }))
}

enum Read {
    Blank,
    Item(Item),
    /// An article that is read with a notice before it.
    Doubtful(Item, Article),
}

/// The fields of an article; everything else on the line is passed over.
#[derive(Deserialize)]
struct Line {
    id: Option<Id>,
    text: Option<String>,
    title: Option<String>,
    date: Option<String>,
    source: Option<String>,
    url: Option<String>,
    entities: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(i64),
}

fn line(source: &mut Source, number: usize) -> Result<Option<Read>> {
    let Some(line) = source.line(LONGEST_LINE)? else { return Ok(None) };
    let left_out = |problem: String, advice: &str| {
        Ok(Some(Read::Item(Item::Notice(source.error_at(number, format!("left out: {problem}"), advice)))))
    };
    if line.is_cut {
        return left_out(format!("longer than {} MB", LONGEST_LINE >> 20), "one line holds one article");
    }
    let decoded = match decode(line.bytes) {
        Ok(decoded) => decoded.text,
        Err(error) => return left_out(error.problem, &error.advice),
    };
    if decoded.trim().is_empty() {
        return Ok(Some(Read::Blank));
    }
    let fields: Line = match serde_json::from_str(&decoded) {
        Ok(fields) => fields,
        Err(error) => {
            return left_out(
                error.to_string(),
                "a line is one JSON object: {\"id\": \"a1\", \"text\": \"Putin met Xi.\"}",
            );
        }
    };
    if fields.entities.is_some() {
        let advice = "make it again with `geopol extract`";
        return match serde_json::from_str::<Box<Record>>(&decoded) {
            Ok(record) => match record.missing_entity() {
                Some(entity) => left_out(format!("a record, but it lists no entity {entity}"), advice),
                None => Ok(Some(Read::Item(Item::Record(record)))),
            },
            Err(error) => left_out(format!("a record, but {error}"), advice),
        };
    }
    let Some(text) = fields.text else {
        return left_out("it has no `text`".to_string(), "an article is {\"id\": \"a1\", \"text\": \"Putin met Xi.\"}");
    };
    if text.len() > LONGEST_TEXT {
        return left_out(format!("its text is longer than {} MB", LONGEST_TEXT >> 20), "one line holds one article");
    }
    let id = match fields.id {
        Some(Id::Text(id)) => id,
        Some(Id::Number(id)) => id.to_string(),
        None => number.to_string(),
    };
    let date = fields.date.as_deref().filter(|date| !date.is_empty());
    // A time after the day ("2022-09-15T08:00:00Z") says nothing more about the day of publication.
    let day = date.map(|date| date.get(..10).unwrap_or(date).parse::<Date>());
    let article = Article {
        id,
        title: fields.title,
        date: day.as_ref().and_then(|day| day.as_ref().ok()).copied(),
        source: fields.source,
        url: fields.url,
        text,
    };
    Ok(Some(match (date, day) {
        (Some(date), Some(Err(_))) => {
            let problem = format!("the date `{date}` is not understood, the article is read without");
            Read::Doubtful(Item::Notice(source.error_at(number, problem, "write it as 2022-09-15")), article)
        }
        _ => Read::Item(Item::Article(article)),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Form, Mention};

    fn items(lines: &str) -> Vec<Item> {
        read(Source::new("news.jsonl", lines)).map(|item| item.unwrap()).collect()
    }

    #[test]
    fn an_article_with_all_its_fields() {
        let line = r#"{"id": 7, "text": "Putin met Xi.", "date": "2022-09-15T08:00:00Z", "source": "AFP", "topic": 3}"#;
        let [Item::Article(article)] = &items(line)[..] else { panic!() };
        assert_eq!((article.id.as_str(), article.source.as_deref()), ("7", Some("AFP")));
        assert_eq!(article.date, Some(jiff::civil::date(2022, 9, 15)));
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let record = Record { id: "a".to_string(), text: "Putin met Xi.".to_string(), ..Record::default() };
        let line = serde_json::to_string(&record).unwrap();
        assert_eq!(items(&line), [Item::Record(Box::new(record))]);
    }

    #[test]
    fn a_record_that_speaks_of_what_it_does_not_list_is_left_out() {
        let mention = Mention { entity: 7, start: 0, end: 5, form: Form::Name, metonym: false };
        let record = Record { text: "Putin met Xi.".to_string(), mentions: vec![mention], ..Record::default() };
        let items = items(&serde_json::to_string(&record).unwrap());
        let [Item::Notice(notice)] = &items[..] else { panic!("{items:?}") };
        assert!(
            notice.to_string().starts_with("news.jsonl:1:1: left out: a record, but it lists no entity 7"),
            "{notice}"
        );
    }

    #[test]
    fn bad_lines_are_left_out_and_named() {
        let items = items("{\"id\": \"a\"}\nnoise\n\n{\"text\": \"Xi.\", \"date\": \"yesterday\"}");
        let [Item::Notice(no_text), Item::Notice(no_json), Item::Notice(no_date), Item::Article(article)] = &items[..]
        else {
            panic!("{items:?}")
        };
        assert!(no_text.to_string().starts_with("news.jsonl:1:1: left out: it has no `text`"), "{no_text}");
        assert!(no_json.to_string().starts_with("news.jsonl:2:1: left out: "), "{no_json}");
        assert!(no_date.to_string().contains("`yesterday`"), "{no_date}");
        assert_eq!(article.id, "4");
    }
}

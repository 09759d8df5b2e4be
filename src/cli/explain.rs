//! `geopol explain`: what is read into a text, stage by stage, and why.

use std::fmt::{self, Display};
use std::io::{self, Write};
use std::path::PathBuf;

use geopol::article::Article;
use geopol::document::{Document, TokenId, Word};
use geopol::entities::values::Content;
use geopol::error::Error;
use geopol::pipeline::{self, Layers};
use geopol::read::{self, Item};
use geopol::record::{Modality, Object, Polarity, QualifierValue, Relation};
use geopol::relations::notation;
use geopol::syntax;
use jiff::civil::Date;

use super::input::date;
use super::output::Output;
use super::{Outcome, Session, unfold};

/// Show what is read into a text: words, trees, mentions, propositions, and the rule behind each relation
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol explain \"Putin met Xi in Samarkand on Thursday.\"
  geopol explain --date 2022-09-16 \"Putin met Xi in Samarkand on Thursday.\"
  geopol explain article.txt | less
  pbpaste | geopol explain -")]
pub struct Explain {
    /// A sentence or more; a file; or - for standard input
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// The day of the text (2022-09-15); "on Thursday" needs it
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<Date>,
}

impl Explain {
    pub fn run(self, session: &Session) -> Outcome {
        let resources = session.resources()?;
        let paint = Paint { is_on: session.colors() };
        let mut output = Output::open(None)?;
        let pool = session.pool();
        for item in self.items()? {
            match item? {
                Item::Article(article) => {
                    write_layers(&pool.install(|| pipeline::layers(&article, resources)), paint, &mut output)?;
                }
                Item::Parsed(parsed) => {
                    let layers =
                        pool.install(|| pipeline::layers_of(syntax::adopt(&parsed, &resources.model), resources));
                    write_layers(&layers, paint, &mut output)?;
                }
                Item::Record(record) => {
                    let article = Article::new(record.id, record.text);
                    write_layers(&pool.install(|| pipeline::layers(&article, resources)), paint, &mut output)?;
                }
                Item::Notice(notice) => session.notice(&notice),
            }
        }
        Ok(output.finish()?)
    }

    /// The text itself, or what is in the file that it names.
    fn items(&self) -> Result<Box<dyn Iterator<Item = Result<Item, Error>>>, Error> {
        let text = self.text.join(" ");
        let path = PathBuf::from(&text);
        if text != "-" && !path.is_file() {
            let article = Article { date: self.date, ..Article::new("text", text) };
            return Ok(Box::new(std::iter::once(Ok(Item::Article(article)))));
        }
        Ok(Box::new(read::read(&[path], read::Options { input: None, date: self.date })?))
    }
}

/// How headings and asides are set apart on a terminal.
#[derive(Clone, Copy)]
struct Paint {
    is_on: bool,
}

impl Paint {
    fn bold(self, text: impl Display) -> impl Display {
        Painted { code: self.is_on.then_some("1"), text }
    }

    fn dim(self, text: impl Display) -> impl Display {
        Painted { code: self.is_on.then_some("2"), text }
    }
}

struct Painted<T> {
    code: Option<&'static str>,
    text: T,
}

impl<T: Display> Display for Painted<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(formatter, "\x1b[{code}m{}\x1b[0m", self.text),
            None => self.text.fmt(formatter),
        }
    }
}

fn write_layers(layers: &Layers<'_>, paint: Paint, output: &mut impl Write) -> io::Result<()> {
    for (index, sentence) in layers.document.sentences().iter().enumerate() {
        let text = sentence.span.of(layers.document.text()).split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(output, "{}\n", paint.bold(text))?;
        write_trees(&layers.document, sentence.tokens.clone(), paint, output)?;
        write_mentions(layers, index, paint, output)?;
        write_values(layers, index, paint, output)?;
        write_propositions(layers, index, paint, output)?;
        write_relations(layers, index, paint, output)?;
    }
    Ok(())
}

/// One word a line, in reading order; the lines on the left join each word to its head.
fn write_trees(
    document: &Document<'_>,
    words: std::ops::Range<usize>,
    paint: Paint,
    output: &mut impl Write,
) -> io::Result<()> {
    let mut rows = Vec::new();
    for word in document.words_in(words).filter(|word| word.head().is_none()) {
        draw(word, &Branch::default(), &mut rows);
    }
    let width = |column: fn(&Row<'_>) -> usize| rows.iter().map(column).max().unwrap_or(0);
    let drawn = width(|row| row.branch.chars().count() + row.word.text().chars().count());
    let lemma = width(|row| row.word.lemma().chars().count());
    for Row { branch, word } in &rows {
        let gap = drawn - branch.chars().count() - word.text().chars().count();
        writeln!(
            output,
            "  {}{}{:gap$}  {:lemma$}  {:<5}  {}",
            paint.dim(branch),
            word.text(),
            "",
            word.lemma(),
            word.upos().name(),
            paint.dim(word.deprel().name()),
        )?;
    }
    Ok(())
}

struct Row<'d> {
    branch: String,
    word: Word<'d>,
}

/// What is drawn left of a word, and of the words below it in the tree that stand above or below it on the page.
#[derive(Default)]
struct Branch {
    own: String,
    above: String,
    below: String,
}

fn draw<'d>(word: Word<'d>, branch: &Branch, rows: &mut Vec<Row<'d>>) {
    let (before, after): (Vec<_>, Vec<_>) = word.dependents().partition(|dependent| *dependent < word);
    for (index, &dependent) in before.iter().enumerate() {
        let (own, above) = if index == 0 { ("┌─ ", "   ") } else { ("├─ ", "│  ") };
        let branch = Branch {
            own: format!("{}{own}", branch.above),
            above: format!("{}{above}", branch.above),
            below: format!("{}│  ", branch.above),
        };
        draw(dependent, &branch, rows);
    }
    rows.push(Row { branch: branch.own.clone(), word });
    for (index, &dependent) in after.iter().enumerate() {
        let (own, below) = if index + 1 == after.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let branch = Branch {
            own: format!("{}{own}", branch.below),
            above: format!("{}│  ", branch.below),
            below: format!("{}{below}", branch.below),
        };
        draw(dependent, &branch, rows);
    }
}

fn in_sentence(document: &Document<'_>, head: TokenId, sentence: usize) -> bool {
    document.word(head).sentence_index() == sentence
}

fn heading(paint: Paint, text: &str, output: &mut impl Write) -> io::Result<()> {
    writeln!(output, "\n{}", paint.bold(text))
}

fn write_mentions(layers: &Layers<'_>, sentence: usize, paint: Paint, output: &mut impl Write) -> io::Result<()> {
    let Layers { document, entities, .. } = layers;
    let mentions: Vec<_> =
        entities.mentions.iter().filter(|linked| in_sentence(document, linked.mention.head, sentence)).collect();
    if mentions.is_empty() {
        return Ok(());
    }
    heading(paint, "Mentions", output)?;
    for linked in mentions {
        let entity = entities.get(linked.entity);
        let reference = entity.refs.iter().next().map_or(String::new(), |(_, id)| format!(" {id}"));
        let metonym = if linked.metonym { ", for those who govern there" } else { "" };
        let text = linked.mention.span.of(document.text());
        let kind = entity.kind.name();
        writeln!(output, "  {text} = {} ({kind}{reference}{metonym})  {}", entity.name, paint.dim(&linked.why))?;
    }
    Ok(())
}

fn write_values(layers: &Layers<'_>, sentence: usize, paint: Paint, output: &mut impl Write) -> io::Result<()> {
    let Layers { document, values, .. } = layers;
    let values: Vec<_> = values.iter().filter(|value| in_sentence(document, value.head, sentence)).collect();
    if values.is_empty() {
        return Ok(());
    }
    heading(paint, "Values", output)?;
    for value in values {
        let meaning = match &value.content {
            Content::Time(Some(time)) => time.clone(),
            Content::Time(None) => "a time that cannot be resolved; --date would help".to_string(),
            Content::Quantity(quantity) => format!("{} {}", quantity.value, quantity.unit),
        };
        writeln!(output, "  {} = {meaning}", value.span.of(document.text()))?;
    }
    Ok(())
}

fn write_propositions(layers: &Layers<'_>, sentence: usize, paint: Paint, output: &mut impl Write) -> io::Result<()> {
    let Layers { document, propositions, .. } = layers;
    let propositions: Vec<_> =
        propositions.iter().filter(|proposition| in_sentence(document, proposition.predicate.head, sentence)).collect();
    if propositions.is_empty() {
        return Ok(());
    }
    heading(paint, "Propositions", output)?;
    for proposition in propositions {
        writeln!(output, "  {}", notation::line(document, proposition))?;
    }
    Ok(())
}

fn write_relations(layers: &Layers<'_>, sentence: usize, paint: Paint, output: &mut impl Write) -> io::Result<()> {
    heading(paint, "Relations", output)?;
    let relations = || layers.relations.iter().filter(|relation| relation.sentence as usize == sentence);
    if relations().next().is_none() {
        writeln!(
            output,
            "  none{}",
            paint.dim(": no trigger of the ontology fits a proposition between two entities")
        )?;
    }
    for relation in relations() {
        let name = |entity: u32| layers.entities.entities[entity as usize].name.as_str();
        let object = match &relation.object {
            Object::Entity(entity) => name(*entity),
            Object::Value(quantity) => &quantity.text,
        };
        writeln!(output, "  {}({}, {object}){}", relation.relation_type, name(relation.subject), marks(relation))?;
        writeln!(output, "    {} {}, confidence {:.2}", paint.dim("rule"), relation.why, relation.confidence)?;
        let ends = unfold::ends(layers, relation);
        if let [from, to] = ends[..] {
            let [from, to] = [from, to].map(|linked| layers.document.word(linked.mention.head));
            writeln!(output, "    {} {}", paint.dim("tree"), unfold::path(from, to))?;
        }
        for linked in ends {
            let text = linked.mention.span.of(layers.document.text());
            writeln!(output, "    {} {text}: {}", paint.dim("link"), linked.why)?;
        }
        for premise in &relation.premises {
            let why = layers.relations.get(*premise as usize).map_or("", |premise| &premise.why);
            writeln!(output, "    {} {why}", paint.dim("from"))?;
        }
        let valid = [("since", &relation.valid.from), ("until", &relation.valid.to)];
        for (role, day) in valid.into_iter().filter_map(|(role, day)| Some((role, day.as_ref()?))) {
            writeln!(output, "    {} {day}", paint.dim(role))?;
        }
        if let Some(attribution) = &relation.attribution {
            writeln!(output, "    {} {}", paint.dim("says"), attribution.text)?;
        }
        for qualifier in &relation.qualifiers {
            let text = qualifier.text.as_deref().or_else(|| qualifier.entity.map(name)).unwrap_or("");
            let value = match &qualifier.value {
                Some(QualifierValue::Text(value)) => format!(" = {value}"),
                Some(QualifierValue::Number(value)) => {
                    format!(" = {value} {}", qualifier.unit.as_deref().unwrap_or("1"))
                }
                None => String::new(),
            };
            writeln!(output, "    {} {text}{value}", paint.dim(&qualifier.role))?;
        }
    }
    writeln!(output)
}

/// What sets a relation apart from a plain assertion.
fn marks(relation: &Relation) -> String {
    let modality = format!("{:?}", relation.modality).to_lowercase();
    let marks = [
        (relation.polarity == Polarity::Negated).then_some("negated"),
        (relation.modality != Modality::Asserted).then_some(modality.as_str()),
        relation.historical.then_some("historical"),
        relation.derived.then_some("derived"),
    ];
    let marks: Vec<&str> = marks.into_iter().flatten().collect();
    if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(", ")) }
}

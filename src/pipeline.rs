//! The flow: one article in, one record out, a line a stage.
//!
//! "Putin met Xi in Samarkand." becomes a record with three entities and `meets(Vladimir Putin, Xi Jinping)`, place Samarkand.
//! No stage reads a file or a clock, and none fails: odd text gives a smaller record.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use crate::article::Article;
use crate::document::{Deprel, Document, ParsedArticle, TokenId, Word};
use crate::entities::{self, Entities, Mention, values::Value};
use crate::error::Result;
use crate::knowledge::{Knowledge, data::Data};
use crate::record::{self, Coverage, Form, Record};
use crate::relations::{self, Proposition, Speaker};
use crate::syntax::{self, Model};
use crate::text::{self, SentenceRole};

/// What every article is read with. Loading takes longer than reading a short article: do it once.
pub struct Resources {
    pub knowledge: Knowledge,
    pub model: Model,
}

impl Resources {
    /// What the program carries.
    pub fn embedded() -> Resources {
        Resources { knowledge: Knowledge::embedded(), model: Model::embedded() }
    }

    /// The program's model with these data files.
    pub fn load(data: &Data) -> Result<Resources> {
        Ok(Resources { knowledge: Knowledge::load(data)?, model: Model::embedded() })
    }
}

/// All that is found in one article, layer upon layer.
pub struct Layers<'a> {
    pub document: Document<'a>,
    pub values: Vec<Value>,
    pub entities: Entities,
    pub propositions: Vec<Proposition>,
    pub relations: Vec<record::Relation>,
}

/// Words and trees alone.
pub fn parse<'a>(article: &'a Article, model: &Model) -> Document<'a> {
    syntax::parse(article, text::segment(&article.text), model)
}

/// The whole flow with all that lies between.
pub fn layers<'a>(article: &'a Article, resources: &Resources) -> Layers<'a> {
    layers_of(parse(article, &resources.model), resources)
}

/// The flow from the trees on.
pub fn layers_of<'a>(document: Document<'a>, resources: &Resources) -> Layers<'a> {
    let knowledge = &resources.knowledge;
    let values = entities::values::find(&document);
    let mentions = entities::mentions::find(&document, knowledge);
    let chains = entities::coreference::resolve(&document, &mentions, knowledge);
    let entities = entities::linking::link(&document, mentions, chains, knowledge);
    let propositions = relations::propositions::find(&document, &knowledge.lexicon);
    let relations = relations::grounding::ground(&document, &propositions, &entities, &values, knowledge);
    Layers { document, values, entities, propositions, relations }
}

/// One article to its record.
pub fn extract(article: &Article, resources: &Resources) -> Record {
    layers(article, resources).into_record()
}

/// An article with the trees of another parser to its record.
pub fn extract_parsed(parsed: &ParsedArticle, resources: &Resources) -> Record {
    layers_of(syntax::adopt(parsed, &resources.model), resources).into_record()
}

/// An article that broke a stage: a bug of ours, which must not cost the user the other articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub id: String,
    pub message: String,
}

/// Every article to its record, in parallel on rayon's current pool; results stand in the order of the articles.
pub fn extract_all(articles: &[Article], resources: &Resources) -> Vec<Result<Record, Broken>> {
    articles.par_iter().map(|article| guarded(&article.id, || extract(article, resources))).collect()
}

/// What `extract` makes of the article with this id, or why it broke.
pub fn guarded(id: &str, extract: impl FnOnce() -> Record) -> Result<Record, Broken> {
    catch_unwind(AssertUnwindSafe(extract)).map_err(|panic| {
        let message = panic.downcast_ref::<String>().cloned();
        let message = message.or_else(|| panic.downcast_ref::<&str>().map(|message| message.to_string()));
        Broken { id: id.to_string(), message: message.unwrap_or_default() }
    })
}

impl Layers<'_> {
    /// All of it as a plain value: here, once, spans become text.
    pub fn into_record(self) -> Record {
        let Layers { document, values, entities, propositions, relations } = self;
        let article = document.article();
        let coverage = coverage(&document, &values, &entities, &relations);
        let propositions =
            propositions.iter().filter_map(|proposition| shown_proposition(&document, &entities, proposition));
        Record {
            id: article.id.clone(),
            text: article.text.clone(),
            title: article.title.clone(),
            date: article.date.map(|date| date.to_string()),
            source: article.source.clone(),
            url: article.url.clone(),
            sentences: document.sentences().iter().map(|sentence| sentence.span).collect(),
            propositions: propositions.collect(),
            mentions: mentions(&document, &entities),
            entities: entities.entities,
            relations,
            coverage,
        }
    }
}

fn mentions(document: &Document, entities: &Entities) -> Vec<record::Mention> {
    // "The two countries" is a mention of each.
    let mentions = entities.mentions.iter().flat_map(|linked| {
        let members = if linked.members.is_empty() { vec![linked.entity] } else { linked.members.clone() };
        members.into_iter().map(|entity| record::Mention {
            entity: entity.0,
            start: start(document, &linked.mention),
            end: linked.mention.span.end,
            form: linked.mention.form,
            metonym: linked.metonym,
        })
    });
    mentions.collect()
}

/// Of a description the article, possessor pronoun or bound before it is shown too: "the army", "at least 40 people".
fn start(document: &Document, mention: &Mention) -> u32 {
    let head = document.word(mention.head);
    let is_part = |word: &Word| {
        matches!(word.deprel(), Deprel::Det | Deprel::DetPredet)
            || word.xpos() == "PRP$" && word.head() == Some(head)
            || word.ancestors().take_while(|above| *above != head).any(|above| above.deprel() == Deprel::Nummod)
    };
    let before = (0..mention.words.start).rev().map(|index| document.word(TokenId(index as u32)));
    let is_description = mention.form == Form::Nominal && mention.candidates.is_empty();
    let shown = before.take_while(|word| is_description && word.is_within(head) && is_part(word));
    shown.last().map_or(mention.span.start, |word| word.span().start)
}

fn shown_proposition(
    document: &Document,
    entities: &Entities,
    proposition: &Proposition,
) -> Option<record::Proposition> {
    let shown = relations::surface::show(document, proposition)?;
    Some(record::Proposition { attribution: attribution(document, entities, &proposition.attribution), ..shown })
}

/// The innermost speaker; the outer ones become its chain.
fn attribution(document: &Document, entities: &Entities, speakers: &[Speaker]) -> Option<record::Attribution> {
    let mut speakers = speakers.iter().map(|speaker| record::Attribution {
        entity: entities.mention_at(document.word(speaker.head)).map(|linked| linked.entity.0),
        text: document.span_of(speaker.words.clone()).of(document.text()).to_string(),
        chain: Vec::new(),
    });
    let innermost = speakers.next()?;
    Some(record::Attribution { chain: speakers.collect(), ..innermost })
}

fn coverage(document: &Document, values: &[Value], entities: &Entities, relations: &[record::Relation]) -> Coverage {
    let mut related = vec![false; document.sentences().len()];
    for relation in relations {
        related[relation.sentence as usize] = true;
    }
    let body =
        || document.sentences().iter().zip(&related).filter(|(sentence, _)| sentence.role != SentenceRole::Furniture);
    let mut unlinked_names: Vec<String> = entities
        .entities
        .iter()
        .filter(|entity| entity.refs.is_empty() && !entity.background)
        .map(|entity| entity.name.clone())
        .collect();
    unlinked_names.sort();
    let mut unresolved_times: Vec<String> = values
        .iter()
        .filter(|value| matches!(value.content, entities::values::Content::Time(None)))
        .map(|value| value.span.of(document.text()).to_string())
        .collect();
    unresolved_times.sort();
    unresolved_times.dedup();
    Coverage {
        sentences: body().count() as u32,
        sentences_without_relation: body().filter(|(_, related)| !**related).count() as u32,
        sentences_set_aside: (document.sentences().len() - body().count()) as u32,
        unlinked_names,
        unresolved_times,
    }
}

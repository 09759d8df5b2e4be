//! Facts: what answers are made of. A bundle of statements with its ends and sources, ready to print or to serialize.

use itertools::Itertools;
use serde::Serialize;

use super::{Bundle, Node, NodeKey, Period, Statement};
use crate::record::{Kind, Modality, Polarity, Quad};

/// A node as answers name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct End {
    pub id: NodeKey,
    pub name: String,
    pub kind: Kind,
}

/// One thing that is said of two nodes, by one article or many.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    #[serde(rename = "type")]
    pub relation_type: String,
    pub symmetric: bool,
    pub subject: End,
    pub object: End,
    pub polarity: Polarity,
    pub modality: Modality,
    pub quad: Option<Quad>,
    /// For people: "15 Sep 2022", "since 2017"; of several statements from the first day to the last.
    pub when: Option<String>,
    pub places: Vec<String>,
    /// The best supported statement first.
    pub statements: Vec<Said>,
}

/// One statement of one article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Said {
    pub when: Option<String>,
    pub places: Vec<String>,
    pub attribution: Option<String>,
    pub historical: bool,
    pub derived: bool,
    pub confidence: f64,
    pub evidence: String,
    pub start: u32,
    pub end: u32,
    pub article: String,
    pub article_date: Option<String>,
    pub article_title: Option<String>,
    pub article_source: Option<String>,
    pub article_url: Option<String>,
}

impl End {
    pub fn new(node: &Node) -> End {
        End { id: node.key.clone(), name: node.name.clone(), kind: node.kind }
    }
}

impl Fact {
    pub fn new(bundle: &Bundle) -> Fact {
        let best = bundle.best();
        Fact {
            relation_type: best.relation_type.to_string(),
            symmetric: best.symmetric,
            subject: End::new(bundle.from),
            object: End::new(bundle.to),
            polarity: best.polarity,
            modality: best.modality,
            quad: best.quad(),
            when: bundle.period().map(|period| period.phrase()),
            places: bundle.places().into_iter().map(str::to_string).collect(),
            statements: bundle.statements.iter().map(|statement| Said::new(statement)).collect(),
        }
    }

    /// The best supported statement speaks for all.
    pub fn best(&self) -> &Said {
        &self.statements[0]
    }

    pub fn is_affirmed(&self) -> bool {
        self.polarity == Polarity::Affirmed && self.modality == Modality::Asserted
    }

    /// "15 Sep 2022, Samarkand".
    pub fn circumstances(&self) -> String {
        self.when.iter().chain(&self.places).join(", ")
    }

    /// What limits it, in words: "denied", "planned", "in the past", "inferred", "says Evan Feigenbaum".
    pub fn marks(&self) -> Vec<String> {
        let best = self.best();
        let polarity = (self.polarity == Polarity::Negated).then(|| "denied".to_string());
        let modality = modality_word(self.modality).map(str::to_string);
        let historical = best.historical.then(|| "in the past".to_string());
        let derived = best.derived.then(|| "inferred".to_string());
        let speaker = best.attribution.as_ref().map(|speaker| format!("says {speaker}"));
        [polarity, modality, historical, derived, speaker].into_iter().flatten().collect()
    }
}

/// A modality as an adverb to a statement; `None` for what is simply so.
pub fn modality_word(modality: Modality) -> Option<&'static str> {
    match modality {
        Modality::Asserted => None,
        Modality::Possible => Some("possible"),
        Modality::Planned => Some("planned"),
        Modality::Desired => Some("wanted"),
        Modality::Hypothetical => Some("hypothetical"),
        Modality::Feared => Some("feared"),
    }
}

impl Said {
    pub fn new(statement: &Statement) -> Said {
        Said {
            when: statement.period().map(|period| period.phrase()),
            places: statement.places().map(|place| place.text.to_string()).collect(),
            attribution: statement.attribution.as_ref().map(|speaker| speaker.phrase()),
            historical: statement.historical,
            derived: statement.derived,
            confidence: statement.confidence,
            evidence: statement.evidence.to_string(),
            start: statement.span.start,
            end: statement.span.end,
            article: statement.article.key.id.clone(),
            article_date: statement.article.date.clone(),
            article_title: statement.article.title.clone(),
            article_source: statement.article.source.clone(),
            article_url: statement.article.url.clone(),
        }
    }

    /// True for two readings of one sentence.
    pub fn is_same_place(&self, other: &Said) -> bool {
        (&self.article, &self.article_date, self.start, self.end, &self.evidence)
            == (&other.article, &other.article_date, other.start, other.end, &other.evidence)
    }

    /// "samarkand, 16 Sep 2022, AFP".
    pub fn source(&self) -> String {
        let date = self.article_date.as_deref();
        let date = date.map(|date| Period::parse(date).map_or(date.to_string(), |day| day.phrase()));
        let parts = [Some(self.article.clone()), date, self.article_source.clone()];
        parts.into_iter().flatten().join(", ")
    }
}

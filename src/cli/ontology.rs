//! `geopol ontology`: the relation types there are, one in full, and a check of a user's own.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use geopol::error::Error;
use geopol::knowledge::Knowledge;
use geopol::knowledge::ontology::{self, End, RelationType, Slot};
use geopol::pipeline::Resources;
use geopol::rehearsal;

use super::output::Output;
use super::{Outcome, Session};

/// List, show and check the types of relations
#[derive(Args)]
#[command(after_help = "\
Examples:
  geopol ontology list
  geopol ontology show meets
  geopol ontology check mine.ron              reads each example sentence of the file
  geopol build --data DIR article.txt         with DIR/ontology/mine.ron beside the built-in types")]
pub struct Ontology {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Name every relation type and say what it means
    List,
    /// Show one type: its ends, its event code, the words that say it, its examples
    #[command(after_help = "Example:\n  geopol ontology show sanctions")]
    Show {
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Check a file of relation types: fields, codes, and that its example sentences give what they say
    #[command(after_help = "Example:\n  geopol ontology check mine.ron")]
    Check {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

impl Ontology {
    pub fn run(self, session: &Session) -> Outcome {
        match self.action {
            Action::List => list(&Knowledge::load(&session.data()?)?),
            Action::Show { name } => show(&Knowledge::load(&session.data()?)?, &name),
            Action::Check { file } => check(session, file),
        }
    }
}

fn list(knowledge: &Knowledge) -> Outcome {
    let types = &knowledge.ontology.types;
    let width = types.iter().map(|relation| relation.name.len()).max().unwrap_or(0);
    let mut output = Output::open(None)?;
    for relation in types {
        writeln!(output, "{:width$}  {}", relation.name, relation.about)?;
    }
    Ok(output.finish()?)
}

fn show(knowledge: &Knowledge, name: &str) -> Outcome {
    let relation = knowledge.ontology.get(name).ok_or_else(|| unknown_type(knowledge, name))?;
    let mut output = Output::open(None)?;
    let RelationType { name, about, symmetric, .. } = relation;
    writeln!(output, "{name}: {about}{}", if *symmetric { " (either way round)" } else { "" })?;
    writeln!(output, "  between   {}, and {}", ends(&relation.subject), ends(&relation.object))?;
    match &relation.event {
        None => writeln!(output, "  event     none: a state of affairs")?,
        Some(event) => {
            let plover = event.plover.map_or("-".to_string(), |plover| plover.name().to_string());
            writeln!(output, "  event     PLOVER {plover}, CAMEO {}", event.cameo.as_deref().unwrap_or("-"))?;
        }
    }
    if let Some(property) = &relation.wikidata {
        writeln!(output, "  Wikidata  {property}")?;
    }
    for trigger in &relation.triggers {
        let frame = trigger.frame();
        let nouns = if frame.nouns.is_empty() { String::new() } else { format!(" + {}", frame.nouns.join(", ")) };
        let ends = format!("{}, {}", slot(&frame.subject), slot(&frame.object));
        writeln!(output, "  {:<9} {}{nouns} ({ends})", trigger.part_of_speech(), frame.lemmas.join(", "))?;
    }
    for (sentence, pairs) in &relation.examples {
        let pairs: Vec<String> = pairs.iter().map(|(subject, object)| format!("({subject}, {object})")).collect();
        let pairs = if pairs.is_empty() { "nothing".to_string() } else { pairs.join(" ") };
        writeln!(output, "  example   \"{sentence}\" gives {pairs}")?;
    }
    Ok(output.finish()?)
}

fn ends(ends: &[End]) -> String {
    ends.iter().map(|end| format!("{end:?}").to_lowercase()).collect::<Vec<_>>().join(" or ")
}

fn slot(slot: &Slot) -> String {
    match slot {
        Slot::Oblique(prepositions) => prepositions.join("/"),
        Slot::Either(slots) => slots.iter().map(self::slot).collect::<Vec<_>>().join(" or "),
        slot => format!("{slot:?}").to_lowercase(),
    }
}

fn unknown_type(knowledge: &Knowledge, name: &str) -> Error {
    let near = knowledge.ontology.types.iter().map(|relation| relation.name.as_str());
    let near = near.max_by(|one, other| strsim::jaro_winkler(one, name).total_cmp(&strsim::jaro_winkler(other, name)));
    Error::Request {
        problem: format!("there is no relation type `{name}`"),
        advice: match near.filter(|near| strsim::jaro_winkler(near, name) > 0.8) {
            Some(near) => format!("did you mean `{near}`? `geopol ontology list` names all"),
            None => "`geopol ontology list` names all".to_string(),
        },
    }
}

fn check(session: &Session, file: PathBuf) -> Outcome {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("ontology/{stem}.ron");
    let data = session.data()?.with_file(&name, &file);
    let own = ontology::read(&data.file(&name)?)?;
    let resources = Resources::load(&data)?;
    let mut output = Output::open(None)?;
    for phrase in ontology::Ontology::unreachable(&own, &resources.knowledge.lexicon) {
        writeln!(
            output,
            "{phrase} can never match: a verb takes one particle, an adjective none; use `nouns` or a slot"
        )?;
    }
    let mut failed = 0;
    let mut examples = 0;
    for relation in own.iter().filter_map(|relation| resources.knowledge.ontology.get(&relation.name)) {
        examples += relation.examples.len();
        let misses = session.pool().install(|| rehearsal::misses(relation, &resources));
        failed += misses.len();
        for miss in misses {
            writeln!(output, "{}: {miss}", relation.name)?;
        }
    }
    output.finish()?;
    if failed > 0 {
        return Err(Error::File {
            path: file.display().to_string(),
            problem: format!("{failed} of {examples} examples do not give what they say"),
            advice: "`geopol explain \"SENTENCE\"` shows what is read into one".to_string(),
        }
        .into());
    }
    session.summary(&format!("{}: {} types, {examples} examples, all well", file.display(), own.len()));
    Ok(())
}

//! The ontology's own promises: every entry is complete, its example sentences give what they say, ties are chosen, and
//! `docs/ONTOLOGY.md` tells what the files say.
//!
//! `UPDATE=1 cargo test --test ontology` writes the page and the list of ties anew; read the difference before committing.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use geopol::knowledge::data::Data;
use geopol::knowledge::ontology::{self, End, Ontology, RelationType};
use geopol::pipeline::Resources;
use geopol::rehearsal;

const FAMILIES: [&str; 8] =
    ["diplomacy", "conflict", "economy", "politics", "geography", "security", "figures", "society"];

/// Example sentences that the pipeline does not read as it should; the number may only fall.
const KNOWN_MISSES: usize = 17;

#[test]
fn examples_give_their_relations() {
    let resources = Resources::embedded();
    let types = &resources.knowledge.ontology.types;
    let misses: Vec<String> = types
        .iter()
        .flat_map(|relation| {
            rehearsal::misses(relation, &resources).into_iter().map(move |miss| format!("{}: {miss}", relation.name))
        })
        .collect();
    assert!(
        misses.len() <= KNOWN_MISSES,
        "{} examples fail, {KNOWN_MISSES} are known:\n{}",
        misses.len(),
        misses.join("\n")
    );
}

#[test]
fn entries_are_complete() {
    for relation in FAMILIES.into_iter().flat_map(family) {
        let name = &relation.name;
        assert!(name.chars().all(|char| char.is_ascii_lowercase() || char == '_'), "`{name}` is not snake_case");
        assert!(relation.examples.len() >= 3, "`{name}` needs three example sentences");
        assert!(relation.examples.iter().any(|(_, pairs)| pairs.is_empty()), "`{name}` needs a near miss");
        assert!(!(relation.symmetric && relation.inverse.is_some()), "`{name}` is its own inverse");
    }
}

#[test]
fn every_phrase_can_match() {
    let knowledge = Resources::embedded().knowledge;
    let never = Ontology::unreachable(&knowledge.ontology.types, &knowledge.lexicon);
    assert!(never.is_empty(), "{never:#?}");
}

#[test]
fn ties_are_chosen() {
    let ontology = Resources::embedded().knowledge.ontology;
    let ties: String = ontology.ties().into_iter().map(|tie| tie + "\n").collect();
    matches_file("tests/data/ontology-ties.txt", &ties);
}

#[test]
fn the_page_tells_what_the_files_say() {
    matches_file("docs/ONTOLOGY.md", &page());
}

fn family(name: &str) -> Vec<RelationType> {
    let file = Data::embedded().file(&format!("ontology/{name}.ron")).expect("a built-in file");
    ontology::read(&file).expect("the built-in files are read when the program starts")
}

/// The page: one table a family, one line a type.
fn page() -> String {
    let mut page = String::from(
        "# The ontology\n\n\
         Written by `UPDATE=1 cargo test --test ontology` from `data/ontology/*.ron`; edit those. Event classes are\n\
         PLOVER's (sixteen types) with CAMEO codes; the quad class and the score follow from the class. States carry\n\
         a Wikidata property where one exists. ↔ marks types without direction. `geopol ontology show NAME` prints\n\
         the words that trigger a type and its example sentences; `geopol ontology check FILE` tries your own entries.\n",
    );
    for name in FAMILIES {
        let types = family(name);
        let title = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
        write!(page, "\n## {title}: {} types\n\n", types.len()).expect("a string takes all");
        page.push_str("| type | between | event or property | meaning | says so |\n| --- | --- | --- | --- | --- |\n");
        for relation in &types {
            writeln!(page, "{}", row(relation)).expect("a string takes all");
        }
    }
    page
}

fn row(relation: &RelationType) -> String {
    let RelationType { name, about, symmetric, subject, object, .. } = relation;
    let arrow = if *symmetric { "↔" } else { "→" };
    let code = match (&relation.event, &relation.wikidata) {
        (Some(event), _) => {
            let plover = event.plover.map_or("event", |plover| plover.name());
            [Some(plover), event.mode.as_deref(), event.cameo.as_deref()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ")
        }
        (None, Some(property)) => property.clone(),
        (None, None) => String::new(),
    };
    let sentence = relation.examples.iter().find(|(_, pairs)| !pairs.is_empty()).map_or("", |(sentence, _)| sentence);
    format!("| `{name}` | {} {arrow} {} | {code} | {about} | {sentence} |", kinds(subject), kinds(object))
}

fn kinds(ends: &[End]) -> String {
    ends.iter().map(|end| format!("{end:?}").to_lowercase()).collect::<Vec<_>>().join(", ")
}

fn matches_file(path: &str, contents: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(Path::new(path).parent().expect("a file in a folder")).unwrap();
        fs::write(path, contents).unwrap();
    }
    let written = fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == contents,
        "{path} is old: UPDATE=1 cargo test --test ontology writes it anew; read it, then commit"
    );
}

//! A relation type of your own, beside the built-in ones: `cargo run --example custom_ontology`.
//!
//! The same file works on the command line: `geopol ontology check FILE`, and `geopol build --data DIR …` with the file in
//! `DIR/ontology/`.

use std::fs;

use geopol::knowledge::data::Data;
use geopol::{Article, Resources, extract, rehearsal};

const ENTRY: &str = r#"[
    (
        name: "snubs",
        about: "slights in public",
        subject: [actor], object: [actor, event],
        event: (plover: Reject, cameo: "120"),
        triggers: [
            Verb(lemmas: ["snub", "cold-shoulder"]),
            Noun(lemmas: ["snub"]),
        ],
        examples: [
            ("Japan snubbed Australia on Monday.", [("Japan", "Australia")]),
            ("The crowd enjoyed the match.", []),
        ],
    ),
]"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::temp_dir().join(format!("geopol-snubs-{}.ron", std::process::id()));
    fs::write(&file, ENTRY)?;
    let resources = Resources::load(&Data::embedded().with_file("ontology/snubs.ron", &file));
    fs::remove_file(&file)?;
    let resources = resources?;

    let snubs = resources.knowledge.ontology.get("snubs").ok_or("the entry was read")?;
    for miss in rehearsal::misses(snubs, &resources) {
        println!("an example fails: {miss}");
    }
    let record = extract(&Article::new("a", "France will snub Russia, Emmanuel Macron said."), &resources);
    for relation in record.relations.iter().filter(|relation| relation.relation_type == "snubs") {
        println!("{}, {:?}, by the rule {}", relation.relation_type, relation.modality, relation.why);
    }
    Ok(())
}

//! Unfolding: from where in the text a relation was read, for `geopol explain`.
//!
//! `meets(Vladimir Putin, Xi Jinping)` unfolds to the way through the tree, `Putin ← nsubj – met – obj → Xi`, and to why
//! `Putin` is Vladimir Putin.

use geopol::document::Word;
use geopol::entities::LinkedMention;
use geopol::pipeline::Layers;
use geopol::record::Relation;

/// The words at a relation's ends, as far as they stand in its sentence, subject first.
pub fn ends<'l>(layers: &'l Layers<'_>, relation: &Relation) -> Vec<&'l LinkedMention> {
    let said = |entity: u32| {
        layers.entities.mentions.iter().find(|linked| {
            let is_meant = linked.entity.0 == entity || linked.members.iter().any(|member| member.0 == entity);
            is_meant && layers.document.word(linked.mention.head).sentence_index() == relation.sentence as usize
        })
    };
    [Some(relation.subject), relation.object.entity()].into_iter().flatten().filter_map(said).collect()
}

/// The way through the tree from one word to another: up with `←`, down with `→`.
pub fn path(from: Word<'_>, to: Word<'_>) -> String {
    let above = |word| std::iter::successors(Some(word), |word: &Word| word.head()).collect::<Vec<Word>>();
    let (up, down) = (above(from), above(to));
    let Some(top) = up.iter().position(|word| down.contains(word)) else { return String::new() };
    let turn = down.iter().position(|word| *word == up[top]).expect("the top is on both ways");
    let mut path = from.text().to_string();
    for pair in up[..=top].windows(2) {
        path += &format!(" ← {} – {}", pair[0].deprel().name(), pair[1].text());
    }
    for word in down[..turn].iter().rev() {
        path += &format!(" – {} → {}", word.deprel().name(), word.text());
    }
    path
}

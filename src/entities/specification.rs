//! Specification: the names that say who a description means.
//!
//! `The ministers sacked by Oslo were Berg and Lunde`, `Those killed include Berg`, `Among the expelled diplomats was Orlov`,
//! `The man arrested was identified as Haddad`. What is said of the description is said of them.

use crate::document::{Deprel, Upos, Word};
use crate::entities::coreference::Resolver;
use crate::entities::descriptions;
use crate::record::Kind;

impl Resolver<'_> {
    /// A description is those whom its own clause names.
    pub(super) fn resolve_specified(&mut self, index: usize) -> bool {
        let names = named(self.head(index)).into_iter().filter_map(|name| self.mention_at(name));
        let names: Vec<usize> = names.filter(|&name| self.is_name(name) && self.is_called(index, name)).collect();
        match names[..] {
            [] => false,
            [name] if !descriptions::is_plural(self.head(index)) => self.join(index, name, "named by its clause"),
            _ => {
                self.groups.insert(index, (names, "group: those whom the clause names".to_string()));
                true
            }
        }
    }

    /// Persons are called by what persons are called, states by what states are called.
    fn is_called(&self, description: usize, name: usize) -> bool {
        let is_person = |kind| matches!(kind, Some(Kind::Person | Kind::People | Kind::Office));
        let (called, named) = (self.kind(description), self.kind(name));
        called == named || is_person(called) && is_person(named)
    }
}

/// The heads of the names that a clause gives for a description, in reading order.
pub(crate) fn named(description: Word<'_>) -> Vec<Word<'_>> {
    let names = clause(description).map_or_else(Vec::new, Word::conjuncts);
    if names.iter().all(|name| name.upos() == Upos::Propn) { names } else { Vec::new() }
}

/// The first of the names in the description's clause, unless it is denied.
fn clause(description: Word<'_>) -> Option<Word<'_>> {
    let above = description.head()?;
    let is_denied = above.dependents().any(|word| matches!(word.lemma(), "not" | "never"));
    let is_equated = |name: Word| name.has_child(Deprel::Cop) && name.preposition().is_none();
    let first = match description.deprel() {
        Deprel::Nsubj if is_equated(above) => Some(above),
        Deprel::Nsubj if above.lemma() == "include" && descriptions::is_plural(description) => above.child(Deprel::Obj),
        Deprel::NsubjPass if matches!(above.lemma(), "identify" | "name") => {
            let is_identity =
                |word: &Word| word.deprel() == Deprel::Xcomp || word.preposition().as_deref() == Some("as");
            above.dependents().find(|word| *word > above && is_identity(word))
        }
        // "Among the dead was Orlov": the name stands behind its verb.
        Deprel::Obl if is_equated(above) && description.preposition().as_deref() == Some("among") => Some(above),
        _ => None,
    };
    first.filter(|_| !is_denied)
}

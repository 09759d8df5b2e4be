//! What the program knows before it reads anything: word lists, relation types and the reference base.
//!
//! `Knowledge::embedded()` costs a few milliseconds; the reference base is searched where it lies, so nothing of it is read
//! before it is asked for.

pub mod data;
pub mod lexicon;
pub mod plover;
pub mod triggers;
pub mod ontology;
mod table;
pub mod names;
mod curated;
mod towns;
pub mod entry;
pub mod base;
pub mod gazetteer;
pub mod check;

use crate::error::Result;
use base::Base;
use data::Data;
use lexicon::Lexicon;
use ontology::Ontology;

#[derive(Debug)]
pub struct Knowledge {
    pub base: Base,
    pub lexicon: Lexicon,
    pub ontology: Ontology,
}

impl Knowledge {
    /// What is compiled into the program.
    pub fn embedded() -> Knowledge {
        Knowledge::load(&Data::embedded()).expect("the built-in files are read by the tests")
    }

    /// What these data files hold.
    pub fn load(data: &Data) -> Result<Knowledge> {
        Ok(Knowledge { base: Base::load(data)?, lexicon: Lexicon::load(data)?, ontology: Ontology::load(data)? })
    }
}

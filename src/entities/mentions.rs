//! Mentions: names, descriptions and pronouns of a document, with their candidates in the reference base.

use crate::document::Document;
use crate::entities::Mention;
use crate::knowledge::Knowledge;

pub fn find(_document: &Document, _knowledge: &Knowledge) -> Vec<Mention> {
    Vec::new()
}

//! What the program knows before it reads anything: word lists, relation types and the reference base.

pub mod base;

use base::Base;

pub struct Knowledge {
    pub base: Base,
}

//! The reference base: countries, people, organizations, places, peoples.

/// Index of an entry of the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

#[derive(Debug)]
pub struct Base {}

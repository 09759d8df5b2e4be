//! geopol turns news into a geopolitical knowledge graph.

pub mod span;
pub mod article;
pub mod error;
pub mod record;
pub mod knowledge;
pub mod text;
pub mod document;
pub mod syntax;
pub mod entities;
pub mod relations;

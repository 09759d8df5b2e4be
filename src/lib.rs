//! geopol turns news into a geopolitical knowledge graph: who did what to whom, where, when, and who says so.
//!
//! The crate is a pipeline, and an hourglass. Above [`record`] everything works on one article and cannot fail; below it
//! everything works on many records and knows no grammar.
//!
//! ```text
//!  bytes ── read ──────────▶ Article      id, title, date, source, url, text
//!            │ text                       sentences and words, as byte spans
//!            │ syntax                     tags, lemmas and dependency trees, from a trained model
//!            ▼
//!         Document                        the article with its trees, immutable from here on
//!            │ entities                   mentions, values, coreference, linking to the reference base
//!            │ relations                  clauses, propositions, relations by the ontology
//!            ▼
//!         Record                          all that the article says, as one plain value
//!            │ graph                      one node per thing in the world, one edge per statement
//!            ▼
//!         Graph ── export                 SVG, DOT, RON, JSON, GraphML, CSV, Turtle, …
//! ```

pub mod span;
pub mod article;
pub mod error;
pub mod record;
pub mod knowledge;
pub mod read;
pub mod text;
pub mod document;
pub mod syntax;
pub mod entities;
pub mod relations;
pub mod pipeline;
pub mod rehearsal;
pub mod check;
pub mod graph;
pub mod export;
#[cfg(feature = "serve")]
pub mod serve;

pub use article::Article;
pub use error::{Error, Result};
pub use pipeline::{Resources, extract};
pub use record::Record;

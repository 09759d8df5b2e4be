//! `geopol parse`: articles to words and trees.

use super::input::Inputs;
use super::{Outcome, Session};

/// Write words, tags, lemmas and dependency trees
#[derive(clap::Args)]
pub struct Parse {
    #[command(flatten)]
    inputs: Inputs,
}

impl Parse {
    pub fn run(self, _session: &Session) -> Outcome {
        Ok(())
    }
}

//! `geopol path`.

use super::input::Inputs;
use super::{Outcome, Session};

/// To be written
#[derive(clap::Args)]
pub struct Path {
    #[command(flatten)]
    inputs: Inputs,
}

impl Path {
    pub fn run(self, session: &Session) -> Outcome {
        self.inputs.each_record(session, |_record| Ok(()))?;
        Ok(())
    }
}

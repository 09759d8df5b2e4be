//! `geopol links`.

use super::input::Inputs;
use super::{Outcome, Session};

/// To be written
#[derive(clap::Args)]
pub struct Links {
    #[command(flatten)]
    inputs: Inputs,
}

impl Links {
    pub fn run(self, session: &Session) -> Outcome {
        self.inputs.each_record(session, |_record| Ok(()))?;
        Ok(())
    }
}

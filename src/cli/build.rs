//! `geopol build`.

use super::input::Inputs;
use super::{Outcome, Session};

/// To be written
#[derive(clap::Args)]
pub struct Build {
    #[command(flatten)]
    inputs: Inputs,
}

impl Build {
    pub fn run(self, session: &Session) -> Outcome {
        self.inputs.each_record(session, |_record| Ok(()))?;
        Ok(())
    }
}

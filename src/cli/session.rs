//! A run of the program: the shared flags, the resources once they are needed, and what is said on standard error.

use std::cell::{Cell, OnceCell};
use std::io::{IsTerminal, Write, stderr, stdout};
use std::time::{Duration, Instant};

use clap::ColorChoice;
use geopol::error::{Error, Result};
use geopol::knowledge::data::Data;
use geopol::pipeline::Resources;

use super::Shared;

pub struct Session {
    pub shared: Shared,
    resources: OnceCell<Resources>,
    notices: Cell<usize>,
    progress: Cell<Option<Progress>>,
}

/// A counter line on the terminal, once a run takes long.
#[derive(Clone, Copy)]
struct Progress {
    started: Instant,
    shown: Option<Instant>,
}

/// Notices after so many are only counted.
const NOTICES_SHOWN: usize = 10;

impl Session {
    pub fn new(shared: Shared) -> Session {
        Session { shared, resources: OnceCell::new(), notices: Cell::new(0), progress: Cell::new(None) }
    }

    /// The program's data files, with those of `--data` before them.
    pub fn data(&self) -> Result<Data> {
        self.shared.data.as_deref().map_or_else(|| Ok(Data::embedded()), Data::from_dir)
    }

    /// Knowledge and model, loaded on first use.
    pub fn resources(&self) -> Result<&Resources> {
        if self.resources.get().is_none() {
            let resources = Resources::load(&self.data()?)?;
            self.resources.set(resources).ok().expect("nobody else sets it");
        }
        Ok(self.resources.get().expect("it was just set"))
    }

    /// A pool of the threads asked for. Deep trees need deep stacks.
    pub fn pool(&self) -> rayon::ThreadPool {
        let threads = self.shared.threads.map_or(0, usize::from);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(16 << 20).build();
        pool.expect("the system gives threads")
    }

    /// True where standard output may be coloured.
    pub fn colors(&self) -> bool {
        match self.shared.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        }
    }

    pub fn error(&self, error: &Error) {
        self.clear_progress();
        say(format_args!("geopol: error: {error}"));
    }

    /// Tells of something left out or doubtful; the run goes on.
    pub fn notice(&self, notice: &Error) {
        let count = self.notices.get() + 1;
        self.notices.set(count);
        if !self.shared.quiet && count <= NOTICES_SHOWN {
            self.clear_progress();
            say(format_args!("geopol: note: {notice}"));
        }
    }

    /// Tells how many notices were not shown.
    pub fn close_notices(&self) {
        self.clear_progress();
        let hidden = self.notices.get().saturating_sub(NOTICES_SHOWN);
        if !self.shared.quiet && hidden > 0 {
            say(format_args!("geopol: note: {hidden} more like these"));
        }
    }

    /// A line on what was done.
    pub fn summary(&self, line: &str) {
        if !self.shared.quiet {
            self.clear_progress();
            say(format_args!("{line}"));
        }
    }

    /// Counts on the terminal, in place, four times a second, after the first half second.
    pub fn progress(&self, articles: usize) {
        if self.shared.quiet || !stderr().is_terminal() {
            return;
        }
        let now = Instant::now();
        let progress = self.progress.get().unwrap_or(Progress { started: now, shown: None });
        let due = progress
            .shown
            .map_or(progress.started + Duration::from_millis(500), |shown| shown + Duration::from_millis(250));
        if now < due {
            self.progress.set(Some(progress));
            return;
        }
        let rate = articles as f64 / (now - progress.started).as_secs_f64();
        let _ = write!(stderr(), "\r\x1b[K{articles} articles, {rate:.0} a second");
        self.progress.set(Some(Progress { shown: Some(now), ..progress }));
    }

    fn clear_progress(&self) {
        if let Some(progress) = self.progress.get()
            && progress.shown.is_some()
        {
            let _ = write!(stderr(), "\r\x1b[K");
            self.progress.set(Some(Progress { shown: None, ..progress }));
        }
    }
}

/// A line on standard error; that nobody may be listening there is no reason to stop.
fn say(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(stderr(), "{line}");
}

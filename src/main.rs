//! The program `geopol`: the command line over the library. Exit codes: 0 done, 1 an error, 2 wrong usage.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}

//! The program. Everything is told in the library: start at `journey`.

use std::process::ExitCode;

fn main() -> ExitCode {
    shirma::cli::main()
}

//! The command line.

fn main() {
    std::process::exit(summitry::cli::run());
}

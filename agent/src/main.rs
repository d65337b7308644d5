//! `muster-agent`: the desktop program.

fn main() -> std::process::ExitCode {
    muster_agent::cli::main()
}

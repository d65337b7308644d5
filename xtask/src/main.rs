//! Developer commands: `cargo xtask <command>`. The README and CI call these and nothing else, so what a newcomer runs is
//! what is tested.
//!
//! This program must never be needed to *use* Muster, and must never depend on a crate: it starts cargo, npm and the hub,
//! in the right order, and says how long each took. Start reading at [`usage`], then at the file of a command.

mod archive;
mod bench;
mod browser;
mod clock;
mod crash;
mod desktop;
mod dist;
mod failure;
mod hub;
mod openapi;
mod packages;
mod program;
mod run;
mod steps;
mod verify;
mod web;
mod workspace;

use std::process::ExitCode;

use failure::Failure;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<(), Failure> {
    let Some((command, rest)) = arguments.split_first() else {
        return Err(Failure::new(usage()));
    };
    match command.as_str() {
        "run" => run::run(rest),
        "test" => verify::test(),
        "check" => verify::check(),
        "bench" => bench::bench(rest),
        "openapi" => openapi::openapi(),
        "crash" => crash::crash(rest),
        "dist" => dist::dist(rest),
        "help" | "--help" | "-h" => {
            println!("{}", usage());
            Ok(())
        }
        unknown => Err(Failure::new(format!("there is no command '{unknown}'\n{}", usage()))),
    }
}

fn usage() -> &'static str {
    "usage: cargo xtask <command>

  run [--release] [hub arguments]  build the portal and the hub, start it with simulated agents on 127.0.0.1:4000
  test                             everything that must hold before a change is merged; what CI runs
  check                            the part of it that needs no database: seconds
  bench [criterion arguments]      the benchmarks of the pure crates
  openapi                          rewrite docs/openapi.json and the portal's types from the hub
  crash [--rounds N]               kill -9 the hub under load, N times (20), and look for anything lost or doubled
  dist [--debug] [--data-dir DIR]  archives of hub and agent with checksums in dist/, and the agent on the Downloads page"
}

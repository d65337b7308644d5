//! Muster: a self-hosted, real-time presence and live-view hub.
//!
//! This package is floor 4: it composes everything below and adds the two doors. Start reading at [`serve`], which starts
//! things in order; then [`http::configure`] (which path leads where) and [`sockets`] (the doors).

mod app;
mod auth;
mod backup;
mod cli;
mod config;
mod demo;
mod doctor;
mod downloads;
mod http;
mod serve;
mod sockets;
mod telemetry;
mod tls;
mod usage;
mod user;

use std::process::ExitCode;

use clap::Parser;

/// The default allocator of glibc keeps what many threads once needed; this one gives it back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let command = cli::Cli::parse();
    match command.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("muster: {error}");
            ExitCode::FAILURE
        }
    }
}

//! `muster-agent`: the desktop program.

fn main() {}

//! Writes a few drawn desktops into a folder, to look at them, and says what drawing and encoding cost.
//!
//! `cargo run -p muster-loadtest --example desktops -- FOLDER`

use std::error::Error;
use std::path::PathBuf;

use muster_loadtest::clock::Clock;
use muster_loadtest::desktop::{Desktop, DesktopMoment};

const PEOPLE: [&str; 8] = [
    "Ada Example",
    "Bruno Keller",
    "Chiara Lenz",
    "Zoë Lindqvist",
    "Elif Demir",
    "Farid Haddad",
    "Greta Olsen",
    "Hugo Prado",
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("say which folder the pictures go to")?);
    std::fs::create_dir_all(&folder)?;
    let clock = Clock::start();
    let moment = DesktopMoment::live(clock.utc());
    let mut buffer = Vec::new();
    for (seed, person) in (0..).zip(PEOPLE) {
        let desktop = Desktop::new(seed, person.into());
        for width in [desktop.screen().width, 480] {
            // The first drawing at a scale also makes its glyphs.
            buffer = desktop.render(width, moment, buffer).rgb;
            let started_us = clock.mono_us();
            let picture = desktop.render(width, moment, buffer);
            let drawn_us = clock.mono_us();
            let jpeg = picture.to_jpeg(75)?;
            let encoded_us = clock.mono_us();
            println!(
                "{person:14} {width:4} x {:4}: drawn in {:5.1} ms, encoded in {:5.1} ms, {:4} KiB",
                picture.height,
                (drawn_us - started_us) as f64 / 1000.0,
                (encoded_us - drawn_us) as f64 / 1000.0,
                jpeg.len() / 1024,
            );
            std::fs::write(folder.join(format!("{seed}-{width}.jpg")), &jpeg)?;
            buffer = picture.rgb;
        }
    }
    Ok(())
}

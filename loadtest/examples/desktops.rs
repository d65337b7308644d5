//! Writes a few drawn desktops into a folder, to look at them, and says what drawing and encoding cost.
//!
//! `cargo run -p muster-loadtest --example desktops -- FOLDER`

use std::error::Error;
use std::path::{Path, PathBuf};

use muster_loadtest::agent::display::{DisplayCapture, FocusPictures};
use muster_loadtest::agent::live::{LiveTrack, Seen};
use muster_loadtest::clock::Clock;
use muster_loadtest::desktop::{Desktop, DesktopMoment, Displays, Hands, Picture, Scene, Sight};
use muster_protocol::UtcMillis;
use muster_protocol::agent::Watch;
use muster_protocol::limits::AGENT_FRAME_BYTES_MAX;
use muster_protocol::policy::Blur;

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
const WALL_WIDTH: u16 = 480;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("say which folder the pictures go to")?);
    std::fs::create_dir_all(&folder)?;
    let clock = Clock::start();
    let now = clock.utc();
    for (seed, person) in (0..).zip(PEOPLE) {
        let desktop = Desktop::new(seed, person.into());
        for width in [desktop.screen().width, WALL_WIDTH] {
            save(&folder, &format!("{seed}-{width}"), &desktop, width, Sight::live(now))?;
        }
        time(&clock, person, &desktop, now)?;
    }
    let second = Desktop::of_displays(1, PEOPLE[1].into(), Displays::Two, 1);
    save(&folder, "second", &second, second.screen().width, Sight::live(now))?;
    let one = Desktop::new(1, PEOPLE[1].into());
    let idle = DesktopMoment { wall: now, hands: Hands::OffSince(now.plus(-300_000)) };
    save(&folder, "idle", &one, WALL_WIDTH, Sight::clear(idle))?;
    let locked = DesktopMoment { wall: now, hands: Hands::Locked };
    save(&folder, "locked", &one, WALL_WIDTH, Sight::clear(locked))?;
    for (blur, name) in [(Blur::Light, "light"), (Blur::Strong, "strong")] {
        save(&folder, name, &one, one.screen().width, Sight { blur, ..Sight::live(now) })?;
    }
    for (scene, name) in [(Scene::Typing, "typing"), (Scene::TerminalOutput, "terminal"), (Scene::PageScroll, "page")] {
        let desktop = Desktop::new(5, PEOPLE[0].into()).showing(scene).full_hd();
        save(&folder, name, &desktop, desktop.screen().width, Sight::live(now))?;
    }
    Ok(())
}

/// What a minute of being watched costs: 480 pixels once a second, or full HD in tiles twice a second with a wall picture
/// beside it.
fn time(clock: &Clock, person: &str, desktop: &Desktop, now: UtcMillis) -> Result<(), Box<dyn Error>> {
    for (width, fps) in [(WALL_WIDTH, 1.0), (1920, 2.0)] {
        let mut capture = DisplayCapture::new(desktop.clone(), FocusPictures::Tiles);
        let mut track = LiveTrack::new();
        track.watch(Watch { track: 0, fps, width, quality: 75 }, 0);
        let (mut looks, mut news, mut looking_us, mut bytes) = (0, 0, 0, 0);
        while let Some(due_ms) = track.due_at_ms().filter(|due_ms| *due_ms < 60_000) {
            let shot = track.begin(due_ms).ok_or("nothing is due")?;
            let started_us = clock.mono_us();
            let look = capture.look(&shot, &Sight::live(now.plus(due_ms as i64)), AGENT_FRAME_BYTES_MAX)?;
            looking_us += clock.mono_us() - started_us;
            let seq = track.sent(&shot, look.seen(), 0).ok_or("it is not wanted")?;
            track.got(seq, 0);
            bytes += look.message(&look.header(0, seq)).len();
            (looks, news) = (looks + 1, news + i32::from(look.seen() == Seen::News));
        }
        println!(
            "{person:14} {width:4} px, {fps} fps, a minute: {looks} looks, {news} pictures, {:5.2} ms a look, {:5} KiB",
            looking_us as f64 / 1000.0 / f64::from(looks),
            bytes / 1024,
        );
    }
    Ok(())
}

fn save(folder: &Path, name: &str, desktop: &Desktop, width: u16, sight: Sight) -> Result<(), Box<dyn Error>> {
    let banner = Some("Mia Moser is watching this screen".into());
    let Picture { width, height, rgb } = desktop.render(width, &Sight { banner, ..sight }, Vec::new());
    let path = folder.join(format!("{name}.png"));
    image::save_buffer(path, &rgb, width.into(), height.into(), image::ExtendedColorType::Rgb8)?;
    Ok(())
}

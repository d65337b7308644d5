//! `bytes`: what one focused display costs on the wire, tiles beside whole pictures. Needs no hub: the encoder of the
//! simulated agent looks at the same desktop at the same moments, once for each, as fast as it can.

use muster_protocol::UtcMillis;
use muster_protocol::agent::Watch;
use muster_protocol::frame::FrameKind;
use muster_protocol::portal::Tier;
use serde::Serialize;

use crate::agent::display::{DisplayCapture, FocusPictures};
use crate::agent::live::LiveTrack;
use crate::clock::Clock;
use crate::desktop::{Desktop, DesktopMoment, Hands, Scene, Sight};
use crate::error::LoadtestError;
use crate::report::{Figure, Page, Presented, Section, Table};

/// Every run shows the same: a Friday, 12:00:30 UTC.
const START: UtcMillis = UtcMillis(1_795_176_030_000);
/// Whoever does nothing has done so for a while.
const STILL_SINCE: UtcMillis = UtcMillis(START.0 - 600_000);
/// Larger messages are not sent, as a hub says in `welcome`.
const MESSAGE_BYTES_MAX: usize = muster_protocol::limits::AGENT_FRAME_BYTES_MAX;

/// What is measured.
#[derive(Clone, Copy, Debug)]
pub struct BytesConfig {
    /// Of desktop time; it takes much less.
    pub seconds: u64,
    /// What the hub would ask for.
    pub fps: f32,
    pub width: u16,
    pub quality: u8,
    pub seed: u64,
}

/// What happens on the desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    Still,
    Typing,
    TerminalOutput,
    PageScroll,
}

/// How pictures are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pictures {
    Tiles,
    Whole,
}

/// What came out.
#[derive(Clone, Debug, Serialize)]
pub struct BytesReport {
    pub seconds: u64,
    pub fps: f32,
    pub width: u16,
    pub quality: u8,
    pub rows: Vec<BytesRow>,
}

/// One activity sent in one way. Bytes are those of the whole WebSocket messages.
#[derive(Clone, Debug, Serialize)]
pub struct BytesRow {
    pub activity: Activity,
    pub pictures: Pictures,
    /// The first focus picture, which is complete either way.
    pub first_picture_bytes: u64,
    /// Focus pictures after the first.
    pub frames: u64,
    /// Messages that say "the same" instead.
    pub same: u64,
    pub largest_frame_bytes: u64,
    pub mean_bytes_per_frame: f64,
    /// Tiles in a mean frame; 0 for whole pictures.
    pub mean_tiles_per_frame: f64,
    /// Pictures and sames of the focus tier, without the first picture.
    pub bytes_per_minute: f64,
    /// The wall pictures beside them.
    pub wall_bytes_per_minute: f64,
    /// Drawing, comparing and encoding one focus frame, processor shared with whatever else runs.
    pub mean_ms_per_look: f64,
}

const ACTIVITIES: [Activity; 4] = [Activity::Still, Activity::Typing, Activity::TerminalOutput, Activity::PageScroll];

/// Measures every activity in both ways.
pub async fn run_bytes(config: BytesConfig) -> Result<BytesReport, LoadtestError> {
    let measured = tokio::task::spawn_blocking(move || measure_all(&config)).await;
    measured.map_err(|error| LoadtestError::Limit(format!("the pictures were not drawn: {error}")))?
}

fn measure_all(config: &BytesConfig) -> Result<BytesReport, LoadtestError> {
    let mut rows = Vec::with_capacity(2 * ACTIVITIES.len());
    for activity in ACTIVITIES {
        for pictures in [Pictures::Tiles, Pictures::Whole] {
            rows.push(measure(config, activity, pictures)?);
        }
    }
    let BytesConfig { seconds, fps, width, quality, .. } = *config;
    Ok(BytesReport { seconds, fps, width, quality, rows })
}

impl Activity {
    const fn scene(self) -> Scene {
        match self {
            Self::Still | Self::Typing => Scene::Typing,
            Self::TerminalOutput => Scene::TerminalOutput,
            Self::PageScroll => Scene::PageScroll,
        }
    }

    fn sight(self, after_ms: u64) -> Sight {
        let hands = if self == Self::Still { Hands::OffSince(STILL_SINCE) } else { Hands::On };
        Sight::clear(DesktopMoment { wall: START.plus(after_ms as i64), hands })
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Still => "still",
            Self::Typing => "typing",
            Self::TerminalOutput => "terminal output",
            Self::PageScroll => "page scroll",
        }
    }
}

impl Pictures {
    const fn form(self) -> FocusPictures {
        match self {
            Self::Tiles => FocusPictures::Tiles,
            Self::Whole => FocusPictures::Whole,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Tiles => "tiles",
            Self::Whole => "whole",
        }
    }
}

/// What is counted while it is sent.
#[derive(Default)]
struct Counts {
    first_bytes: Option<u64>,
    frames: u64,
    same: u64,
    frame_bytes: u64,
    same_bytes: u64,
    largest_bytes: u64,
    tiles: u64,
    wall_bytes: u64,
    looks: u64,
    looks_us: u64,
}

fn measure(config: &BytesConfig, activity: Activity, pictures: Pictures) -> Result<BytesRow, LoadtestError> {
    let clock = Clock::start();
    let desktop = Desktop::new(config.seed, "Ada Example".into()).showing(activity.scene()).full_hd();
    let mut capture = DisplayCapture::new(desktop, pictures.form());
    let mut track = LiveTrack::new();
    track.watch(Watch { track: 0, fps: config.fps, width: config.width, quality: config.quality }, 0);
    let mut counts = Counts::default();
    while let Some(due_at_ms) = track.due_at_ms().filter(|due_at_ms| *due_at_ms < config.seconds * 1_000) {
        let Some(shot) = track.begin(due_at_ms) else { break };
        let started_us = clock.mono_us();
        let look = capture.look(&shot, &activity.sight(due_at_ms), MESSAGE_BYTES_MAX)?;
        let took_us = clock.mono_us().saturating_sub(started_us);
        // The hub is as near as can be: it takes each picture at once.
        let Some(seq) = track.sent(&shot, look.seen(), due_at_ms * 1_000) else { break };
        track.got(seq, due_at_ms * 1_000);
        let header = look.header(0, seq);
        let bytes = on_the_wire(look.message(&header).len());
        if shot.tier == Tier::Wall {
            counts.wall_bytes += bytes;
        } else {
            counts.count(header.kind, bytes, look.tiles(), took_us);
        }
    }
    Ok(counts.row(config, activity, pictures))
}

impl Counts {
    fn count(&mut self, kind: FrameKind, bytes: u64, tiles: u16, took_us: u64) {
        (self.looks, self.looks_us) = (self.looks + 1, self.looks_us + took_us);
        if kind == FrameKind::Same {
            (self.same, self.same_bytes) = (self.same + 1, self.same_bytes + bytes);
        } else if self.first_bytes.is_none() {
            self.first_bytes = Some(bytes);
        } else {
            (self.frames, self.frame_bytes) = (self.frames + 1, self.frame_bytes + bytes);
            self.largest_bytes = self.largest_bytes.max(bytes);
            self.tiles += u64::from(tiles);
        }
    }

    fn row(&self, config: &BytesConfig, activity: Activity, pictures: Pictures) -> BytesRow {
        let per = |sum: u64, count: u64| sum as f64 / count.max(1) as f64;
        let minutes = config.seconds.max(1) as f64 / 60.0;
        BytesRow {
            activity,
            pictures,
            first_picture_bytes: self.first_bytes.unwrap_or_default(),
            frames: self.frames,
            same: self.same,
            largest_frame_bytes: self.largest_bytes,
            mean_bytes_per_frame: per(self.frame_bytes, self.frames),
            mean_tiles_per_frame: per(self.tiles, self.frames),
            bytes_per_minute: (self.frame_bytes + self.same_bytes) as f64 / minutes,
            wall_bytes_per_minute: self.wall_bytes as f64 / minutes,
            mean_ms_per_look: per(self.looks_us, self.looks) / 1_000.0,
        }
    }
}

/// A message with its WebSocket header: masked, as clients have to (RFC 6455, 5.2).
const fn on_the_wire(message: usize) -> u64 {
    let header = match message {
        0..=125 => 6,
        126..=65_535 => 8,
        _ => 14,
    };
    message as u64 + header
}

impl BytesReport {
    fn table(&self) -> Table {
        let head = format!("{} px, {} fps, quality {}, {} s", self.width, self.fps, self.quality, self.seconds);
        let columns = [
            "sent as",
            "first",
            "frames",
            "same",
            "tiles/frame",
            "bytes/frame",
            "largest",
            "bytes/min",
            "wall/min",
            "ms/look",
        ];
        let mut table = Table::new(&[&[head.as_str()], &columns[..]].concat());
        for row in &self.rows {
            table.row([
                row.activity.name().to_owned(),
                row.pictures.name().to_owned(),
                row.first_picture_bytes.to_string(),
                row.frames.to_string(),
                row.same.to_string(),
                format!("{:.1}", row.mean_tiles_per_frame),
                format!("{:.0}", row.mean_bytes_per_frame),
                row.largest_frame_bytes.to_string(),
                format!("{:.0}", row.bytes_per_minute),
                format!("{:.0}", row.wall_bytes_per_minute),
                format!("{:.1}", row.mean_ms_per_look),
            ]);
        }
        table
    }

    /// An activity in both ways, by the minute.
    fn figure(&self, activity: Activity) -> Option<Figure> {
        let of = |pictures| {
            let mut rows = self.rows.iter().filter(|row| row.activity == activity && row.pictures == pictures);
            rows.next().map(|row| row.bytes_per_minute)
        };
        let (tiles, whole) = (of(Pictures::Tiles)?, of(Pictures::Whole)?);
        let mib = |bytes: f64| format!("{:.2} MiB", bytes / 1_048_576.0);
        let detail = format!("a minute in tiles, {} in whole pictures", mib(whole));
        Some(Figure::new(activity.name(), mib(tiles), detail))
    }
}

impl std::fmt::Display for BytesReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.table())
    }
}

impl Presented for BytesReport {
    fn page(&self) -> Page {
        Page {
            title: "Bytes of one focused display".to_owned(),
            lead: "What the simulated agent sends of one full-HD display: changed tiles beside whole pictures."
                .to_owned(),
            setting: vec![
                ("pictures", format!("{} px wide, {} a second, quality {}", self.width, self.fps, self.quality)),
                ("desktop time", format!("{} s for each line, the same moments in both ways", self.seconds)),
                ("bytes", "whole WebSocket messages, headers included".to_owned()),
            ],
            figures: ACTIVITIES.into_iter().filter_map(|activity| self.figure(activity)).collect(),
            sections: vec![Section { title: "Figures", tables: vec![self.table()], ..Section::default() }],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small, so that it takes no time; still above the wall's width.
    const SMALL: BytesConfig = BytesConfig { seconds: 3, fps: 2.0, width: 640, quality: 75, seed: 5 };

    #[test]
    fn tiles_cost_no_more_than_whole_pictures_of_the_same_moments() {
        let report = measure_all(&SMALL).unwrap();
        assert_eq!(report.rows.len(), 8);
        for pair in report.rows.chunks_exact(2) {
            let [tiles, whole] = pair else { panic!("not a pair") };
            let name = tiles.activity.name();
            assert_eq!((tiles.pictures, whole.pictures), (Pictures::Tiles, Pictures::Whole));
            assert_eq!((tiles.frames, tiles.same), (whole.frames, whole.same), "{name}: other moments");
            assert_eq!(tiles.frames + tiles.same, 5, "{name}: six looks, one of them the first picture");
            assert_eq!(tiles.wall_bytes_per_minute, whole.wall_bytes_per_minute, "{name}: the walls differ");
            assert!(tiles.first_picture_bytes > 10_000 && whole.first_picture_bytes > 10_000, "{name}");
            assert!(whole.mean_tiles_per_frame == 0.0);
        }
        let of = |activity| report.rows.iter().find(|row| row.activity == activity).unwrap();
        let (still, typing) = (of(Activity::Still), of(Activity::Typing));
        assert_eq!((still.frames, still.same), (0, 5));
        assert_eq!(still.bytes_per_minute, 5.0 * (32.0 + 6.0) * 20.0, "a header each");
        assert!(typing.frames > 0 && typing.mean_tiles_per_frame >= 1.0);
        assert_eq!(report.page().figures.len(), 4);
        assert!(typing.bytes_per_minute < of_whole(&report, Activity::Typing).bytes_per_minute);
    }

    fn of_whole(report: &BytesReport, activity: Activity) -> &BytesRow {
        report.rows.iter().find(|row| row.activity == activity && row.pictures == Pictures::Whole).unwrap()
    }

    #[test]
    fn the_masked_header_grows_with_the_message() {
        assert_eq!([32, 125, 126, 65_535, 65_536].map(on_the_wire), [38, 131, 134, 65_543, 65_550]);
    }

    #[test]
    fn the_table_names_every_activity() {
        let row = Counts::default().row(&SMALL, Activity::PageScroll, Pictures::Tiles);
        let report = BytesReport { seconds: 3, fps: 2.0, width: 640, quality: 75, rows: vec![row] };
        let page = report.page();
        assert!(page.figures.is_empty(), "nothing to compare with");
        assert_eq!(page.sections[0].tables.len(), 1);
        let text = report.to_string();
        assert!(text.contains("page scroll") && text.contains("tiles") && text.contains("640 px, 2 fps"), "{text}");
    }
}

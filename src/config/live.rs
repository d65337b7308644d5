//! Keys of live view.

use muster_actors::live::LiveConfig;
use muster_domain::watch::Need;
use muster_domain::window::WindowConfig;
use muster_media::live::HistoryConfig;
use muster_protocol::limits::{FOCUS_WIDTH_MAX, WALL_WIDTH_MAX};
use serde::{Deserialize, Serialize};

use super::HumanDuration;

/// Live view: what is asked of agents, and how much may be on its way to a viewer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LiveSection {
    /// Pictures of a tile of the wall per second. One: enough to see what somebody works on, and little for the network of
    /// a home office.
    pub wall_fps: f32,
    /// At most 480, the protocol's limit.
    pub wall_width: u16,
    /// JPEG quality, 1 to 100. At 60 text of a 1080p screen is as readable as its size allows.
    pub wall_quality: u8,
    /// Pictures of the enlarged screen per second: typing looks alive at four.
    pub focus_fps: f32,
    /// At most 1920, the protocol's limit.
    pub focus_width: u16,
    pub focus_quality: u8,
    /// How long capture goes on after the last viewer has left, so that turning a page does not restart it.
    pub linger: HumanDuration,
    /// Picture bytes without acknowledgement that one viewer starts with, and their bounds. The largest bounds the hub's
    /// memory for one viewer.
    pub window_start_bytes: u64,
    pub window_min_bytes: u64,
    pub window_max_bytes: u64,
    /// An acknowledgement later than usual by more than this shrinks the window.
    pub queue_delay: HumanDuration,
    /// Without acknowledgement for so long nothing more is sent.
    pub pause_after: HumanDuration,
    /// And for so long the viewer is closed (4001).
    pub slow_after: HumanDuration,
    /// Past pictures that are kept of a watched track, in memory only.
    pub history_pictures: usize,
    /// And their bytes, whichever is less.
    pub history_bytes: usize,
    /// They are at least so far apart: with 60 of them, two minutes.
    pub history_every: HumanDuration,
}

impl Default for LiveSection {
    fn default() -> Self {
        let (window, history) = (WindowConfig::default(), HistoryConfig::default());
        let ms = |ms| HumanDuration(std::time::Duration::from_millis(ms));
        let per_second = |need: Need| f32::from(need.frames_per_minute) / 60.0;
        let live = LiveConfig::default();
        Self {
            wall_fps: per_second(live.wall),
            wall_width: live.wall.width,
            wall_quality: live.wall.quality,
            focus_fps: per_second(live.focus),
            focus_width: live.focus.width,
            focus_quality: live.focus.quality,
            linger: ms(live.linger_ms),
            window_start_bytes: window.start_bytes,
            window_min_bytes: window.min_bytes,
            window_max_bytes: window.max_bytes,
            queue_delay: ms(window.queue_delay_ms),
            pause_after: ms(window.pause_after_ms),
            slow_after: ms(window.slow_after_ms),
            history_pictures: history.entries_max,
            history_bytes: history.bytes_max,
            history_every: ms(history.spacing_ms.unsigned_abs()),
        }
    }
}

impl LiveSection {
    /// As the rules take it.
    pub fn rules(&self) -> LiveConfig {
        let need = |fps: f32, width, quality| Need { frames_per_minute: (fps * 60.0) as u16, width, quality };
        LiveConfig {
            wall: need(self.wall_fps, self.wall_width, self.wall_quality),
            focus: need(self.focus_fps, self.focus_width, self.focus_quality),
            linger_ms: self.linger.ms(),
            window: WindowConfig {
                start_bytes: self.window_start_bytes,
                min_bytes: self.window_min_bytes,
                max_bytes: self.window_max_bytes,
                queue_delay_ms: self.queue_delay.ms(),
                pause_after_ms: self.pause_after.ms(),
                slow_after_ms: self.slow_after.ms(),
                ..WindowConfig::default()
            },
            history: HistoryConfig {
                entries_max: self.history_pictures,
                bytes_max: self.history_bytes,
                spacing_ms: i64::try_from(self.history_every.ms()).unwrap_or(i64::MAX),
            },
        }
    }

    /// What cannot be.
    pub fn fault(&self) -> Option<&'static str> {
        let is_rate = |fps: f32| (0.1..=30.0).contains(&fps);
        let is_quality = |quality| (1..=100).contains(&quality);
        if !is_rate(self.wall_fps) || !is_rate(self.focus_fps) {
            Some("live.wall_fps and live.focus_fps must be between 0.1 and 30")
        } else if !(64..=WALL_WIDTH_MAX).contains(&self.wall_width) {
            Some("live.wall_width must be between 64 and 480")
        } else if !(WALL_WIDTH_MAX + 1..=FOCUS_WIDTH_MAX).contains(&self.focus_width) {
            Some("live.focus_width must be between 481 and 1920")
        } else if !is_quality(self.wall_quality) || !is_quality(self.focus_quality) {
            Some("live.wall_quality and live.focus_quality must be between 1 and 100")
        } else if self.window_min_bytes == 0 || self.window_min_bytes > self.window_max_bytes {
            Some("live.window_min_bytes must be more than nothing and at most live.window_max_bytes")
        } else if self.pause_after.ms() >= self.slow_after.ms() {
            Some("live.pause_after must be shorter than live.slow_after")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_those_of_the_rules() {
        let section = LiveSection::default();
        assert_eq!(section.fault(), None);
        let (from_section, rules) = (section.rules(), LiveConfig::default());
        assert_eq!((from_section.wall, from_section.focus), (rules.wall, rules.focus));
        assert_eq!(from_section.window, rules.window);
        assert_eq!(from_section.linger_ms, 5_000);
    }

    #[test]
    fn what_cannot_be_is_named() {
        let wide = LiveSection { wall_width: 500, ..LiveSection::default() };
        assert!(wide.fault().unwrap().contains("wall_width"));
        let never = LiveSection { focus_fps: f32::NAN, ..LiveSection::default() };
        assert!(never.fault().unwrap().contains("focus_fps"));
        let hasty = LiveSection { slow_after: HumanDuration::seconds(1), ..LiveSection::default() };
        assert!(hasty.fault().unwrap().contains("pause_after"));
    }
}

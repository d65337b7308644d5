//! Every message of the agent door.

use muster_protocol::agent::{
    AgentDown, AgentUp, Beat, BeatState, Display, DurableEvent, EventKind, Events, Hello, Limits, RefusedEvent, Watch,
    Watcher, Welcome,
};
use muster_protocol::close::Close;
use muster_protocol::policy::{Blur, Notice, Policy, StartMode};
use muster_protocol::{BootId, CloseCode, DeviceId, SessionId, UtcMillis, limits};

use crate::golden;

const NOON: UtcMillis = UtcMillis(1_795_000_000_123);

fn device() -> DeviceId {
    "0193a4d0-7c00-7000-8000-00000000d001".parse().unwrap()
}

fn boot() -> BootId {
    "0193a4d0-7c00-7000-8000-00000000b007".parse().unwrap()
}

fn earlier_boot() -> BootId {
    "0193a4d0-7c00-7000-8000-00000000b006".parse().unwrap()
}

fn session() -> SessionId {
    "0193a4d0-7c00-7000-8000-000000005e55".parse().unwrap()
}

fn hello() -> Hello {
    let display = |track, name: &str, primary| Display { track, name: name.into(), width: 1920, height: 1080, primary };
    Hello {
        agent_version: "0.1.0".into(),
        device_id: device(),
        boot_id: boot(),
        os: "linux 6.8".into(),
        displays: vec![display(1, "eDP-1", true), display(2, "HDMI-1", false)],
        utc_offset_min: 330,
        next_seq: 43,
        sent_at: NOON,
    }
}

fn policy() -> Policy {
    Policy {
        version: 7,
        capture_interval_minutes: 10,
        screenshots: true,
        blur: Blur::Light,
        live_view: true,
        start_mode: StartMode::Manual,
        idle_after_ms: 180_000,
        pause_allowed: false,
    }
}

fn notice() -> Notice {
    Notice { version: 2, text: "Screens are recorded while you work.".into(), published_at: NOON.minus(86_400_000) }
}

fn welcome(notice: Option<Notice>) -> AgentDown {
    AgentDown::Welcome(Box::new(Welcome {
        session_id: session(),
        server_time: NOON,
        beat_every_ms: 27_340,
        offline_after_ms: 120_000,
        limits: Limits {
            text_bytes_max: limits::AGENT_TEXT_BYTES_MAX as u32,
            frame_bytes_max: limits::AGENT_FRAME_BYTES_MAX as u32,
            events_per_message_max: limits::EVENTS_PER_MESSAGE_MAX as u32,
            messages_per_second_max: 20,
        },
        policy: policy(),
        notice,
        acked_seq: 42,
    }))
}

/// One event of every kind, in the order in which a day has them.
fn events() -> Vec<(&'static str, DurableEvent)> {
    let kinds = [
        ("work_started", EventKind::WorkStarted),
        ("idle_began", EventKind::IdleBegan),
        ("idle_ended", EventKind::IdleEnded),
        ("break_began", EventKind::BreakBegan),
        ("break_ended", EventKind::BreakEnded),
        ("work_continued", EventKind::WorkContinued),
        ("notice_acknowledged", EventKind::NoticeAcknowledged { version: 2 }),
        ("capture_failed", EventKind::CaptureFailed { reason: "the display is asleep".into() }),
        ("clock_jumped", EventKind::ClockJumped { by_ms: -3_600_000 }),
        ("work_stopped", EventKind::WorkStopped),
    ];
    let event = |(index, (name, kind))| {
        let seq = 43 + index as u64;
        (name, DurableEvent { seq, boot_id: None, at: NOON.plus(60_000 * index as i64), kind })
    };
    kinds.into_iter().enumerate().map(event).collect()
}

#[test]
fn what_an_agent_says() {
    let replayed = DurableEvent { boot_id: Some(earlier_boot()), ..events()[0].1.clone() };
    let samples = [
        ("hello", AgentUp::Hello(hello())),
        ("beat", AgentUp::Beat(Beat { idle_ms: 1_250, state: BeatState::Normal })),
        ("beat.locked", AgentUp::Beat(Beat { idle_ms: 600_000, state: BeatState::Locked })),
        ("beat.paused", AgentUp::Beat(Beat { idle_ms: 0, state: BeatState::Paused })),
        ("events", AgentUp::Events(Events { items: vec![events()[0].1.clone(), events()[1].1.clone()] })),
        ("events.earlier_boot", AgentUp::Events(Events { items: vec![replayed] })),
        ("same", AgentUp::Same { track: 1, seq: 512 }),
        ("bye", AgentUp::Bye { reason: "quit".into() }),
    ];
    golden::check("agent_up", &samples);
    golden::check_complete("type", &samples);
}

#[test]
fn what_an_agent_records() {
    golden::check("agent_event", &events());
    golden::check_complete("kind", &events());
}

#[test]
fn what_the_hub_says_to_an_agent() {
    let refused = RefusedEvent { seq: 44, reason: "more than five minutes in the future".into() };
    let watcher = Watcher { name: "Meera Nair".into(), since: NOON, track: 1 };
    let samples = [
        ("welcome", welcome(None)),
        ("welcome.notice", welcome(Some(notice()))),
        ("ack", AgentDown::Ack { boot_id: boot(), seq: 52 }),
        ("refused", AgentDown::Refused { boot_id: boot(), items: vec![refused] }),
        ("got", AgentDown::Got { track: 1, seq: 512 }),
        ("policy", AgentDown::Policy(policy())),
        ("watch", AgentDown::Watch(Watch { track: 1, fps: 2.0, width: 1920, quality: 70 })),
        ("unwatch", AgentDown::Unwatch { track: 1 }),
        ("watchers", AgentDown::Watchers { people: vec![watcher] }),
        ("watchers.nobody", AgentDown::Watchers { people: vec![] }),
        ("take_screenshot", AgentDown::TakeScreenshot { request_id: "3f2a".into() }),
        ("notice", AgentDown::Notice(notice())),
        ("start_work", AgentDown::StartWork),
        ("message", AgentDown::Message { text: "The hub restarts at 18:00.".into() }),
        ("close", AgentDown::Close(Close::new(CloseCode::Revoked, None))),
        ("close.shutdown", AgentDown::Close(Close::new(CloseCode::Shutdown, Some(4_200)))),
    ];
    golden::check("agent_down", &samples);
    golden::check_complete("type", &samples);
}

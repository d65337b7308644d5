//! The last input, as the compositor tells it by `ext-idle-notify`: a second after it, and again when there is another.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use wayland_client::protocol::wl_callback::WlCallback;
use wayland_client::protocol::wl_output::WlOutput;
use wayland_client::protocol::wl_registry::{self, WlRegistry};
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::{Connection, Dispatch, Proxy as _, QueueHandle, delegate_dispatch, delegate_noop};
use wayland_protocols::ext::idle_notify::v1::client::ext_idle_notification_v1::{Event, ExtIdleNotificationV1};
use wayland_protocols::ext::idle_notify::v1::client::ext_idle_notifier_v1::ExtIdleNotifierV1;

use super::link::{Answered, Answers, Link};
use crate::clock::Clock;
use crate::platform::CaptureError;

/// So long after the last input the compositor says so.
const TOLD_AFTER_MS: u32 = 1_000;
/// From which version on a film that keeps the screen awake does not count as input.
const INPUT_ONLY_SINCE: u32 = 2;

/// What a compositor says of its person. A thread of its own hears it the moment it is said; it ends with the connection.
pub(super) struct IdleWatch(Arc<Said>);

struct Said {
    clock: Clock,
    /// When the last input was, in milliseconds of the clock, while it is longer ago than a second.
    last_input: Mutex<Option<u64>>,
    are_displays_changed: AtomicBool,
    is_broken: AtomicBool,
}

/// What the thread hears with.
struct Listener {
    said: Arc<Said>,
    seat: Option<WlSeat>,
    notifier: Option<ExtIdleNotifierV1>,
}

impl IdleWatch {
    /// Listens to the compositor `name`; `None` if it does not tell.
    pub fn open(name: &str) -> Result<Option<Self>, CaptureError> {
        let said = Arc::new(Said {
            clock: Clock::start(),
            last_input: Mutex::default(),
            are_displays_changed: AtomicBool::default(),
            is_broken: AtomicBool::default(),
        });
        let mut link = Link::open(name, Listener { said: said.clone(), seat: None, notifier: None })?;
        let (Some(seat), Some(notifier)) = (&link.heard.seat, &link.heard.notifier) else { return Ok(None) };
        ask(notifier, seat, &link.handle());
        let listen = move || {
            let _ = link.wait(None, |_| false);
            link.heard.said.is_broken.store(true, Ordering::Relaxed);
        };
        let begun = thread::Builder::new().name("idle".to_owned()).spawn(listen);
        begun.map_err(|error| CaptureError::Failed(format!("no thread to listen with: {error}")))?;
        Ok(Some(Self(said)))
    }

    /// Milliseconds since the last input, 0 within the first second; `None` when the compositor went away.
    pub fn idle_ms(&self) -> Option<u64> {
        if self.0.is_broken.load(Ordering::Relaxed) {
            return None;
        }
        let last_input = *self.0.last_input.lock().unwrap_or_else(PoisonError::into_inner);
        Some(last_input.map_or(0, |at| self.0.clock.mono_ms().saturating_sub(at)))
    }

    /// Whether displays came, went or changed since this was asked last.
    pub fn displays_changed(&self) -> bool {
        self.0.are_displays_changed.swap(false, Ordering::Relaxed)
    }
}

fn ask(notifier: &ExtIdleNotifierV1, seat: &WlSeat, handle: &QueueHandle<Listener>) {
    if notifier.version() >= INPUT_ONLY_SINCE {
        notifier.get_input_idle_notification(TOLD_AFTER_MS, seat, handle, ());
    } else {
        notifier.get_idle_notification(TOLD_AFTER_MS, seat, handle, ());
    }
}

impl Dispatch<WlRegistry, ()> for Listener {
    fn event(
        listener: &mut Self,
        registry: &WlRegistry,
        event: wl_registry::Event,
        (): &(),
        _: &Connection,
        handle: &QueueHandle<Self>,
    ) {
        match event {
            wl_registry::Event::Global { name, interface, version } => match interface.as_str() {
                "wl_seat" if listener.seat.is_none() => listener.seat = Some(registry.bind(name, 1, handle, ())),
                "ext_idle_notifier_v1" => {
                    listener.notifier = Some(registry.bind(name, version.min(INPUT_ONLY_SINCE), handle, ()));
                }
                "wl_output" => {
                    registry.bind::<WlOutput, _, _>(name, 1, handle, ());
                }
                _ => {}
            },
            // Of a display, or of something that does no harm.
            wl_registry::Event::GlobalRemove { .. } => {
                listener.said.are_displays_changed.store(true, Ordering::Relaxed)
            }
            _ => {}
        }
    }
}

impl Dispatch<WlOutput, ()> for Listener {
    fn event(
        listener: &mut Self,
        _: &WlOutput,
        _: wayland_client::protocol::wl_output::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        listener.said.are_displays_changed.store(true, Ordering::Relaxed);
    }
}

impl Dispatch<ExtIdleNotificationV1, ()> for Listener {
    fn event(
        listener: &mut Self,
        _: &ExtIdleNotificationV1,
        event: Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        let last_input = match event {
            Event::Idled => Some(listener.said.clock.mono_ms().saturating_sub(TOLD_AFTER_MS.into())),
            _ => None,
        };
        *listener.said.last_input.lock().unwrap_or_else(PoisonError::into_inner) = last_input;
    }
}

delegate_dispatch!(Listener: [WlCallback: Answered] => Answers);
delegate_noop!(Listener: ignore WlSeat);
delegate_noop!(Listener: ignore ExtIdleNotifierV1);

#[cfg(test)]
#[path = "idle_test.rs"]
mod tests;

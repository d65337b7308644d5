//! What the compositor has for taking pictures.

use std::collections::BTreeMap;

use wayland_client::protocol::wl_buffer::WlBuffer;
use wayland_client::protocol::wl_callback::WlCallback;
use wayland_client::protocol::wl_output::{self, WlOutput};
use wayland_client::protocol::wl_registry::{self, WlRegistry};
use wayland_client::protocol::wl_shm::WlShm;
use wayland_client::protocol::wl_shm_pool::WlShmPool;
use wayland_client::{Connection, Dispatch, QueueHandle, delegate_dispatch, delegate_noop};
use wayland_protocols_wlr::screencopy::v1::client::zwlr_screencopy_manager_v1::ZwlrScreencopyManagerV1;

use super::link::{Answered, Answers};
use super::outputs::Output;

/// The version of each interface that is understood here. An output says its name from 4 on; a picture can wait for a change
/// from 2 on, and says when its offer is whole from 3 on.
const OUTPUT_VERSION_MAX: u32 = 4;
const SCREENCOPY_VERSION_MAX: u32 = 3;

/// The globals, and what the outputs said.
#[derive(Default)]
pub(super) struct Session {
    pub shm: Option<WlShm>,
    pub screencopy: Option<ZwlrScreencopyManagerV1>,
    /// By the number that the compositor has for each.
    pub outputs: BTreeMap<u32, Output>,
    /// Outputs came, went or changed since this was taken.
    pub is_changed: bool,
}

impl Dispatch<WlRegistry, ()> for Session {
    fn event(
        session: &mut Self,
        registry: &WlRegistry,
        event: wl_registry::Event,
        (): &(),
        _: &Connection,
        handle: &QueueHandle<Self>,
    ) {
        match event {
            wl_registry::Event::Global { name, interface, version } => match interface.as_str() {
                "wl_shm" => session.shm = Some(registry.bind(name, 1, handle, ())),
                "zwlr_screencopy_manager_v1" => {
                    let version = version.min(SCREENCOPY_VERSION_MAX);
                    session.screencopy = Some(registry.bind(name, version, handle, ()));
                }
                "wl_output" => {
                    let wire = registry.bind(name, version.min(OUTPUT_VERSION_MAX), handle, name);
                    session.outputs.insert(name, Output::new(wire));
                    session.is_changed = true;
                }
                _ => {}
            },
            wl_registry::Event::GlobalRemove { name } => session.is_changed |= session.outputs.remove(&name).is_some(),
            _ => {}
        }
    }
}

impl Dispatch<WlOutput, u32> for Session {
    fn event(
        session: &mut Self,
        _: &WlOutput,
        event: wl_output::Event,
        name: &u32,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        if let Some(output) = session.outputs.get_mut(name) {
            output.hear(event);
            session.is_changed = true;
        }
    }
}

delegate_dispatch!(Session: [WlCallback: Answered] => Answers);
delegate_noop!(Session: ignore WlShm);
delegate_noop!(Session: ignore WlShmPool);
delegate_noop!(Session: ignore WlBuffer);
delegate_noop!(Session: ignore ZwlrScreencopyManagerV1);

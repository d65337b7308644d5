//! Memory that the compositor writes a picture into. It is read like a file and never mapped here: nothing unsafe.

use std::fs::File;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::fs::FileExt;

use muster_media::encode::Pixels;
use rustix::fs::{MemfdFlags, memfd_create};
use wayland_client::QueueHandle;
use wayland_client::protocol::wl_buffer::WlBuffer;
use wayland_client::protocol::wl_shm::{Format, WlShm};

use super::link::WaylandError;
use super::session::Session;
use super::shot::Offer;

const PIXEL_BYTES: u32 = 4;

/// Shared memory for pictures of one kind.
pub(super) struct Buffer {
    pub wire: WlBuffer,
    pub offer: Offer,
    file: File,
    is_red_first: bool,
}

impl Buffer {
    pub fn new(shm: &WlShm, handle: &QueueHandle<Session>, offer: Offer) -> Result<Self, WaylandError> {
        let is_red_first = is_red_first(offer.format)?;
        let Offer { format, width, height, stride } = offer;
        let bytes = i32::try_from(u64::from(stride) * u64::from(height)).ok().filter(|_| is_sound(offer));
        let bytes =
            bytes.ok_or_else(|| WaylandError::Refused(format!("a picture of {width} × {height} was offered")))?;
        let file = memory(bytes.unsigned_abs()).map_err(|error| {
            WaylandError::Refused(format!("there is no memory to share with the compositor: {error}"))
        })?;
        let pool = shm.create_pool(file.as_fd(), bytes, handle, ());
        let side = |length: u32| length.cast_signed();
        let wire = pool.create_buffer(0, side(width), side(height), side(stride), format, handle, ());
        pool.destroy();
        Ok(Self { wire, offer, file, is_red_first })
    }

    /// What the compositor wrote, as it came.
    pub fn read(&self, into: &mut Pixels, is_upside_down: bool) -> Result<(), WaylandError> {
        self.read_rows(into, is_upside_down)
            .map_err(|error| WaylandError::Refused(format!("the shared memory cannot be read: {error}")))?;
        if self.is_red_first {
            into.bgrx.chunks_exact_mut(PIXEL_BYTES as usize).for_each(|pixel| pixel.swap(0, 2));
        }
        Ok(())
    }

    fn read_rows(&self, into: &mut Pixels, is_upside_down: bool) -> io::Result<()> {
        let Offer { width, height, stride, .. } = self.offer;
        into.resize(width as u16, height as u16);
        if stride == width * PIXEL_BYTES && !is_upside_down {
            return self.file.read_exact_at(&mut into.bgrx, 0);
        }
        let row_bytes = into.row_bytes();
        for (row, number) in into.bgrx.chunks_exact_mut(row_bytes).zip(0..) {
            let number = if is_upside_down { height - 1 - number } else { number };
            self.file.read_exact_at(row, u64::from(number) * u64::from(stride))?;
        }
        Ok(())
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        self.wire.destroy();
    }
}

fn memory(bytes: u32) -> io::Result<File> {
    let file = File::from(memfd_create("muster-agent-picture", MemfdFlags::CLOEXEC)?);
    file.set_len(u64::from(bytes))?;
    Ok(file)
}

fn is_sound(Offer { width, height, stride, .. }: Offer) -> bool {
    let is_side = |length: u32| (1..=u32::from(u16::MAX)).contains(&length);
    is_side(width) && is_side(height) && stride >= width * PIXEL_BYTES
}

/// Whether pixels come as red, green, blue and not as blue, green, red; named by their highest byte, which comes last.
fn is_red_first(format: Format) -> Result<bool, WaylandError> {
    match format {
        Format::Xrgb8888 | Format::Argb8888 => Ok(false),
        Format::Xbgr8888 | Format::Abgr8888 => Ok(true),
        other => Err(WaylandError::Refused(format!("the compositor's pixels are {other:?}; set 8 bits a colour"))),
    }
}

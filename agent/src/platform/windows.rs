//! Windows: the last input and the lock of this session.
#![allow(unsafe_code, reason = "the interface of Windows is in C: each call here hands it memory of its own size")]

use std::ptr::null_mut;

use windows_sys::Win32::System::RemoteDesktop::{
    WTS_CURRENT_SERVER_HANDLE, WTS_CURRENT_SESSION, WTS_SESSIONSTATE_LOCK, WTSFreeMemory, WTSINFOEXW,
    WTSQuerySessionInformationW, WTSSessionInfoEx,
};
use windows_sys::Win32::System::SystemInformation::GetTickCount;
use windows_sys::Win32::UI::Input::KeyboardAndMouse::{GetLastInputInfo, LASTINPUTINFO};

use super::monitors::MonitorScreens;
use super::{CaptureError, Presence, PresenceError, Screens};

pub(super) fn screens() -> Box<dyn Screens> {
    Box::new(MonitorScreens::new())
}

pub(super) fn presence() -> Box<dyn Presence> {
    Box::new(WindowsPresence)
}

/// Windows asks nobody.
pub(super) const fn check_permission() -> Result<(), CaptureError> {
    Ok(())
}

struct WindowsPresence;

impl Presence for WindowsPresence {
    fn idle_ms(&mut self) -> Result<u64, PresenceError> {
        let size = size_of::<LASTINPUTINFO>() as u32;
        let mut last = LASTINPUTINFO { cbSize: size, dwTime: 0 };
        // SAFETY: the structure lives as long as the call and says its own size.
        if unsafe { GetLastInputInfo(&raw mut last) } == 0 {
            return Err(PresenceError("Windows does not say when the last input was".to_owned()));
        }
        // SAFETY: takes nothing. Asked after the input, so that it is the later one; both wrap after 49 days.
        let now = unsafe { GetTickCount() };
        Ok(u64::from(now.wrapping_sub(last.dwTime)))
    }

    fn is_locked(&mut self) -> bool {
        let (mut info, mut bytes) = (null_mut(), 0);
        // SAFETY: both places live as long as the call, which fills them when it returns something else than 0.
        let is_answered = unsafe {
            WTSQuerySessionInformationW(
                WTS_CURRENT_SERVER_HANDLE,
                WTS_CURRENT_SESSION,
                WTSSessionInfoEx,
                &raw mut info,
                &raw mut bytes,
            )
        };
        if is_answered == 0 || info.is_null() {
            return false;
        }
        let is_whole = bytes as usize >= size_of::<WTSINFOEXW>();
        // SAFETY: Windows allocated a WTSINFOEXW of so many bytes, aligned; at level 1 the union is what is read here. It is
        // read before it is freed, once.
        let is_locked = unsafe {
            let info = info.cast::<WTSINFOEXW>();
            is_whole && (*info).Level == 1 && (*info).Data.WTSInfoExLevel1.SessionFlags == WTS_SESSIONSTATE_LOCK as i32
        };
        // SAFETY: it came from the call above and is not used afterwards.
        unsafe { WTSFreeMemory(info.cast()) };
        is_locked
    }
}

//! Whether there is anything to draw on. The toolkit panics without, so one asks first.

/// Why no window can be shown, in words; `None` when one can.
#[cfg(target_os = "linux")]
#[must_use]
pub fn display_problem() -> Option<String> {
    use std::os::unix::net::UnixStream;
    use std::path::PathBuf;

    let wayland = std::env::var_os("WAYLAND_DISPLAY").filter(|name| !name.is_empty());
    let folder = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).unwrap_or_default();
    if wayland.is_some_and(|name| UnixStream::connect(folder.join(name)).is_ok()) {
        return None;
    }
    let refused = x11rb::connect(None).err()?;
    Some(format!("there is no display: {refused}"))
}

/// Windows and macOS draw for everybody who is logged in.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn display_problem() -> Option<String> {
    None
}

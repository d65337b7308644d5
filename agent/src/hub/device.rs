//! What this machine calls itself, for the list of devices.

use muster_protocol::limits::NAME_CHARS_MAX;

/// The machine's name on its network.
#[must_use]
pub fn name() -> String {
    let name = gethostname::gethostname().to_string_lossy().trim().to_owned();
    shortened(if name.is_empty() { "a machine without a name" } else { &name })
}

/// The operating system, as its maker calls it.
#[must_use]
pub fn os() -> String {
    let pretty = std::fs::read_to_string("/etc/os-release").ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
        Some(line.trim_matches('"').to_owned())
    });
    let plain = match std::env::consts::OS {
        "windows" => "Windows",
        "macos" => "macOS",
        "linux" => "Linux",
        other => other,
    };
    shortened(&pretty.filter(|_| cfg!(target_os = "linux")).unwrap_or_else(|| plain.to_owned()))
}

fn shortened(text: &str) -> String {
    text.chars().take(NAME_CHARS_MAX).collect()
}

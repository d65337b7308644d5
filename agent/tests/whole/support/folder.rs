//! What an agent left in its folder.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use muster_agent::spool::{Opened, Spool};
use serde_json::Value;

/// The spool, once it can be opened: the thread of one that was dropped a moment ago may still hold the file.
pub fn opened(folder: &Path, bytes_max: u64) -> Opened {
    let started = Instant::now();
    loop {
        match Spool::open(folder, bytes_max) {
            Ok(opened) => return opened,
            Err(error) if started.elapsed().as_secs() > 10 => panic!("{error}"),
            Err(_) => std::thread::yield_now(),
        }
    }
}

/// Names of the device and of its spool's life, once the agent has ended.
pub fn names(folder: &Path) -> (String, String) {
    let identity: Value = serde_json::from_slice(&std::fs::read(folder.join("identity.json")).unwrap()).unwrap();
    let boot = opened(folder, 1 << 30).spool.boot().to_string();
    (identity["device_id"].as_str().unwrap().to_owned(), boot)
}

/// Ids of the screenshots that wait there. What was being written when an agent was killed never existed.
pub fn screenshots(folder: &Path) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder.join("screenshots")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| Some(name.strip_suffix(".jpg")?.splitn(3, '-').nth(2)?.to_owned())).collect()
}

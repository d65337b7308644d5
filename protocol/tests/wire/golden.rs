//! Compares messages with the files of `tests/golden/<group>/<name>.json`.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The folder of this crate, wherever the checkout lies now.
pub fn crate_folder() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo says it when it runs a test").into()
}

/// Checks `samples` of one group of messages against its folder: each serializes to its file and is read back from it, and
/// the folder holds nothing else.
#[track_caller]
pub fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(group: &str, samples: &[(&str, T)]) {
    let folder = crate_folder().join("tests/golden").join(group);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        rewrite(&folder, samples);
    }
    for (name, sample) in samples {
        let path = folder.join(format!("{name}.json"));
        let golden = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(pretty(sample), golden, "{group}/{name}: the wire changed");
        assert_eq!(&serde_json::from_str::<T>(&golden).unwrap(), sample, "{group}/{name}: read back");
    }
    let expected: BTreeSet<PathBuf> = samples.iter().map(|(name, _)| folder.join(format!("{name}.json"))).collect();
    let present: BTreeSet<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(present, expected, "{group}: files and samples");
}

/// Checks that every message type has a sample. A message with several shapes has several, named `type.shape`.
#[track_caller]
pub fn check_complete<T: DeserializeOwned + Debug>(tag: &str, samples: &[(&str, T)]) {
    let sampled: BTreeSet<&str> = samples.iter().map(|(name, _)| name.split('.').next().unwrap_or(name)).collect();
    let known = tags_of::<T>(&format!(r#"{{"{tag}":"?","seq":1,"at":0}}"#));
    assert_eq!(sampled, known.iter().map(String::as_str).collect(), "samples and types");
}

/// Every name that serde would have taken instead of `?` in `document`: it lists them when it refuses.
#[track_caller]
pub fn tags_of<T: DeserializeOwned + Debug>(document: &str) -> BTreeSet<String> {
    let refusal = serde_json::from_str::<T>(document).unwrap_err().to_string();
    let (_, expected) = refusal.split_once(", expected ").unwrap_or_else(|| panic!("no list of names in: {refusal}"));
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn pretty<T: Serialize>(sample: &T) -> String {
    serde_json::to_string_pretty(sample).unwrap() + "\n"
}

fn rewrite<T: Serialize>(folder: &Path, samples: &[(&str, T)]) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).unwrap();
    }
    std::fs::create_dir_all(folder).unwrap();
    for (name, sample) in samples {
        std::fs::write(folder.join(format!("{name}.json")), pretty(sample)).unwrap();
    }
}

//! Where a result goes: to the terminal, and to files where asked.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use clap::Args;
use muster_loadtest::LoadtestError;
use muster_loadtest::clock::Clock;
use muster_loadtest::report::{Conditions, Presented};
use serde::Serialize;

/// The files of a result.
#[derive(Clone, Debug, Args)]
pub struct OutputArgs {
    /// Also write the result to this file, as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Also write it to this file, as a page that needs nothing but itself.
    #[arg(long)]
    html: Option<PathBuf>,
    /// What else a reader has to know, such as the version and the build of the hub.
    #[arg(long)]
    note: Option<String>,
}

/// A result with the conditions under which it came about.
#[derive(Serialize)]
struct Told<'a, R> {
    conditions: &'a Conditions,
    #[serde(flatten)]
    result: &'a R,
}

impl OutputArgs {
    /// Prints the result, and writes it to files where asked.
    pub fn tell(&self, result: &(impl Display + Serialize + Presented)) -> Result<(), LoadtestError> {
        println!("{result}");
        let conditions = Conditions::here(Clock::start().utc(), self.note.clone());
        if let Some(path) = &self.json {
            write_json(path, &Told { conditions: &conditions, result })?;
        }
        if let Some(path) = &self.html {
            write(path, result.page().html(&conditions).as_bytes())?;
        }
        Ok(())
    }
}

/// Writes `result` to `path`.
pub fn write_json(path: &Path, result: &impl Serialize) -> Result<(), LoadtestError> {
    write(path, &serde_json::to_vec_pretty(result).expect("a report is JSON"))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), LoadtestError> {
    std::fs::write(path, bytes).map_err(|source| file(&path.display().to_string(), source))
}

pub fn file(path: &str, source: std::io::Error) -> LoadtestError {
    LoadtestError::File { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use muster_loadtest::report::{FleetSummary, Recorder};

    use super::*;

    #[test]
    fn a_result_goes_where_it_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let [json, html] = ["result.json", "result.html"].map(|name| folder.path().join(name));
        let summary: FleetSummary = Recorder::default().summary(7, 1.0, 0);
        let output =
            OutputArgs { json: Some(json.clone()), html: Some(html.clone()), note: Some("hub 1.0".to_owned()) };
        output.tell(&summary).unwrap();
        let told: serde_json::Value = serde_json::from_slice(&std::fs::read(json).unwrap()).unwrap();
        assert_eq!((&told["agents"], &told["conditions"]["note"]), (&7.into(), &"hub 1.0".into()));
        assert!(std::fs::read_to_string(html).unwrap().contains("<h1>Fleet</h1>"));
        let nowhere = OutputArgs { json: Some(folder.path().join("no/such")), html: None, note: None };
        assert!(matches!(nowhere.tell(&summary), Err(LoadtestError::File { .. })));
    }
}

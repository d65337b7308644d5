//! `cargo xtask dist`: what one hands to people. Archives of the hub and of the agent for this machine's kind of system, with
//! checksums, and the agent where the portal's Downloads page finds it.
//!
//! The same sources on the same toolchain give the same archives: sorted, with the time of the last commit (or
//! `SOURCE_DATE_EPOCH`), packed without name and time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::archive::{self, Entry};
use crate::failure::Failure;
use crate::hub::Profile;
use crate::{program, web, workspace};

const VERSION: &str = env!("CARGO_PKG_VERSION");
const SUMS: &str = "SHA256SUMS";

/// Something that is shipped: its program, and the folder in `packaging/` whose files go with it.
struct Product {
    program: &'static str,
    folder: &'static str,
}

const HUB: Product = Product { program: "muster", folder: "packaging/hub" };
const AGENT: Product = Product { program: "muster-agent", folder: "packaging/agent" };

/// Builds, packs, and publishes the agent.
pub fn dist(arguments: &[String]) -> Result<(), Failure> {
    let options = Options::parse(arguments)?;
    let root = workspace::root();
    build(options.profile)?;
    let triple = host_triple()?;
    let changed_at = changed_at();
    let out = root.join("dist");
    let mut names = Vec::new();
    for product in [HUB, AGENT] {
        let binary = stripped(&options.profile.binary(product.program)?, &out.join("programs"))?;
        let archive = pack(&product, &root, &binary, &triple, changed_at, &out)?;
        println!("{}", archive.display());
        names.push(archive);
    }
    add_sums(&out, &names)?;
    let downloads = root.join(&options.data).join("downloads");
    let published = publish(&names[1], &downloads)?;
    println!("{}", published.display());
    Ok(())
}

/// What the command line says.
#[derive(Debug, PartialEq)]
struct Options {
    profile: Profile,
    /// The hub's data folder, whose `downloads/` gets the agent.
    data: PathBuf,
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self, Failure> {
        let mut options = Self { profile: Profile::Release, data: "data".into() };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match word.split_once('=') {
                _ if word == "--debug" => options.profile = Profile::Development,
                Some(("--data-dir", folder)) => options.data = folder.into(),
                None if word == "--data-dir" => options.data = words.next().ok_or_else(usage)?.into(),
                _ => return Err(usage()),
            }
        }
        Ok(options)
    }
}

fn usage() -> Failure {
    Failure::new("usage: cargo xtask dist [--debug] [--data-dir FOLDER]")
}

/// Both programs.
fn build(profile: Profile) -> Result<(), Failure> {
    web::build_if_stale()?;
    let mut cargo = program::cargo();
    cargo.args(["build", "--workspace", "--bin", HUB.program, "--bin", AGENT.program]);
    if profile == Profile::Release {
        cargo.arg("--release");
    }
    program::succeed(&mut cargo)
}

/// A copy of `binary` in `folder` without its symbols, which are half of it. Cargo's own `strip` is a setting of the profile:
/// with it every crate would be built a second time, after a release build for this machine.
fn stripped(binary: &Path, folder: &Path) -> Result<PathBuf, Failure> {
    let copy = folder.join(name_of(binary));
    std::fs::create_dir_all(folder).map_err(|error| failed("make", folder, &error))?;
    std::fs::copy(binary, &copy).map_err(|error| failed("copy to", &copy, &error))?;
    // Symbols of Windows programs are in files of their own.
    if cfg!(unix) {
        program::succeed(Command::new("strip").arg(&copy))?;
    }
    Ok(copy)
}

/// Packs `binary` and what belongs to it into `out`, and returns the archive.
fn pack(
    product: &Product,
    root: &Path,
    binary: &Path,
    triple: &str,
    changed_at: u64,
    out: &Path,
) -> Result<PathBuf, Failure> {
    let name = format!("{}-{VERSION}-{triple}", product.program);
    let mut entries = vec![entry(&name, binary, true)?, entry(&name, &root.join("LICENSE"), false)?];
    for path in files_in(&root.join(product.folder))? {
        entries.push(entry(&name, &path, false)?);
    }
    std::fs::create_dir_all(out).map_err(|error| failed("make", out, &error))?;
    let tar = out.join(format!("{name}.tar"));
    std::fs::write(&tar, archive::tar(entries, changed_at)).map_err(|error| failed("write", &tar, &error))?;
    program::succeed(Command::new("gzip").args(["--best", "--no-name", "--force"]).arg(&tar))?;
    Ok(tar.with_extension("tar.gz"))
}

fn entry(folder: &str, path: &Path, is_program: bool) -> Result<Entry, Failure> {
    let content = std::fs::read(path).map_err(|error| failed("read", path, &error))?;
    Ok(Entry { name: format!("{folder}/{}", name_of(path)), is_program, content })
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(folder).map_err(|error| failed("read", folder, &error))?;
    Ok(entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect())
}

/// Copies `archive` into `downloads`, under another name first: the hub never serves half of one.
fn publish(archive: &Path, downloads: &Path) -> Result<PathBuf, Failure> {
    let published = downloads.join(name_of(archive));
    let half = downloads.join(format!(".{}", name_of(archive)));
    std::fs::create_dir_all(downloads).map_err(|error| failed("make", downloads, &error))?;
    std::fs::copy(archive, &half).map_err(|error| failed("copy to", &half, &error))?;
    add_sums(downloads, std::slice::from_ref(&half))?;
    std::fs::rename(&half, &published).map_err(|error| failed("rename to", &published, &error))?;
    Ok(published)
}

/// Writes the checksums of `archives` into the list in `folder`. What is listed of other systems stays.
fn add_sums(folder: &Path, archives: &[PathBuf]) -> Result<(), Failure> {
    let path = folder.join(SUMS);
    let listed = std::fs::read_to_string(&path).unwrap_or_default();
    let mut sums: BTreeMap<String, String> = listed
        .lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(sum, name)| (name.to_owned(), sum.to_owned()))
        .collect();
    for archive in archives {
        sums.insert(name_of(archive).trim_start_matches('.').to_owned(), sha256(archive)?);
    }
    let lines: String = sums.iter().map(|(name, sum)| format!("{sum}  {name}\n")).collect();
    std::fs::write(&path, lines).map_err(|error| failed("write", &path, &error))
}

/// The checksum, by the program that the system has for it.
fn sha256(path: &Path) -> Result<String, Failure> {
    let is_mac = cfg!(target_os = "macos");
    let mut command = Command::new(if is_mac { "shasum" } else { "sha256sum" });
    if is_mac {
        command.args(["-a", "256"]);
    }
    let said = program::output_of(command.arg(path))?;
    let said = String::from_utf8_lossy(&said);
    let sum = said.trim_start_matches('\\').split_whitespace().next().unwrap_or_default();
    if sum.len() == 64 { Ok(sum.to_owned()) } else { Err(Failure::new(format!("'{said}' is no checksum"))) }
}

/// The kind of system that cargo builds for here, such as `x86_64-unknown-linux-gnu`.
fn host_triple() -> Result<String, Failure> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let said = program::output_of(Command::new(rustc).arg("-vV"))?;
    let said = String::from_utf8_lossy(&said);
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::new("rustc does not say which system it runs on"))
}

/// `SOURCE_DATE_EPOCH`, or when the last commit was made; 1970 in a folder without a history.
fn changed_at() -> u64 {
    let number = |text: &str| text.trim().parse().ok();
    std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| number(&text)).unwrap_or_else(|| {
        let git = Command::new("git").args(["log", "-1", "--format=%ct"]).current_dir(workspace::root()).output();
        git.ok().and_then(|output| number(&String::from_utf8_lossy(&output.stdout))).unwrap_or(0)
    })
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn failed(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot {what} {}: {error}", path.display()))
}

#[cfg(test)]
#[path = "dist_test.rs"]
mod tests;

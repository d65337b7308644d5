//! Sway without a screen. All of it ends with the test.

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::picture::Picture;
use super::program::{command, end_all, output};
use super::until;

/// Who nobody is: Sway refuses to be root.
const NOBODY: u32 = 65_534;
const CONFIGURATION: &str = "default_border none\nfocus_follows_mouse no\nfor_window [app_id=\".*\"] floating enable\n";

/// A running compositor.
pub struct Sway {
    /// As `WAYLAND_DISPLAY` may have it: the socket's path.
    pub name: String,
    folder: PathBuf,
    server: Child,
    programs: Vec<Child>,
}

impl Sway {
    /// One display, `HEADLESS-1`. Its sockets lie in `folder`, an empty one or that of a compositor that has ended; not where TMPDIR
    /// says, because whoever runs the compositor has to reach it.
    pub fn start(folder: &Path, width: usize, height: usize) -> Self {
        let configuration = folder.join("config");
        std::fs::write(&configuration, CONFIGURATION).unwrap();
        std::fs::set_permissions(folder, PermissionsExt::from_mode(0o700)).unwrap();
        let mut sway = as_somebody(folder);
        sway.arg("-c").arg(&configuration).env("XDG_RUNTIME_DIR", folder);
        sway.env("WLR_BACKENDS", "headless").env("WLR_RENDERER", "pixman").env("WLR_LIBINPUT_NO_DEVICES", "1");
        sway.env_remove("WAYLAND_DISPLAY").env_remove("DISPLAY");
        let server = sway.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let name = folder.join("wayland-1").to_str().unwrap().to_owned();
        let sway = Self { name, folder: folder.to_owned(), server, programs: vec![] };
        until("Sway answers", || {
            sway.on("swaymsg").args(["-t", "get_outputs"]).output().unwrap().status.success().then_some(())
        });
        sway.say(&format!("output HEADLESS-1 resolution {width}x{height} position 0 0"));
        sway
    }

    /// `program` on this desktop.
    pub fn on(&self, program: &str) -> Command {
        let mut command = command(program);
        let control = self.folder.join(format!("sway-ipc.{}.{}.sock", owner(), self.server.id()));
        command.env("WAYLAND_DISPLAY", &self.name).env("XDG_RUNTIME_DIR", &self.folder).env("SWAYSOCK", control);
        command
    }

    /// Tells the compositor what to do.
    pub fn say(&self, what: &str) {
        output(self.on("swaymsg").arg("--").arg(what));
    }

    /// Opens a terminal at a place and waits until `script` has written into it.
    pub fn open_terminal(&mut self, (x, y): (usize, usize), script: &str) {
        let written = self.folder.join(format!("written-{}", self.programs.len()));
        let script = format!("{script}; touch '{}'; exec sleep 600", written.display());
        let mut terminal = self.on("foot");
        terminal.args(["--window-size-pixels=300x200", "sh", "-c", &script]);
        terminal.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let terminal = terminal.spawn().unwrap();
        let id = terminal.id();
        self.programs.push(terminal);
        until("the terminal's words are written", || written.exists().then_some(()));
        let tree = || String::from_utf8(output(self.on("swaymsg").args(["-r", "-t", "get_tree"]))).unwrap();
        until("the terminal is there", || tree().contains(&format!("\"pid\": {id}")).then_some(()));
        self.say(&format!("[pid={id}] move absolute position {x} {y}"));
    }

    /// What another program sees of a display, once nothing is drawn any more.
    pub fn still_picture(&self, display: &str) -> Picture {
        let mut last = self.picture(display);
        until("the desktop stands still", || {
            let next = self.picture(display);
            let is_still = next == last;
            last = next;
            is_still.then(|| last.clone())
        })
    }

    fn picture(&self, display: &str) -> Picture {
        Picture::decode(&output(self.on("grim").args(["-l", "0", "-o", display, "-"])))
    }

    /// Ends the compositor as a crash would.
    pub fn crash(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }
}

impl Drop for Sway {
    fn drop(&mut self) {
        end_all(self.programs.iter_mut().chain([&mut self.server]));
    }
}

/// Who runs the compositor: whoever runs the test, but not root.
fn owner() -> u32 {
    let own = own_user();
    if own == 0 { NOBODY } else { own }
}

fn own_user() -> u32 {
    std::fs::metadata("/proc/self").unwrap().uid()
}

/// `sway` by its owner, to whom `folder` is given.
fn as_somebody(folder: &Path) -> Command {
    let sway = command("sway");
    if owner() == own_user() {
        return sway;
    }
    chown(folder, Some(NOBODY), Some(NOBODY)).unwrap();
    let mut as_nobody = Command::new("setpriv");
    as_nobody.args([&format!("--reuid={NOBODY}"), &format!("--regid={NOBODY}"), "--clear-groups", "sway"]);
    as_nobody
}

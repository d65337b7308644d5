//! Xvfb with openbox and terminals. All of it ends with the test.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::picture::Picture;
use super::program::{command, end_all, output};
use super::until;

/// A running desktop.
pub struct Desktop {
    /// As `DISPLAY` has it.
    pub name: String,
    width: usize,
    height: usize,
    server: Child,
    programs: Vec<Child>,
}

impl Desktop {
    /// A desktop on a free display, with its window manager up and the pointer out of the way.
    pub fn start(width: usize, height: usize) -> Self {
        Self::start_as(&["-displayfd", "1"], width, height)
    }

    /// A desktop on the display `name`, which has to be free.
    pub fn start_on(name: &str, width: usize, height: usize) -> Self {
        Self::start_as(&[name, "-displayfd", "1"], width, height)
    }

    fn start_as(arguments: &[&str], width: usize, height: usize) -> Self {
        let screen = format!("{width}x{height}x24");
        let mut server = command("Xvfb")
            .args(arguments)
            .args(["-noreset", "-nolisten", "tcp", "-screen", "0", &screen])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "Xvfb does not start");
        let name = format!(":{}", line.trim());
        let mut desktop = Self { name, width, height, server, programs: vec![] };
        desktop.begin("openbox", &["--sm-disable"]);
        until("the window manager runs", || {
            let check = desktop.on("xdotool").args(["get_num_desktops"]).output().unwrap();
            check.status.success().then_some(())
        });
        desktop.point(width - 2, height - 2);
        desktop
    }

    /// `program` on this desktop.
    pub fn on(&self, program: &str) -> Command {
        let mut command = command(program);
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY").env("XDG_SESSION_TYPE", "x11");
        command
    }

    /// Starts `program` and leaves it running.
    pub fn begin(&mut self, program: &str, arguments: &[&str]) {
        let mut command = self.on(program);
        let child = command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        self.programs.push(child.unwrap());
    }

    /// Opens a terminal that runs `script` at a place such as `80x24+10+10`, and waits until it is drawn.
    pub fn open_terminal(&mut self, place: &str, title: &str, script: &str) {
        self.begin("xterm", &["-geometry", place, "-title", title, "-e", "sh", "-c", script]);
        output(self.on("xdotool").args(["search", "--sync", "--onlyvisible", "--name", title, "windowfocus"]));
    }

    /// Presses the keys of `text`.
    pub fn type_text(&self, text: &str) {
        output(self.on("xdotool").args(["type", "--delay", "5", text]));
    }

    /// The same at the pace of a person: ten keys a second.
    pub fn type_slowly(&self, text: &str) {
        output(self.on("xdotool").args(["type", "--delay", "100", text]));
    }

    /// Moves the window with that title.
    pub fn move_window(&self, title: &str, x: usize, y: usize) {
        output(self.on("xdotool").args(["search", "--name", title, "windowmove", &x.to_string(), &y.to_string()]));
    }

    /// Moves the pointer.
    pub fn point(&self, x: usize, y: usize) {
        output(self.on("xdotool").args(["mousemove", &x.to_string(), &y.to_string()]));
    }

    /// What another program sees. The pointer is not in it.
    pub fn picture(&self) -> Picture {
        let bgrx = output(self.on("import").args(["-window", "root", "-depth", "8", "bgra:-"]));
        let (width, height) = (self.width, self.height);
        assert_eq!(bgrx.len(), width * height * 4);
        Picture { width, height, bgrx }
    }

    /// What another program sees once nothing is drawn any more.
    pub fn still_picture(&self) -> Picture {
        let mut last = self.picture();
        until("the desktop stands still", || {
            let next = self.picture();
            let is_still = next == last && next.colours() > 1;
            last = next;
            is_still.then(|| last.clone())
        })
    }

    /// Ends the X server as a crash would.
    pub fn crash(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        end_all(self.programs.iter_mut().chain([&mut self.server]));
    }
}

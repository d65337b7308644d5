//! Starting with the session of the person, in the way that each system has for it. Nothing is installed for anybody else, and
//! no administrator is needed.

use std::io;
use std::path::Path;

/// How the agent is started by the session: with the tray icon alone.
const ARGUMENT: &str = "--hidden";

/// Whether the agent starts with the session.
pub fn is_on() -> io::Result<bool> {
    place::is_on()
}

/// Starts `program` with every session from the next one on.
pub fn switch_on(program: &Path) -> io::Result<()> {
    place::switch_on(program)
}

/// Starts it no more. Fine if it never did.
pub fn switch_off() -> io::Result<()> {
    place::switch_off()
}

/// A file that is there or not: Linux and macOS.
#[cfg(not(windows))]
mod place {
    use std::io;
    use std::path::{Path, PathBuf};

    pub fn is_on() -> io::Result<bool> {
        super::file()?.try_exists()
    }

    pub fn switch_on(program: &Path) -> io::Result<()> {
        let file: PathBuf = super::file()?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, super::content(program)?)
    }

    pub fn switch_off() -> io::Result<()> {
        match std::fs::remove_file(super::file()?) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// A value of the registry, by the program that Windows has for it.
#[cfg(windows)]
mod place {
    use std::io;
    use std::path::Path;
    use std::process::{Command, Output};

    const KEY: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run";
    const NAME: &str = "Muster";

    fn reg(arguments: &[&str]) -> io::Result<Output> {
        Command::new("reg.exe").args(arguments).output()
    }

    pub fn is_on() -> io::Result<bool> {
        Ok(reg(&["query", KEY, "/v", NAME])?.status.success())
    }

    pub fn switch_on(program: &Path) -> io::Result<()> {
        let value = super::run_value(&super::text_of(program)?);
        let output = reg(&["add", KEY, "/v", NAME, "/t", "REG_SZ", "/d", &value, "/f"])?;
        if output.status.success() { Ok(()) } else { Err(io::Error::other("the registry refuses the value")) }
    }

    pub fn switch_off() -> io::Result<()> {
        if is_on()? && !reg(&["delete", KEY, "/v", NAME, "/f"])?.status.success() {
            return Err(io::Error::other("the registry keeps the value"));
        }
        Ok(())
    }
}

#[cfg(not(any(windows, target_os = "macos")))]
fn file() -> io::Result<std::path::PathBuf> {
    let config = folder_in("XDG_CONFIG_HOME").or_else(|| Some(folder_in("HOME")?.join(".config")));
    config.map(|folder| folder.join("autostart/muster-agent.desktop")).ok_or_else(homeless)
}

#[cfg(target_os = "macos")]
fn file() -> io::Result<std::path::PathBuf> {
    let home = folder_in("HOME");
    home.map(|home| home.join("Library/LaunchAgents/org.muster.agent.plist")).ok_or_else(homeless)
}

/// A folder that the environment names; a relative one counts as none, as the XDG specification has it.
#[cfg(not(windows))]
fn folder_in(variable: &str) -> Option<std::path::PathBuf> {
    std::env::var_os(variable).map(std::path::PathBuf::from).filter(|path| path.is_absolute())
}

#[cfg(not(windows))]
fn homeless() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "the environment names no home folder")
}

#[cfg(not(any(windows, target_os = "macos")))]
fn content(program: &Path) -> io::Result<String> {
    text_of(program).map(|program| desktop_entry(&program))
}

#[cfg(target_os = "macos")]
fn content(program: &Path) -> io::Result<String> {
    text_of(program).map(|program| launch_agent(&program))
}

fn text_of(program: &Path) -> io::Result<String> {
    let problem = || io::Error::new(io::ErrorKind::InvalidInput, "the path of the program is no text of one line");
    program.to_str().filter(|text| !text.contains(['\n', '\r'])).map(str::to_owned).ok_or_else(problem)
}

/// An entry of the Desktop Entry Specification. Its `Exec` is quoted twice: as an argument, and as a string of the file.
#[cfg(any(test, not(any(windows, target_os = "macos"))))]
fn desktop_entry(program: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in program.chars() {
        match letter {
            '"' | '`' | '$' => quoted.extend(["\\\\", &letter.to_string()]),
            '\\' => quoted.push_str("\\\\\\\\"),
            '%' => quoted.push_str("%%"),
            plain => quoted.push(plain),
        }
    }
    quoted.push('"');
    format!(
        "[Desktop Entry]\nType=Application\nName=Muster\nComment=Presence and work time\nExec={quoted} {ARGUMENT}\n\
         Icon=muster-agent\nTerminal=false\nX-GNOME-Autostart-enabled=true\n"
    )
}

/// A property list of launchd.
#[cfg(any(test, target_os = "macos"))]
fn launch_agent(program: &str) -> String {
    let program = program.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\"><dict>\n\
         <key>Label</key><string>org.muster.agent</string>\n\
         <key>ProgramArguments</key><array><string>{program}</string><string>{ARGUMENT}</string></array>\n\
         <key>RunAtLoad</key><true/>\n\
         <key>LimitLoadToSessionType</key><string>Aqua</string>\n\
         </dict></plist>\n"
    )
}

/// A command line of Windows. A path there has no quotes in it.
#[cfg(any(test, windows))]
fn run_value(program: &str) -> String {
    format!("\"{program}\" {ARGUMENT}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exec(program: &str) -> String {
        let entry = desktop_entry(program);
        entry.lines().find_map(|line| line.strip_prefix("Exec=")).unwrap().to_owned()
    }

    #[test]
    fn a_path_with_spaces_is_one_argument() {
        assert_eq!(exec("/opt/My Tools/muster-agent"), r#""/opt/My Tools/muster-agent" --hidden"#);
        assert_eq!(run_value(r"C:\Program Files\Muster\agent.exe"), r#""C:\Program Files\Muster\agent.exe" --hidden"#);
    }

    #[test]
    fn letters_with_a_meaning_are_quoted_for_both_readers() {
        assert_eq!(exec(r#"/a"b"#), r#""/a\\"b" --hidden"#);
        assert_eq!(exec("/a$b`c"), r#""/a\\$b\\`c" --hidden"#);
        assert_eq!(exec(r"/a\b"), r#""/a\\\\b" --hidden"#);
        assert_eq!(exec("/100%"), r#""/100%%" --hidden"#);
        assert!(launch_agent("/a&<b>").contains("<string>/a&amp;&lt;b&gt;</string>"));
    }

    #[test]
    fn a_path_that_would_break_out_of_its_line_is_refused() {
        assert!(text_of(Path::new("/a\nHidden=true")).is_err());
    }
}

use super::*;

const TRIPLE: &str = "x86_64-unknown-linux-gnu";

fn packed(folder: &Path) -> PathBuf {
    let program = folder.join("muster-agent");
    std::fs::write(&program, b"a program").unwrap();
    pack(&AGENT, &workspace::root(), &program, TRIPLE, 1_795_867_200, folder).unwrap()
}

/// What the system's own tar finds in `archive`.
fn names_in(archive: &Path) -> Vec<String> {
    let listed = program::output_of(Command::new("tar").arg("-tzf").arg(archive)).unwrap();
    String::from_utf8(listed).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn an_archive_has_the_program_the_licence_and_how_to_install_it() {
    let folder = tempfile::tempdir().unwrap();
    let archive = packed(folder.path());
    let root = format!("muster-agent-{VERSION}-{TRIPLE}");
    assert_eq!(name_of(&archive), format!("{root}.tar.gz"));
    let names = names_in(&archive);
    for name in ["muster-agent", "LICENSE", "INSTALL.md", "muster-agent.desktop", "muster-agent.service"] {
        assert!(names.contains(&format!("{root}/{name}")), "{name} is missing: {names:?}");
    }
}

#[test]
fn the_same_files_give_the_same_archive() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let read = |path: PathBuf| std::fs::read(path).unwrap();
    assert_eq!(read(packed(one.path())), read(packed(other.path())));
}

#[test]
fn what_is_published_is_listed_and_other_systems_stay() {
    let folder = tempfile::tempdir().unwrap();
    let downloads = folder.path().join("data/downloads");
    std::fs::create_dir_all(&downloads).unwrap();
    let of_windows = format!("{}  muster-agent-0.0.9-x86_64-pc-windows-msvc.zip\n", "a".repeat(64));
    std::fs::write(downloads.join(SUMS), &of_windows).unwrap();

    let archive = packed(folder.path());
    for _ in 0..2 {
        let published = publish(&archive, &downloads).unwrap();
        assert_eq!(std::fs::read(&published).unwrap(), std::fs::read(&archive).unwrap());
    }
    let listed = std::fs::read_to_string(downloads.join(SUMS)).unwrap();
    let own = format!("{}  {}\n", sha256(&archive).unwrap(), name_of(&archive));
    assert_eq!(listed, format!("{of_windows}{own}"));
    let left: Vec<_> = files_in(&downloads).unwrap().iter().map(|path| name_of(path)).collect();
    assert_eq!(left.len(), 2, "nothing half is left: {left:?}");
}

#[test]
fn a_checksum_is_that_of_the_content() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("abc");
    std::fs::write(&path, b"abc").unwrap();
    assert_eq!(sha256(&path).unwrap(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn the_command_line_is_taken_as_it_is_meant_or_refused() {
    let parsed = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        Options::parse(&words).ok().map(|options| (options.profile, options.data))
    };
    assert_eq!(parsed(&[]), Some((Profile::Release, "data".into())));
    assert_eq!(parsed(&["--debug", "--data-dir", "/srv"]), Some((Profile::Development, "/srv".into())));
    assert_eq!(parsed(&["--data-dir=/srv"]), Some((Profile::Release, "/srv".into())));
    assert_eq!(parsed(&["--data-dir"]), None);
    assert_eq!(parsed(&["--release"]), None);
}

#[cfg(target_os = "linux")]
#[test]
fn a_stripped_program_is_smaller_and_runs() {
    let folder = tempfile::tempdir().unwrap();
    let own = std::env::current_exe().unwrap();
    let copy = stripped(&own, folder.path()).unwrap();
    assert!(copy.metadata().unwrap().len() < own.metadata().unwrap().len());
    assert!(Command::new(copy).arg("--list").output().unwrap().status.success());
}

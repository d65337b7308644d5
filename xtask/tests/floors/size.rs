//! Files are short enough to be read at once.

use crate::source::sources;

const LINES_MAX: usize = 500;
const TEST_LINES_MAX: usize = 800;
const MEDIAN_LINES_MAX: usize = 150;

#[test]
fn no_file_is_too_long() {
    let mut too_long = Vec::new();
    for source in sources(&[".rs", ".ts", ".tsx", ".surql", ".css"]) {
        let lines = source.text.lines().count();
        let max = if source.is_test() { TEST_LINES_MAX } else { LINES_MAX };
        if lines > max {
            too_long.push(format!("{}: {lines} lines, at most {max}", source.path));
        }
    }
    assert!(too_long.is_empty(), "\n{}", too_long.join("\n"));
}

#[test]
fn the_usual_file_is_short() {
    let mut lengths: Vec<_> = sources(&[".rs"]).iter().map(|source| source.text.lines().count()).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= MEDIAN_LINES_MAX, "half of the files have more than {median} lines");
}

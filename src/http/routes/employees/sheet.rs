//! A CSV file of people, as spreadsheets write it.

use csv::{Position, ReaderBuilder, StringRecord};

/// Lines of people in one file: they are created in one transaction.
const LINES_MAX: usize = 1_000;
/// What a spreadsheet puts in front of a text in UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';
/// What spreadsheets put between columns, depending on the country.
const DELIMITERS: [u8; 3] = *b",;\t";

/// A person on one line, with nothing around the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// In the file, from 1.
    pub number: u64,
    pub name: String,
    pub email: String,
    pub code: String,
    pub team: String,
    pub role: String,
    /// The line does not have as many columns as the first one.
    pub problem: Option<String>,
}

/// See the module's page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    pub lines: Vec<Line>,
}

/// Where each column is.
struct Columns {
    count: usize,
    name: usize,
    email: usize,
    code: Option<usize>,
    team: Option<usize>,
    role: Option<usize>,
}

impl Sheet {
    /// Reads `text`. An error, in words: it is no such file.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim_start_matches(BYTE_ORDER_MARK);
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter_of(text.lines().next().unwrap_or_default()))
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut records = reader.records();
        let first = records.next().ok_or("the file is empty")?.map_err(|error| error.to_string())?;
        let columns = Columns::of(&first)?;
        let mut lines = Vec::new();
        for record in records {
            let record = record.map_err(|error| error.to_string())?;
            if record.iter().all(str::is_empty) {
                continue;
            }
            if lines.len() == LINES_MAX {
                return Err(format!("at most {LINES_MAX} people; use several files"));
            }
            lines.push(columns.line(&record, text));
        }
        if lines.is_empty() { Err("nobody stands below the first line".to_owned()) } else { Ok(Self { lines }) }
    }
}

/// The one that is there most often.
fn delimiter_of(first_line: &str) -> u8 {
    let count = |delimiter: &u8| first_line.bytes().filter(|byte| byte == delimiter).count();
    // The comma wins where none is there.
    DELIMITERS.into_iter().rev().max_by_key(count).unwrap_or(DELIMITERS[0])
}

impl Columns {
    fn of(first: &StringRecord) -> Result<Self, String> {
        let mut columns = [None; 5];
        for (place, title) in first.iter().enumerate() {
            let column = match plain(title).as_str() {
                "name" | "fullname" => 0,
                "email" | "emailaddress" => 1,
                "code" | "employeeid" | "employeecode" => 2,
                "team" => 3,
                "role" => 4,
                _ => return Err(format!("the column '{title}' is unknown: use name, email, code, team and role")),
            };
            if columns[column].replace(place).is_some() {
                return Err(format!("the column '{title}' is there twice"));
            }
        }
        let [name, email, code, team, role] = columns;
        let (Some(name), Some(email)) = (name, email) else {
            return Err(
                "the first line has to name the columns: name and email, and if wanted code, team, role".to_owned()
            );
        };
        Ok(Self { count: first.len(), name, email, code, team, role })
    }

    /// A record of `file` as a person.
    fn line(&self, record: &StringRecord, file: &str) -> Line {
        let text = |place: Option<usize>| place.and_then(|place| record.get(place)).unwrap_or_default().to_owned();
        let count = self.count;
        Line {
            number: record.position().map_or(0, |position| line_of(position, file)),
            name: text(Some(self.name)),
            email: text(Some(self.email)),
            code: text(self.code),
            team: text(self.team),
            role: text(self.role),
            problem: (record.len() != count).then(|| format!("it has {} columns and not {count}", record.len())),
        }
    }
}

/// The reader counts empty lines to the record behind them.
fn line_of(position: &Position, file: &str) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = file.as_bytes().get(start..).unwrap_or_default();
    let empty = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).filter(|byte| **byte == b'\n').count();
    position.line() + empty as u64
}

/// A title without case, spaces and hyphens.
fn plain(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada(number: u64) -> Line {
        let (name, email) = ("Ada Lovelace".to_owned(), "ada@example.org".to_owned());
        Line { number, name, email, ..Line::default() }
    }

    #[test]
    fn columns_come_in_any_order_and_with_any_delimiter() {
        for text in [
            "name,email\nAda Lovelace,ada@example.org\n",
            "\u{feff}E-Mail;Name\r\nada@example.org;Ada Lovelace\r\n",
            "Name\tEmail\n Ada Lovelace \tada@example.org",
            "name,email\n\"Ada Lovelace\",\"ada@example.org\"\n,\n",
        ] {
            assert_eq!(Sheet::read(text), Ok(Sheet { lines: vec![ada(2)] }), "{text:?}");
        }
        let all = Sheet::read("role,team,code,email,name\nmanager,\"Ops, night\",INT1,ada@example.org,Ada Lovelace\n");
        let role = "manager".to_owned();
        let expected = Line { code: "INT1".to_owned(), team: "Ops, night".to_owned(), role, ..ada(2) };
        assert_eq!(all.unwrap().lines, [expected]);
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let sheet = Sheet::read("name,email\n\n\"Ada\nLovelace\",a@example.org\nBob,b@example.org\n").unwrap();
        assert_eq!(sheet.lines.iter().map(|line| line.number).collect::<Vec<_>>(), [3, 5]);
    }

    #[test]
    fn a_line_with_too_many_or_too_few_columns_says_so() {
        let sheet = Sheet::read("name,email\nAda\nBob,b@example.org,more\n").unwrap();
        assert!(sheet.lines.iter().all(|line| line.problem.is_some()));
    }

    #[test]
    fn other_files_are_refused() {
        for text in
            ["", "\n", "name,email\n", "Ada,ada@example.org\n", "name,code\nAda,1\n", "name,name,email\na,b,c\n"]
        {
            assert!(Sheet::read(text).is_err(), "{text:?}");
        }
        let many = |count| format!("name,email\n{}", "Ada,ada@example.org\n".repeat(count));
        assert_eq!(Sheet::read(&many(LINES_MAX)).unwrap().lines.len(), LINES_MAX);
        assert!(Sheet::read(&many(LINES_MAX + 1)).is_err());
    }
}

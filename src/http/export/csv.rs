//! CSV as RFC 4180 has it, UTF-8 without a byte order mark.

use super::Table;
use super::cell::{Cell, date_time, duration, formula_safe};

pub(super) fn write(table: &Table) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|column| column.key))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(text))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => formula_safe(text),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Duration(ms) => duration(*ms),
        Cell::DateTime { utc, zone } => date_time(*utc, zone),
        Cell::Date(date) => date.to_string(),
        Cell::Bool(bool) => bool.to_string(),
        Cell::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use muster_domain::Zone;
    use muster_protocol::UtcMillis;

    use super::super::columns;
    use super::*;

    #[test]
    fn every_cell_has_its_text() {
        let row = vec![
            Cell::text("Ada, \"the\" first"),
            Cell::text("=HYPERLINK(\"http://x\")"),
            Cell::Integer(-5),
            Cell::Decimal(1.5),
            Cell::Duration(3_600_000),
            Cell::at(UtcMillis(0), &Zone::UTC),
            Cell::Date(date(2026, 11, 20)),
            Cell::Bool(true),
            Cell::Empty,
        ];
        let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"].map(|key| (key, key));
        let table = Table { name: "t".to_owned(), columns: columns(&names), rows: vec![row] };
        let expected = "a,b,c,d,e,f,g,h,i\r\n\
             \"Ada, \"\"the\"\" first\",\"'=HYPERLINK(\"\"http://x\"\")\",-5,1.5,1:00:00.000,\
             1970-01-01T00:00:00.000+00:00,2026-11-20,true,\r\n";
        assert_eq!(String::from_utf8(write(&table).unwrap()).unwrap(), expected);
    }
}

//! XLSX: one sheet with a frozen bold heading, a filter, and dates and durations that can be calculated with.

use jiff::civil::{Date, DateTime, date};
use muster_domain::Zone;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::Table;
use super::cell::{Cell, begins_a_formula, civil, date_time};

/// Characters of one cell, by the format.
const TEXT_CHARS_MAX: usize = 32_767;
/// Characters of a sheet's name, by the format.
const SHEET_NAME_CHARS_MAX: usize = 31;
/// Pixels: a long text is cut on the screen and whole in its cell.
const COLUMN_WIDTH_MAX: u32 = 400;
const DAY_MS: f64 = 86_400_000.0;

/// How cells look.
struct Looks {
    heading: Format,
    /// A text that could be taken for a formula when the file is saved as CSV later.
    quoted: Format,
    duration: Format,
    date_time: Format,
    date: Format,
}

impl Looks {
    fn new() -> Self {
        Self {
            heading: Format::new().set_bold(),
            quoted: Format::new().set_quote_prefix(),
            duration: Format::new().set_num_format("[h]:mm:ss"),
            date_time: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            date: Format::new().set_num_format("yyyy-mm-dd"),
        }
    }
}

pub(super) fn write(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks::new();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(&table.name))?;
    sheet.set_freeze_panes(1, 0)?;
    for (place, column) in (0..).zip(&table.columns) {
        let zone = table.rows.iter().find_map(|row| zone_of(row.get(usize::from(place))?));
        let title = zone.map_or_else(|| column.title.to_owned(), |zone| format!("{} ({})", column.title, zone.name()));
        sheet.write_string_with_format(0, place, title, &looks.heading)?;
    }
    for (line, row) in (1..).zip(&table.rows) {
        for (place, cell) in (0..).zip(row) {
            write_cell(sheet, line, place, cell, &looks)?;
        }
    }
    if let (Ok(lines), Ok(places)) = (u32::try_from(table.rows.len()), u16::try_from(table.columns.len())) {
        sheet.autofilter(0, 0, lines, places.saturating_sub(1))?;
    }
    sheet.set_autofit_max_width(COLUMN_WIDTH_MAX).autofit();
    workbook.save_to_buffer()
}

fn write_cell(sheet: &mut Worksheet, line: u32, place: u16, cell: &Cell, looks: &Looks) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => {
            let text = text.chars().take(TEXT_CHARS_MAX).collect::<String>();
            if begins_a_formula(&text) {
                sheet.write_string_with_format(line, place, text, &looks.quoted)
            } else {
                sheet.write_string(line, place, text)
            }
        }
        Cell::Integer(number) => sheet.write_number(line, place, *number as f64),
        Cell::Decimal(number) => sheet.write_number(line, place, *number),
        Cell::Duration(ms) => sheet.write_number_with_format(line, place, *ms as f64 / DAY_MS, &looks.duration),
        Cell::DateTime { utc, zone } => match serial(civil(*utc, zone)) {
            Some(serial) => sheet.write_number_with_format(line, place, serial, &looks.date_time),
            None => sheet.write_string(line, place, date_time(*utc, zone)),
        },
        Cell::Date(day) => match serial(day.at(0, 0, 0, 0)) {
            Some(serial) => sheet.write_number_with_format(line, place, serial, &looks.date),
            None => sheet.write_string(line, place, day.to_string()),
        },
        Cell::Bool(bool) => sheet.write_boolean(line, place, *bool),
        Cell::Empty => return Ok(()),
    }?;
    Ok(())
}

/// Days since 1899-12-30, which is how spreadsheets count after February 1900; earlier days they count wrong.
fn serial(at: DateTime) -> Option<f64> {
    const ORIGIN: Date = date(1899, 12, 30);
    if at.date() < date(1900, 3, 1) {
        return None;
    }
    let days = at.date().since(ORIGIN).ok()?.get_days();
    let time = at.time();
    let seconds = i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
    let ms = f64::from(seconds) * 1000.0 + f64::from(time.millisecond());
    Some(f64::from(days) + ms / DAY_MS)
}

fn zone_of(cell: &Cell) -> Option<&Zone> {
    match cell {
        Cell::DateTime { zone, .. } => Some(zone),
        _ => None,
    }
}

fn sheet_name(name: &str) -> String {
    let allowed = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
    let name = name.chars().filter(allowed).take(SHEET_NAME_CHARS_MAX).collect::<String>();
    if name.is_empty() { "Table".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use muster_protocol::UtcMillis;

    use super::super::columns;
    use super::*;

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        assert_eq!(serial(date(1900, 3, 1).at(0, 0, 0, 0)), Some(61.0));
        assert_eq!(serial(date(2026, 11, 20).at(12, 0, 0, 0)), Some(46346.5));
        assert_eq!(serial(date(1900, 2, 28).at(0, 0, 0, 0)), None);
        assert_eq!(serial(date(9999, 12, 31).at(0, 0, 0, 0)), Some(2_958_465.0));
    }

    #[test]
    fn any_name_and_any_cell_can_be_written() {
        let names = ["a", "b", "c", "d"].map(|key| (key, key));
        let row = vec![
            Cell::text("=cmd|' /C calc'!A0"),
            Cell::text("x".repeat(TEXT_CHARS_MAX + 1)),
            Cell::at(UtcMillis(i64::MIN), &Zone::UTC),
            Cell::Duration(i64::MIN),
        ];
        let table = Table { name: "[*]:?/\\'".to_owned(), columns: columns(&names), rows: vec![row] };
        // A zip archive, as every XLSX is.
        assert!(write(&table).unwrap().starts_with(b"PK"));
        let empty = Table { name: String::new(), columns: columns(&names), rows: Vec::new() };
        assert!(write(&empty).is_ok());
    }
}

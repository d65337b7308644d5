//! JSON: an array of objects, with keys in the order of the columns.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Cell, Column, Table};

pub(super) fn write(table: &Table) -> Result<Vec<u8>, serde_json::Error> {
    let rows = table.rows.iter().map(|cells| Row { columns: &table.columns, cells });
    serde_json::to_vec(&rows.collect::<Vec<_>>())
}

struct Row<'a> {
    columns: &'a [Column],
    cells: &'a [Cell],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            object.serialize_entry(column.key, &Value(cell))?;
        }
        object.end()
    }
}

struct Value<'a>(&'a Cell);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Integer(number) | Cell::Duration(number) => serializer.serialize_i64(*number),
            Cell::Decimal(number) => serializer.serialize_f64(*number),
            Cell::DateTime { utc, .. } => serializer.serialize_i64(utc.0),
            Cell::Date(date) => serializer.collect_str(date),
            Cell::Bool(bool) => serializer.serialize_bool(*bool),
            Cell::Empty => serializer.serialize_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns;
    use super::*;

    #[test]
    fn keys_stay_in_the_order_of_the_columns() {
        let columns = columns(&[("z", "Z"), ("a", "A"), ("m", "M")]);
        let rows = vec![vec![Cell::text("=1"), Cell::Duration(5), Cell::Empty]];
        let table = Table { name: "t".to_owned(), columns, rows };
        assert_eq!(String::from_utf8(write(&table).unwrap()).unwrap(), r#"[{"z":"=1","a":5,"m":null}]"#);
    }
}

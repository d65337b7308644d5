//! Long lists, a page at a time, newest first.

use muster_protocol::{EmployeeId, UtcMillis};
use uuid::Uuid;

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// Where the next page begins; none on the last one.
    pub next: Option<Cursor>,
}

/// The last row of a page: the next one goes on behind it. Opaque to clients, and worth nothing to a forger: it only
/// skips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) at: UtcMillis,
    pub(crate) id: Uuid,
}

/// A text that no page of ours ended with.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no cursor of a page")]
pub struct CursorError;

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at, self.id.simple())
    }
}

impl std::str::FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (at, id) = text.split_once('.').ok_or(CursorError)?;
        Ok(Self {
            at: UtcMillis(at.parse().map_err(|_| CursorError)?),
            id: Uuid::parse_str(id).map_err(|_| CursorError)?,
        })
    }
}

/// Whose records are asked for.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    Everyone,
    These(&'a [EmployeeId]),
}

/// A row that can be the last one of a page.
pub(crate) trait Paged {
    fn place(&self) -> Cursor;
}

/// Cuts `rows` (newest first, one more than `limit` if there are more) into a page.
pub(crate) fn page<T: Paged>(mut rows: Vec<T>, limit: usize) -> Page<T> {
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = if more { rows.last().map(Paged::place) } else { None };
    Page { rows, next }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_wire() {
        let cursor = Cursor { at: UtcMillis(-5), id: Uuid::from_u128(7) };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
    }

    #[test]
    fn other_texts_are_no_cursors() {
        for bad in ["", ".", "1", "1.", "x.00000000000000000000000000000007", "1.zz"] {
            assert_eq!(bad.parse::<Cursor>(), Err(CursorError), "{bad:?}");
        }
    }
}

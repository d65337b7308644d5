//! Between rows and database values, by way of serde.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use surrealdb::types::{Object, SerdeWrapper, SurrealValue, Value};

use crate::DbError;

/// A row as an object, its fields named as in the struct.
pub(crate) fn encode<T: Serialize + DeserializeOwned + Clone + 'static>(row: &T) -> Value {
    SerdeWrapper(row.clone()).into_value()
}

/// A row with its record id, as INSERT wants it.
pub(crate) fn encode_with_id<T>(id: surrealdb::types::RecordId, row: &T) -> Value
where
    T: Serialize + DeserializeOwned + Clone + 'static,
{
    match encode(row) {
        Value::Object(mut object) => {
            object.insert("id", id);
            Value::Object(object)
        }
        other => other,
    }
}

/// A row out of an object. Fields that the row does not know (its record id) are ignored.
pub(crate) fn decode<T: DeserializeOwned>(value: Value) -> Result<T, DbError> {
    T::deserialize(value).map_err(|error| DbError::Corrupt(error.to_string()))
}

/// Builds an object field by field, for tables whose rows are not a struct's image.
pub(crate) fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let mut object = Object::new();
    for (name, value) in fields {
        object.insert(name, value);
    }
    Value::Object(object)
}

/// Takes the fields of a stored object apart.
pub(crate) struct Fields(Object);

impl Fields {
    pub(crate) fn of(value: Value) -> Result<Self, DbError> {
        match value {
            Value::Object(object) => Ok(Self(object)),
            other => Err(DbError::Corrupt(format!("expected an object, found {other:?}"))),
        }
    }

    pub(crate) fn take<T: SurrealValue>(&mut self, name: &str) -> Result<T, DbError> {
        let value = self.0.remove(name).unwrap_or_default();
        T::from_value(value).map_err(|error| DbError::Corrupt(format!("{name}: {error}")))
    }

    pub(crate) fn decode<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, DbError> {
        decode(self.0.remove(name).unwrap_or_default())
    }
}

/// For u64 hashes: databases count in i64, so the bits are kept and the sign means nothing.
pub(crate) mod bits {
    use super::{Deserialize, Serialize};

    pub(crate) fn serialize<S: serde::Serializer>(bits: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        bits.cast_signed().serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        i64::deserialize(deserializer).map(i64::cast_unsigned)
    }
}

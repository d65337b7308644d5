//! People: everyone with an account.

use muster_domain::Role;
use muster_domain::permission::Capabilities;
use muster_protocol::{EmployeeId, TeamId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::{Object, RecordId, SurrealValue, Value};

use crate::codec::{encode, encode_with_id, object};
use crate::error::{Existing, THROW_CONFLICT, THROW_NUMBER_TAKEN};
use crate::script::Script;
use crate::{Database, DbError, keys};

/// A person, `employee:⟨id⟩`. Two more tables keep email and number unique and find the person by them in one read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    #[serde(rename = "code")]
    pub id: EmployeeId,
    /// Counts up from 1. Older clients call it `user_id`.
    pub number: u32,
    pub name: String,
    /// As it was typed. Unique whatever its case.
    pub email: String,
    pub role: Role,
    pub team: Option<TeamId>,
    pub managed_teams: Vec<TeamId>,
    pub capabilities: Capabilities,
    /// None: signing in with a password is not possible.
    pub password_hash: Option<String>,
    pub active: bool,
    /// A token of an earlier epoch is worth nothing.
    pub token_epoch: u32,
    pub created_at: UtcMillis,
}

/// Somebody to be created.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// None: the number becomes the id.
    pub id: Option<EmployeeId>,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub team: Option<TeamId>,
    pub managed_teams: Vec<TeamId>,
    pub capabilities: Capabilities,
    pub password_hash: Option<String>,
    pub created_at: UtcMillis,
}

/// What is to change; `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct PersonPatch {
    pub name: Option<String>,
    pub email: Option<String>,
    pub role: Option<Role>,
    /// `Some(None)` takes the person out of the team.
    pub team: Option<Option<TeamId>>,
    pub managed_teams: Option<Vec<TeamId>>,
    pub capabilities: Option<Capabilities>,
    pub active: Option<bool>,
}

/// The store of people.
#[derive(Clone)]
pub struct People {
    database: Database,
}

impl Database {
    /// The store of people.
    #[must_use]
    pub fn people(&self) -> People {
        People { database: self.clone() }
    }
}

impl People {
    /// Creates a person with the next number. [`DbError::AlreadyExists`] says whether email or id is taken.
    pub async fn create(&self, person: &NewPerson) -> Result<PersonRow, DbError> {
        let mut created = self.create_all(std::slice::from_ref(person)).await?;
        created.pop().ok_or(DbError::NotFound)
    }

    /// Creates all of these people or, when one email or id is taken, none. Imports and `--demo` use it.
    pub async fn create_all(&self, people: &[NewPerson]) -> Result<Vec<PersonRow>, DbError> {
        create_people(&self.database, people, |script| script).await
    }

    /// A person by id.
    pub async fn get(&self, id: &EmployeeId) -> Result<Option<PersonRow>, DbError> {
        let script = Script::new("SELECT * FROM $id").bind("id", employee_id(id));
        self.database.ask(script, |answer| answer.row(0)).await
    }

    /// A person by number.
    pub async fn by_number(&self, number: u32) -> Result<Option<PersonRow>, DbError> {
        self.behind(RecordId::new("employee_number", i64::from(number))).await
    }

    /// A person by email, whatever its case.
    pub async fn by_email(&self, email: &str) -> Result<Option<PersonRow>, DbError> {
        self.behind(email_id(email)).await
    }

    /// Everyone, by id. The hub loads its directory with this at start-up.
    pub async fn all(&self) -> Result<Vec<PersonRow>, DbError> {
        self.database.ask(Script::new("SELECT * FROM employee"), |answer| answer.rows(0)).await
    }

    /// How many people there are, with the inactive ones.
    pub async fn count(&self) -> Result<u64, DbError> {
        let script = Script::new("SELECT VALUE total FROM (SELECT count() AS total FROM employee GROUP ALL)");
        Ok(self.database.ask(script, |answer| answer.row(0)).await?.unwrap_or_default())
    }

    /// Changes a person and returns what they are then.
    pub async fn update(&self, id: &EmployeeId, patch: &PersonPatch) -> Result<PersonRow, DbError> {
        let Some(email) = &patch.email else { return self.merge(id, merged_fields(patch)).await };
        let old = self.get(id).await?.ok_or(DbError::NotFound)?;
        let script = Script::new(
            "BEGIN;
             IF (SELECT VALUE email FROM ONLY $id) != $old_email { THROW $conflict };
             DELETE $old_key RETURN NONE;
             CREATE $new_key CONTENT { employee: $id } RETURN NONE;
             UPDATE $id MERGE $fields RETURN AFTER;
             COMMIT;",
        )
        .bind("id", employee_id(id))
        .bind("conflict", THROW_CONFLICT.to_owned())
        .bind("old_key", email_id(&old.email))
        .bind("old_email", old.email)
        .bind("new_key", email_id(email))
        .bind("fields", merged_fields(patch));
        self.database.ask(script, |answer| answer.row(4)).await?.ok_or(DbError::NotFound)
    }

    /// Closes the account: inactive, and every token worthless. The person and what is recorded stay.
    pub async fn deactivate(&self, id: &EmployeeId) -> Result<PersonRow, DbError> {
        self.set(id, "UPDATE $id SET active = false, token_epoch += 1 RETURN AFTER", Value::None).await
    }

    /// Replaces the password hash.
    pub async fn set_password_hash(&self, id: &EmployeeId, hash: &str) -> Result<(), DbError> {
        self.set(id, "UPDATE $id SET password_hash = $given RETURN AFTER", keys::text(hash)).await.map(drop)
    }

    /// Makes every token of a person worthless; returns the new epoch.
    pub async fn bump_token_epoch(&self, id: &EmployeeId) -> Result<u32, DbError> {
        let person = self.set(id, "UPDATE $id SET token_epoch += 1 RETURN AFTER", Value::None).await?;
        Ok(person.token_epoch)
    }

    async fn merge(&self, id: &EmployeeId, fields: Object) -> Result<PersonRow, DbError> {
        self.set(id, "UPDATE $id MERGE $given RETURN AFTER", Value::Object(fields)).await
    }

    async fn set(&self, id: &EmployeeId, statement: &'static str, given: Value) -> Result<PersonRow, DbError> {
        let script = Script::new(statement).bind("id", employee_id(id)).bind("given", given);
        self.database.ask(script, |answer| answer.row(0)).await?.ok_or(DbError::NotFound)
    }

    /// The person that a unique record points to.
    async fn behind(&self, unique: RecordId) -> Result<Option<PersonRow>, DbError> {
        let script = Script::new("SELECT VALUE employee.* FROM $unique").bind("unique", unique);
        self.database.ask(script, |answer| answer.row(0)).await
    }
}

/// Creates people in one transaction, together with the statements that `more` adds to it.
pub(crate) async fn create_people(
    database: &Database,
    people: &[NewPerson],
    more: impl Fn(Script) -> Script,
) -> Result<Vec<PersonRow>, DbError> {
    loop {
        let script = Script::new("SELECT VALUE last FROM counter:person");
        let last: u32 = database.ask(script, |answer| answer.row(0)).await?.unwrap_or_default();
        let rows: Vec<PersonRow> = (last + 1..).zip(people).map(|(number, person)| row(number, person)).collect();
        let mut script = more(creation(last, &rows));
        script.text.to_mut().push_str("COMMIT;");
        match database.tell(script).await {
            Ok(()) => return Ok(rows),
            // Somebody else took these numbers; whoever loops here lost to somebody who won, so there is an end.
            Err(DbError::AlreadyExists { what: Existing::Number }) => {}
            Err(error) => return Err(error),
        }
    }
}

/// The transaction without its COMMIT.
fn creation(last: u32, rows: &[PersonRow]) -> Script {
    let link = |id: RecordId, row: &PersonRow| {
        object([("id", id.into_value()), ("employee", employee_id(&row.id).into_value())])
    };
    let stored = rows.iter().map(|row| encode_with_id(employee_id(&row.id), row));
    let emails = rows.iter().map(|row| link(email_id(&row.email), row));
    let numbers = rows.iter().map(|row| link(RecordId::new("employee_number", i64::from(row.number)), row));
    Script::new(
        "BEGIN;
         IF ((SELECT VALUE last FROM ONLY counter:person) ?? 0) != $last { THROW $number_taken };
         UPSERT counter:person SET last = $last + array::len($people) RETURN NONE;
         INSERT INTO employee $people RETURN NONE;
         INSERT INTO employee_email $emails RETURN NONE;
         INSERT INTO employee_number $numbers RETURN NONE;",
    )
    .bind("number_taken", THROW_NUMBER_TAKEN.to_owned())
    .bind("last", i64::from(last))
    .bind("people", stored.collect::<Vec<_>>())
    .bind("emails", emails.collect::<Vec<_>>())
    .bind("numbers", numbers.collect::<Vec<_>>())
}

fn row(number: u32, person: &NewPerson) -> PersonRow {
    let numbered = || EmployeeId::new(&number.to_string()).expect("digits are an employee id");
    PersonRow {
        id: person.id.clone().unwrap_or_else(numbered),
        number,
        name: person.name.clone(),
        email: person.email.clone(),
        role: person.role,
        team: person.team,
        managed_teams: person.managed_teams.clone(),
        capabilities: person.capabilities,
        password_hash: person.password_hash.clone(),
        active: true,
        token_epoch: 0,
        created_at: person.created_at,
    }
}

fn merged_fields(patch: &PersonPatch) -> Object {
    let mut fields = Object::new();
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            fields.insert(name, value);
        }
    };
    set("name", patch.name.as_ref().map(encode));
    set("email", patch.email.as_ref().map(encode));
    set("role", patch.role.as_ref().map(encode));
    set("team", patch.team.as_ref().map(|team| team.as_ref().map_or(Value::None, encode)));
    set("managed_teams", patch.managed_teams.as_ref().map(encode));
    set("capabilities", patch.capabilities.as_ref().map(encode));
    set("active", patch.active.as_ref().map(encode));
    fields
}

pub(crate) fn employee_id(id: &EmployeeId) -> RecordId {
    keys::named("employee", id.as_str())
}

fn email_id(email: &str) -> RecordId {
    keys::named("employee_email", &email.to_lowercase())
}

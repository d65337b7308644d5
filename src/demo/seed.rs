//! The demo's organization, teams, people and devices.

use muster_db::{DeviceRow, NewPerson, TeamRow, TokenHash};
use muster_domain::Role;
use muster_domain::permission::Capabilities;
use muster_loadtest::Secret;
use muster_loadtest::demo::DemoAgent;
use muster_protocol::{DeviceId, EmployeeId, TeamId, UtcMillis};
use uuid::Uuid;

use super::cast;
use crate::app::App;
use crate::auth::device;
use crate::auth::secrets::random_secret;
use crate::http::routes::setup::new_organization;
use crate::serve::ServeError;

/// Tells a demo's folder from a real one.
const ORGANIZATION: &str = "Muster demo";
const DOMAIN: &str = "demo.muster.example";
const ADMIN: &str = "DEMO-ADMIN";
const MANAGER: &str = "DEMO-MANAGER";

/// What the demo works with.
pub struct Seeded {
    pub password: String,
    pub sign_ins: Vec<(Role, String)>,
    pub agents: Vec<DemoAgent>,
}

/// Makes whatever of it is missing, and new passwords and device tokens for all.
pub async fn seed(app: &App, count: usize) -> Result<Seeded, ServeError> {
    let now = app.now().wall;
    let teams = organization(app, now).await?;
    let password = random_secret()[..12].to_owned();
    let hash = app.passwords.hash(password.clone()).await;
    let mut people = vec![
        person(ADMIN, "Ada Admin".to_owned(), Role::Admin, Vec::new(), None),
        person(MANAGER, "Max Manager".to_owned(), Role::Manager, teams[..2].to_vec(), None),
    ];
    people.extend((0..count).map(|index| {
        let team = teams[index % teams.len()];
        person(&cast::code(index), cast::name(index), Role::Employee, Vec::new(), Some(team))
    }));
    create_missing(app, people, now).await?;

    let mut sign_ins = Vec::new();
    for code in [ADMIN.to_owned(), MANAGER.to_owned(), cast::code(0)] {
        sign_ins.extend(let_in(app, &code, &hash).await?);
    }
    let mut agents = Vec::with_capacity(count);
    for index in 0..count {
        agents.push(agent(app, index, now).await?);
    }
    Ok(Seeded { password, sign_ins, agents })
}

/// The organization and its teams. A folder of somebody else's organization is left alone.
async fn organization(app: &App, now: UtcMillis) -> Result<Vec<TeamId>, ServeError> {
    let stored = app.hub.database.organization().get().await?;
    match stored {
        Some(row) if row.name != ORGANIZATION => {
            let message =
                format!("--demo leaves the organization '{}' in this data folder alone; use another folder", row.name);
            return Err(ServeError::Other(message));
        }
        Some(_) => {}
        None => {
            let row = app.hub.database.organization().put(&new_organization(ORGANIZATION, "UTC")).await?;
            app.hub.policies.put_organization(row);
        }
    }
    let existing = app.hub.database.teams().all().await?;
    let mut teams = Vec::new();
    for name in cast::TEAMS {
        let found = existing.iter().find(|team| team.name == name).map(|team| team.id);
        let id = match found {
            Some(id) => id,
            None => {
                let team = TeamRow { id: TeamId::generate(), name: name.to_owned(), created_at: now };
                app.hub.database.teams().create(&team).await?;
                team.id
            }
        };
        teams.push(id);
    }
    Ok(teams)
}

fn person(code: &str, name: String, role: Role, managed_teams: Vec<TeamId>, team: Option<TeamId>) -> NewPerson {
    NewPerson {
        id: Some(id(code)),
        email: format!("{}@{DOMAIN}", code.to_lowercase()),
        name,
        role,
        team,
        managed_teams,
        capabilities: Capabilities::usual_for(role),
        password_hash: None,
        created_at: UtcMillis(0),
    }
}

async fn create_missing(app: &App, people: Vec<NewPerson>, now: UtcMillis) -> Result<(), ServeError> {
    let is_missing = |person: &NewPerson| person.id.as_ref().is_some_and(|id| app.hub.people.get(id).is_none());
    let missing = people.into_iter().filter(is_missing).map(|person| NewPerson { created_at: now, ..person });
    let missing = missing.collect::<Vec<_>>();
    for chunk in missing.chunks(500) {
        for row in app.hub.database.people().create_all(chunk).await? {
            app.hub.people.put(row);
        }
    }
    Ok(())
}

/// Gives somebody this start's password.
async fn let_in(app: &App, code: &str, hash: &str) -> Result<Option<(Role, String)>, ServeError> {
    let Some(person) = app.hub.people.get(&id(code)) else { return Ok(None) };
    app.hub.database.people().set_password_hash(person.id(), hash).await?;
    let mut row = person.row().clone();
    row.password_hash = Some(hash.to_owned());
    let sign_in = (row.role, row.email.clone());
    app.hub.people.put(row);
    Ok(Some(sign_in))
}

async fn agent(app: &App, index: usize, now: UtcMillis) -> Result<DemoAgent, ServeError> {
    let employee = id(&cast::code(index));
    let token = device::new_token();
    // The same device at every start, or the list of devices would grow.
    let device_id = DeviceId(Uuid::from_u64_pair(0x6d75_7374_6572_4000, 0x8000_0000_0000_0000 | index as u64));
    let row = DeviceRow {
        id: device_id,
        employee: employee.clone(),
        name: format!("Demo desktop {}", index + 1),
        os: "simulated".to_owned(),
        agent_version: env!("CARGO_PKG_VERSION").to_owned(),
        token_hash: TokenHash::of(&token),
        enrolled_at: now,
        last_seen: None,
        clock_skew_ms: None,
        revoked_at: None,
    };
    app.hub.database.devices().put(&row).await?;
    Ok(DemoAgent { employee, name: cast::name(index), device_id, token: Secret::new(&token) })
}

fn id(code: &str) -> EmployeeId {
    EmployeeId::new(code).expect("the demo's codes are plain")
}

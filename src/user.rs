//! `muster user add`: an account made on the machine itself, also before the first start.

use std::io::Read;

use muster_db::{Database, NewPerson, TeamRow};
use muster_domain::permission::Capabilities;
use muster_protocol::TeamId;

use crate::auth::Passwords;
use crate::cli::UserAdd;
use crate::config::Config;
use crate::http::routes::setup::{is_email, is_password, new_organization};
use crate::serve::{ServeError, database_config};

/// Creates the account, its team if that is new, and the organization if there is none.
pub fn add(config: Config, arguments: UserAdd) -> Result<(), ServeError> {
    let mut password = String::new();
    let read = std::io::stdin().read_to_string(&mut password);
    read.map_err(|error| ServeError::Other(format!("cannot read the password: {error}")))?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    if !is_email(&arguments.email) {
        return Err(ServeError::Other(format!("'{}' is no e-mail address", arguments.email)));
    }
    if !is_password(&password) {
        return Err(ServeError::Other("a password has 8 characters to 256 bytes".to_owned()));
    }
    std::fs::create_dir_all(&config.data.dir)
        .map_err(|error| ServeError::DataFolder { path: config.data.dir.clone(), reason: error.to_string() })?;
    actix_rt::System::new().block_on(create(config, arguments, password))
}

async fn create(config: Config, arguments: UserAdd, password: String) -> Result<(), ServeError> {
    let database = Database::open(&database_config(&config)).await?;
    let now = muster_actors::Clock::system().wall();
    if database.organization().get().await?.is_none() {
        database.organization().put(&new_organization("My organization", "UTC")).await?;
    }
    let team = match &arguments.team {
        Some(name) => Some(team_named(&database, name, now).await?),
        None => None,
    };
    let manages = arguments.role == muster_domain::Role::Manager;
    let person = NewPerson {
        id: arguments.employee_id,
        name: arguments.name,
        email: arguments.email,
        role: arguments.role,
        team,
        managed_teams: team.filter(|_| manages).into_iter().collect(),
        capabilities: Capabilities::usual_for(arguments.role),
        password_hash: Some(Passwords::new().hash(password).await),
        created_at: now,
    };
    let row = database.people().create(&person).await?;
    println!("muster: created {} {} ({})", row.role, row.id, row.email);
    Ok(())
}

async fn team_named(database: &Database, name: &str, now: muster_protocol::UtcMillis) -> Result<TeamId, ServeError> {
    let found = database.teams().all().await?.into_iter().find(|team| team.name == name);
    if let Some(team) = found {
        return Ok(team.id);
    }
    let team = TeamRow { id: TeamId::generate(), name: name.to_owned(), created_at: now };
    database.teams().create(&team).await?;
    Ok(team.id)
}

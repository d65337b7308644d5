//! The people of a hub with a past: teams with a manager each, and a fresh device for everybody.

use jiff::tz::TimeZone;
use muster_protocol::{EmployeeId, TeamId};
use rand::Rng;
use rand::distr::Alphanumeric;

use super::notice::NOTICE;
use super::{SeedConfig, SignIn};
use crate::agent::Identity;
use crate::client::{NewEmployee, RestClient, Role};
use crate::error::LoadtestError;
use crate::history::Worker;
use crate::scenario::crew::{identities, name_of};
use crate::secret::Secret;

const TEAMS: [&str; 8] =
    ["Customer support", "Engineering", "Sales", "Finance", "Operations", "Design", "Logistics", "Research"];
/// One team for so many people, as long as there are names.
const TEAM_PEOPLE: usize = 22;
const PASSWORD_CHARS: usize = 14;
/// Managers who can sign in, and one of their people.
const MANAGERS_SHOWN: usize = 2;

/// One person with a past.
pub(super) struct Member {
    pub(super) index: usize,
    pub(super) identity: Identity,
    pub(super) worker: Worker,
}

/// Everybody, and the hub's admin.
pub(super) struct Staff {
    /// Signed in as the admin.
    pub(super) rest: RestClient,
    pub(super) agent_url: String,
    pub(super) organization: String,
    /// The organization's.
    pub(super) zone: TimeZone,
    pub(super) teams: usize,
    pub(super) members: Vec<Member>,
    pub(super) sign_ins: Vec<SignIn>,
    /// Of all sign-ins; a new one in every run.
    pub(super) password: Secret,
}

impl Staff {
    /// Makes whatever of them is missing, new devices for all, and a new password for a few.
    pub(super) async fn hire(config: &SeedConfig) -> Result<Self, LoadtestError> {
        let portal = RestClient::new(&config.sign_in.portal_url)?;
        let (rest, signed_in) = portal.sign_in(&config.sign_in.email, &config.sign_in.password).await?;
        let organization = rest.organization().await?;
        let zone = TimeZone::get(&organization.time_zone)
            .map_err(|error| LoadtestError::Limit(format!("{}: {error}", organization.time_zone)))?;
        rest.ensure_notice(NOTICE).await?;
        let teams = teams(&rest, config.employees).await?;
        let people = (0..config.employees).map(|index| person(config, &teams, index)).collect::<Result<Vec<_>, _>>()?;
        rest.ensure_employees(&people).await?;
        let password = new_password();
        let mut sign_ins = Vec::new();
        for person in shown(&people, teams.len()) {
            rest.set_password(&person.employee_id, &password).await?;
            sign_ins.push(SignIn { role: person.role, email: person.email.clone() });
        }
        let ids: Vec<EmployeeId> = people.iter().map(|person| person.employee_id.clone()).collect();
        let devices = rest.create_devices(&ids, "Desktop").await?;
        let members = identities(people, devices)?.into_iter().enumerate().map(|(index, identity)| {
            let worker = Worker::new(config.seed, index, zone.clone());
            Member { index, identity, worker }
        });
        Ok(Self {
            members: members.collect(),
            rest,
            agent_url: signed_in.agent_url,
            organization: organization.name,
            zone,
            teams: teams.len(),
            sign_ins,
            password,
        })
    }
}

async fn teams(rest: &RestClient, employees: usize) -> Result<Vec<TeamId>, LoadtestError> {
    let count = (employees / TEAM_PEOPLE).clamp(2, TEAMS.len());
    let mut teams = Vec::with_capacity(count);
    for name in &TEAMS[..count] {
        teams.push(rest.ensure_team(name).await?.id);
    }
    Ok(teams)
}

/// The first person of each team is its manager.
fn person(config: &SeedConfig, teams: &[TeamId], index: usize) -> Result<NewEmployee, LoadtestError> {
    let team = teams[index % teams.len()];
    let manages = index < teams.len();
    let code = format!("{}-{:04}", config.prefix, index + 1);
    let employee_id = EmployeeId::new(&code).map_err(|error| LoadtestError::Limit(format!("{code}: {error}")))?;
    Ok(NewEmployee {
        employee_id,
        name: name_of(index),
        email: format!("{}@history.example", code.to_lowercase()),
        team_id: Some(team),
        role: if manages { Role::Manager } else { Role::Employee },
        managed_teams: if manages { vec![team] } else { Vec::new() },
        password: None,
    })
}

/// Some managers, and the first person of the first team.
fn shown(people: &[NewEmployee], teams: usize) -> impl Iterator<Item = &NewEmployee> {
    people.iter().take(teams.min(MANAGERS_SHOWN)).chain(people.iter().skip(teams).take(1))
}

fn new_password() -> Secret {
    let text: String = rand::rng().sample_iter(Alphanumeric).take(PASSWORD_CHARS).map(char::from).collect();
    Secret::new(&text)
}

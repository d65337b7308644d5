//! The people of a scenario: created if they are new, each with a fresh device.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::Arc;

use muster_protocol::EmployeeId;

use crate::agent::pace::Pace;
use crate::agent::{AgentConfig, Habits, Identity};
use crate::client::{EnrolledDevice, NewEmployee, RestClient, Role};
use crate::error::LoadtestError;
use crate::process::open_files_max;
use crate::secret::Secret;

/// One local address has some 28,000 ports; this leaves room for those that are still closing.
const CONNECTIONS_PER_SOURCE: usize = 20_000;
/// Files that the process opens beside the agents' sockets.
const OTHER_FILES: u64 = 200;
const TEAM: &str = "Load test";

const FIRST_NAMES: [&str; 24] = [
    "Ada", "Bruno", "Chiara", "Dmitri", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Katja", "Liam", "Mila",
    "Noor", "Oskar", "Petra", "Quirin", "Rosa", "Sven", "Tara", "Umut", "Vera", "Wout", "Zoë",
];
const LAST_NAMES: [&str; 25] = [
    "Adler", "Berg", "Conti", "Demir", "Egger", "Fischer", "Gruber", "Haddad", "Ivanov", "Jansen", "Keller", "Lenz",
    "Moser", "Nowak", "Olsen", "Prado", "Quist", "Rossi", "Sauer", "Toth", "Unger", "Vidal", "Weiss", "Yilmaz",
    "Zeman",
];

/// How to sign in as an admin.
#[derive(Clone, Debug)]
pub struct SignInConfig {
    /// `http://127.0.0.1:4000`.
    pub portal_url: String,
    pub email: String,
    pub password: Secret,
}

/// Who takes part.
#[derive(Clone, Debug)]
pub struct CrewConfig {
    pub sign_in: SignInConfig,
    pub agents: usize,
    /// Begins the employee ids. The same prefix uses the same people again.
    pub prefix: String,
    pub seed: u64,
}

/// The people, ready to connect.
pub(super) struct Crew {
    /// Signed in as the admin.
    pub(super) rest: RestClient,
    agent_url: Arc<str>,
    seed: u64,
    identities: Vec<Identity>,
}

impl Crew {
    /// Signs in and makes sure that everybody exists and has a device.
    pub(super) async fn muster(config: &CrewConfig) -> Result<Self, LoadtestError> {
        check_open_files(config.agents)?;
        let portal = RestClient::new(&config.sign_in.portal_url)?;
        let (rest, signed_in) = portal.sign_in(&config.sign_in.email, &config.sign_in.password).await?;
        let team = rest.ensure_team(TEAM).await?;
        let mut people = Vec::with_capacity(config.agents);
        for index in 0..config.agents {
            people.push(NewEmployee {
                employee_id: employee_id(&config.prefix, index)?,
                name: name_of(index),
                email: format!("{}-{index:06}@load.example", config.prefix.to_lowercase()),
                team_id: Some(team.id),
                role: Role::Employee,
                managed_teams: Vec::new(),
                password: None,
            });
        }
        rest.ensure_employees(&people).await?;
        let ids: Vec<EmployeeId> = people.iter().map(|person| person.employee_id.clone()).collect();
        let devices = rest.create_devices(&ids, "Simulated desktop").await?;
        let identities = identities(people, devices)?;
        Ok(Self { rest, agent_url: signed_in.agent_url.into(), seed: config.seed, identities })
    }

    /// One agent for each person.
    pub(super) fn agents(&self, pace: Pace, habits: Habits) -> Vec<AgentConfig> {
        let rotates = is_loopback(&self.agent_url);
        let configs = self.identities.iter().enumerate().map(|(index, identity)| AgentConfig {
            identity: identity.clone(),
            agent_url: self.agent_url.clone(),
            source: rotates.then(|| source_of(index)),
            seed: self.seed.wrapping_add(index as u64),
            pace,
            habits,
        });
        configs.collect()
    }
}

fn check_open_files(agents: usize) -> Result<(), LoadtestError> {
    let (needed, allowed) = (agents as u64 + OTHER_FILES, open_files_max().unwrap_or(u64::MAX));
    if needed <= allowed {
        return Ok(());
    }
    Err(LoadtestError::Limit(format!(
        "{agents} agents need {needed} open files, allowed are {allowed}: raise it with `ulimit -n {needed}`"
    )))
}

fn employee_id(prefix: &str, index: usize) -> Result<EmployeeId, LoadtestError> {
    let text = format!("{prefix}-{index:06}");
    EmployeeId::new(&text).map_err(|error| LoadtestError::Limit(format!("{text}: {error}")))
}

/// The name of the person at `index`; the first six hundred are different.
pub(super) fn name_of(index: usize) -> String {
    let first = index % FIRST_NAMES.len();
    let last = index / FIRST_NAMES.len() + first * 7;
    format!("{} {}", FIRST_NAMES[first], LAST_NAMES[last % LAST_NAMES.len()])
}

/// Whose device is whose.
pub(super) fn identities(
    people: Vec<NewEmployee>,
    devices: Vec<EnrolledDevice>,
) -> Result<Vec<Identity>, LoadtestError> {
    let mut of: HashMap<EmployeeId, EnrolledDevice> =
        devices.into_iter().filter_map(|device| Some((device.employee_id.clone()?, device))).collect();
    let identity = |person: NewEmployee| {
        let device =
            of.remove(&person.employee_id).ok_or_else(|| LoadtestError::NoDevice(person.employee_id.clone()))?;
        Ok(Identity {
            employee: person.employee_id,
            name: person.name.into(),
            device: device.device_id,
            token: device.token,
        })
    };
    people.into_iter().map(identity).collect()
}

fn is_loopback(url: &str) -> bool {
    ["ws://127.", "ws://localhost"].iter().any(|start| url.starts_with(start))
}

/// 127.0.0.1 for the first 20,000, 127.0.0.2 for the next, and so on.
fn source_of(index: usize) -> Ipv4Addr {
    let number = u32::try_from(index / CONNECTIONS_PER_SOURCE).unwrap_or_default() + 1;
    Ipv4Addr::from_bits(Ipv4Addr::new(127, 0, 0, 0).to_bits() + number % 0x00FF_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_rotate_before_the_ports_run_out() {
        assert_eq!(source_of(0), Ipv4Addr::new(127, 0, 0, 1));
        assert_eq!(source_of(19_999), Ipv4Addr::new(127, 0, 0, 1));
        assert_eq!(source_of(20_000), Ipv4Addr::new(127, 0, 0, 2));
        assert_eq!(source_of(20_000 * 300), Ipv4Addr::new(127, 0, 1, 45));
    }

    #[test]
    fn six_hundred_people_have_different_names() {
        let names: std::collections::BTreeSet<String> = (0..600).map(name_of).collect();
        assert_eq!(names.len(), 600);
    }

    #[test]
    fn a_person_without_a_device_is_named() {
        let person = NewEmployee {
            employee_id: employee_id("LOAD", 7).unwrap(),
            name: name_of(7),
            email: "e@load.example".into(),
            team_id: None,
            role: Role::Employee,
            managed_teams: Vec::new(),
            password: None,
        };
        let error = identities(vec![person], Vec::new()).unwrap_err().to_string();
        assert!(error.contains("LOAD-000007"), "{error}");
    }

    #[test]
    fn a_bad_prefix_is_refused() {
        assert!(employee_id("a/b", 1).is_err());
    }
}

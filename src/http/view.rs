//! What a person may see of the roster: the same for REST and for sockets.

use muster_actors::roster::View;
use muster_actors::{Hub, Person};
use muster_domain::Role;
use muster_domain::permission::Action;
use muster_protocol::EmployeeId;
use muster_protocol::portal::Scope;

/// Everything that `person` may see.
pub fn view_of(person: &Person) -> View {
    let own = person.id().clone();
    match person.row().role {
        Role::Admin => View::All,
        Role::Manager => View::of_teams(person.row().managed_teams.clone(), own),
        Role::Employee => View::Own(own),
    }
}

/// What `person` sees of what it asks for; `None` when that is not its to see.
pub fn narrowed(person: &Person, scope: &Scope) -> Option<View> {
    match scope {
        Scope::All => Some(view_of(person)),
        Scope::Own => Some(View::Own(person.id().clone())),
        Scope::Team(team) => {
            let row = person.row();
            let manages = row.role == Role::Manager && row.managed_teams.contains(team);
            (row.role == Role::Admin || manages).then_some(View::Team(*team))
        }
    }
}

/// Whose screens `person` may watch. A person who does not exist, or not any more, is nobody's to see.
pub fn may_watch(hub: &Hub, person: &Person) -> impl Fn(&EmployeeId) -> bool {
    let principal = person.principal();
    move |employee| {
        let watched = hub.people.get(employee).filter(|watched| watched.row().active);
        watched.is_some_and(|watched| principal.may(Action::WatchScreen, Some(watched.subject())))
    }
}

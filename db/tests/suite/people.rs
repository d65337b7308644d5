//! People, teams, the organization and the first administrator.

use muster_db::{
    Database, DbError, Existing, NewPerson, OrganizationRow, PersonPatch, RetentionDays, TeamRow, TokenHash,
    WorkingHours,
};
use muster_domain::Role;
use muster_domain::permission::{Capabilities, Capability};
use muster_protocol::TeamId;

use crate::support::{at, employee, on_both_engines, person};

on_both_engines!(
    a_person_is_found_by_id_number_and_email,
    ids_and_emails_are_unique,
    a_batch_of_people_is_all_or_nothing,
    numbers_count_up_under_concurrency,
    a_patch_changes_what_it_names,
    an_email_moves_and_frees_the_old_one,
    tokens_and_passwords,
    teams_come_and_go,
    the_organization_is_stored_over_the_version_that_was_read,
    the_first_administrator_uses_the_link_up,
);

async fn a_person_is_found_by_id_number_and_email(database: &Database) {
    let people = database.people();
    let new = NewPerson {
        id: Some(employee("INT2607")),
        role: Role::Manager,
        team: Some(TeamId::generate()),
        managed_teams: vec![TeamId::generate(), TeamId::generate()],
        capabilities: Capabilities::NONE.with(Capability::WatchScreen),
        password_hash: Some("$argon2id$…".into()),
        ..person("Ada@Example.org")
    };
    let created = people.create(&new).await.unwrap();
    assert_eq!((created.number, created.token_epoch, created.active), (1, 0, true));
    assert_eq!((created.team, &created.managed_teams), (new.team, &new.managed_teams));
    let second = people.create(&person("b@example.org")).await.unwrap();
    assert_eq!((second.id.as_str(), second.number), ("2", 2));

    assert_eq!(people.get(&employee("INT2607")).await.unwrap(), Some(created.clone()));
    assert_eq!(people.by_number(1).await.unwrap(), Some(created.clone()));
    assert_eq!(people.by_email("aDA@eXAMPLE.ORG").await.unwrap(), Some(created.clone()));
    assert_eq!(people.get(&employee("nobody")).await.unwrap(), None);
    assert_eq!(people.by_number(9).await.unwrap(), None);
    assert_eq!(people.by_email("x@example.org").await.unwrap(), None);
    assert_eq!(people.all().await.unwrap(), [second, created]);
    assert_eq!(people.count().await.unwrap(), 2);
}

async fn ids_and_emails_are_unique(database: &Database) {
    let people = database.people();
    people.create(&NewPerson { id: Some(employee("A")), ..person("a@example.org") }).await.unwrap();
    let same_email = people.create(&person("A@EXAMPLE.org")).await;
    assert!(matches!(same_email, Err(DbError::AlreadyExists { what: Existing::Email })), "{same_email:?}");
    let same_id = people.create(&NewPerson { id: Some(employee("A")), ..person("b@example.org") }).await;
    assert!(matches!(same_id, Err(DbError::AlreadyExists { what: Existing::EmployeeId })), "{same_id:?}");
    assert_eq!(people.count().await.unwrap(), 1);
    let next = people.create(&person("b@example.org")).await.unwrap();
    assert_eq!(next.number, 2, "refused people use up no number");
}

async fn a_batch_of_people_is_all_or_nothing(database: &Database) {
    let people = database.people();
    let refused = people.create_all(&[person("a@example.org"), person("b@example.org"), person("A@example.org")]).await;
    assert!(matches!(refused, Err(DbError::AlreadyExists { what: Existing::Email })), "{refused:?}");
    assert_eq!(people.count().await.unwrap(), 0);
    let created = people.create_all(&[person("a@example.org"), person("b@example.org")]).await.unwrap();
    assert_eq!(created.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(people.all().await.unwrap(), created);
}

async fn numbers_count_up_under_concurrency(database: &Database) {
    let creating = (0..24).map(|n| {
        let people = database.people();
        async move { people.create(&person(&format!("p{n}@example.org"))).await.unwrap().number }
    });
    let mut numbers = futures_util::future::join_all(creating).await;
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=24).collect::<Vec<_>>());
}

async fn a_patch_changes_what_it_names(database: &Database) {
    let people = database.people();
    let team = Some(TeamId::generate());
    let created = people.create(&NewPerson { team, ..person("a@example.org") }).await.unwrap();
    let unchanged = people.update(&created.id, &PersonPatch::default()).await.unwrap();
    assert_eq!(unchanged, created);

    let managed = vec![TeamId::generate()];
    let patch = PersonPatch {
        name: Some("Grace".into()),
        role: Some(Role::Manager),
        team: Some(None),
        managed_teams: Some(managed.clone()),
        capabilities: Some(Capabilities::usual_for(Role::Manager)),
        active: Some(false),
        ..PersonPatch::default()
    };
    let changed = people.update(&created.id, &patch).await.unwrap();
    assert_eq!(
        (changed.name.as_str(), changed.role, changed.team, changed.active),
        ("Grace", Role::Manager, None, false)
    );
    assert_eq!(
        (changed.managed_teams.clone(), changed.capabilities),
        (managed, Capabilities::usual_for(Role::Manager))
    );
    assert_eq!((&changed.email, changed.number), (&created.email, created.number));
    assert_eq!(people.get(&created.id).await.unwrap(), Some(changed));
    let missing = people.update(&employee("nobody"), &patch).await;
    assert!(matches!(missing, Err(DbError::NotFound)), "{missing:?}");
}

async fn an_email_moves_and_frees_the_old_one(database: &Database) {
    let people = database.people();
    let ada = people.create(&person("ada@example.org")).await.unwrap();
    people.create(&person("bob@example.org")).await.unwrap();
    let to = |email: &str| PersonPatch { email: Some(email.into()), ..PersonPatch::default() };

    let taken = people.update(&ada.id, &to("BOB@example.org")).await;
    assert!(matches!(taken, Err(DbError::AlreadyExists { what: Existing::Email })), "{taken:?}");
    assert_eq!(people.by_email("ada@example.org").await.unwrap().unwrap().id, ada.id);

    people.update(&ada.id, &to("Ada@example.org")).await.unwrap();
    let moved = people.update(&ada.id, &to("ada@new.example.org")).await.unwrap();
    assert_eq!(moved.email, "ada@new.example.org");
    assert_eq!(people.by_email("ada@example.org").await.unwrap(), None);
    assert_eq!(people.by_email("ada@new.example.org").await.unwrap(), Some(moved));
    people.create(&person("ada@example.org")).await.unwrap();
    let missing = people.update(&employee("nobody"), &to("n@example.org")).await;
    assert!(matches!(missing, Err(DbError::NotFound)), "{missing:?}");
}

async fn tokens_and_passwords(database: &Database) {
    let people = database.people();
    let ada = people.create(&person("ada@example.org")).await.unwrap();
    people.set_password_hash(&ada.id, "hash").await.unwrap();
    assert_eq!(people.bump_token_epoch(&ada.id).await.unwrap(), 1);
    assert_eq!(people.bump_token_epoch(&ada.id).await.unwrap(), 2);
    let gone = people.deactivate(&ada.id).await.unwrap();
    assert_eq!((gone.active, gone.token_epoch, gone.password_hash.as_deref()), (false, 3, Some("hash")));
    let nobody = employee("nobody");
    assert!(matches!(people.set_password_hash(&nobody, "hash").await, Err(DbError::NotFound)));
    assert!(matches!(people.bump_token_epoch(&nobody).await, Err(DbError::NotFound)));
    assert!(matches!(people.deactivate(&nobody).await, Err(DbError::NotFound)));
    assert_eq!(people.count().await.unwrap(), 1);
}

async fn teams_come_and_go(database: &Database) {
    let (teams, people) = (database.teams(), database.people());
    let red = TeamRow { id: TeamId::generate(), name: "Red".into(), created_at: at(1) };
    let blue = TeamRow { id: TeamId::generate(), name: "Blue".into(), created_at: at(2) };
    teams.create(&red).await.unwrap();
    teams.create(&blue).await.unwrap();
    let twice = teams.create(&red).await;
    assert!(matches!(twice, Err(DbError::AlreadyExists { what: Existing::Team })), "{twice:?}");
    assert_eq!(teams.all().await.unwrap(), [red.clone(), blue.clone()]);
    let renamed = teams.rename(red.id, "Crimson").await.unwrap();
    assert_eq!(teams.get(red.id).await.unwrap(), Some(renamed));

    let member = people.create(&NewPerson { team: Some(red.id), ..person("m@example.org") }).await.unwrap();
    let managed_teams = vec![red.id, blue.id];
    let lead = people.create(&NewPerson { managed_teams, ..person("l@example.org") }).await.unwrap();
    teams.delete(red.id).await.unwrap();
    assert_eq!(people.get(&member.id).await.unwrap().unwrap().team, None);
    assert_eq!(people.get(&lead.id).await.unwrap().unwrap().managed_teams, [blue.id]);
    assert_eq!(teams.all().await.unwrap(), [blue]);
    assert!(matches!(teams.delete(red.id).await, Err(DbError::NotFound)));
    assert!(matches!(teams.rename(red.id, "x").await, Err(DbError::NotFound)));
}

fn organization() -> OrganizationRow {
    OrganizationRow {
        name: "Example".into(),
        time_zone: "Asia/Kolkata".into(),
        working_hours: WorkingHours { start_minute: 540, end_minute: 1_080, days: vec![1, 2, 3, 4, 5] },
        retention: RetentionDays { screenshots: 90, work: 400, audit: 400 },
        version: 0,
    }
}

async fn the_organization_is_stored_over_the_version_that_was_read(database: &Database) {
    let store = database.organization();
    assert_eq!(store.get().await.unwrap(), None);
    let first = store.put(&organization()).await.unwrap();
    assert_eq!(first, OrganizationRow { version: 1, ..organization() });
    assert_eq!(store.get().await.unwrap(), Some(first.clone()));
    let second = store.put(&OrganizationRow { name: "New".into(), ..first.clone() }).await.unwrap();
    assert_eq!(second.version, 2);
    for stale in [organization(), first] {
        assert!(matches!(store.put(&stale).await, Err(DbError::Conflict)));
    }
    assert_eq!(store.get().await.unwrap(), Some(second));
}

async fn the_first_administrator_uses_the_link_up(database: &Database) {
    let setup = database.setup();
    let (old, token) = (TokenHash::of("old"), TokenHash::of("token"));
    let admin = NewPerson { role: Role::Admin, ..person("admin@example.org") };
    assert!(matches!(setup.complete(&token, &admin, &organization()).await, Err(DbError::NotFound)));
    setup.offer(&old).await.unwrap();
    setup.offer(&token).await.unwrap();
    assert_eq!(setup.offered().await.unwrap(), Some(token));
    assert!(matches!(setup.complete(&old, &admin, &organization()).await, Err(DbError::NotFound)));
    assert_eq!(database.people().count().await.unwrap(), 0);

    let (first, thief) = (organization(), NewPerson { email: "thief@example.org".into(), ..admin.clone() });
    let both = tokio::join!(setup.complete(&token, &admin, &first), setup.complete(&token, &thief, &first));
    let winners = [both.0, both.1].into_iter().filter_map(Result::ok).collect::<Vec<_>>();
    assert_eq!(winners.len(), 1, "{winners:?}");
    assert_eq!(database.people().all().await.unwrap(), winners);
    assert_eq!(setup.offered().await.unwrap(), None);
    assert_eq!(database.organization().get().await.unwrap().unwrap().version, 1);
    setup.offer(&token).await.unwrap();
    let late = setup.complete(&token, &admin, &organization()).await;
    assert!(matches!(late, Err(DbError::AlreadyExists { what: Existing::Administrator })), "{late:?}");
}

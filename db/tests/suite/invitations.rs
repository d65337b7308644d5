//! Invitations.

use muster_db::{Database, DbError, InvitationRow, NewTokenFamily, PersonRow, RotateToken, Rotation, TokenHash};
use uuid::Uuid;

use crate::support::{at, on_both_engines, person};

on_both_engines!(
    an_invitation_is_good_once_and_sets_the_password,
    the_latest_invitation_revokes_the_others,
    an_invitation_expires,
    an_invitation_can_be_taken_back,
    a_closed_account_accepts_nothing,
);

async fn invited(database: &Database, email: &str, token: &str) -> PersonRow {
    let ada = database.people().create(&person(email)).await.unwrap();
    database.invitations().offer(&invitation(&ada, token)).await.unwrap();
    ada
}

fn invitation(ada: &PersonRow, token: &str) -> InvitationRow {
    InvitationRow {
        token_hash: TokenHash::of(token),
        employee: ada.id.clone(),
        created_by: ada.id.clone(),
        created_at: at(0),
        expires_at: at(1_000),
    }
}

async fn an_invitation_is_good_once_and_sets_the_password(database: &Database) {
    let ada = invited(database, "ada@example.org", "link").await;
    let family = NewTokenFamily {
        family: Uuid::now_v7(),
        employee: ada.id.clone(),
        current: TokenHash::of("1"),
        issued_at: at(0),
        expires_at: at(1_000),
    };
    database.tokens().issue(&family).await.unwrap();
    let (invitations, link) = (database.invitations(), TokenHash::of("link"));
    assert_eq!(invitations.find(&link, at(10)).await.unwrap(), Some(invitation(&ada, "link")));
    let accepted = invitations.accept(&link, "hash", at(10)).await.unwrap();
    let expected = PersonRow { password_hash: Some("hash".into()), token_epoch: 1, ..ada };
    assert_eq!(accepted, expected);
    assert_eq!(database.people().get(&expected.id).await.unwrap(), Some(expected));
    assert!(matches!(invitations.accept(&link, "other", at(11)).await, Err(DbError::NotFound)));
    assert_eq!(invitations.find(&link, at(11)).await.unwrap(), None);
    let rotate = RotateToken {
        family: family.family,
        presented: TokenHash::of("1"),
        next: TokenHash::of("2"),
        at: at(20),
        expires_at: at(1_000),
        reuse_grace_ms: 0,
    };
    assert_eq!(database.tokens().rotate(&rotate).await.unwrap(), Rotation::Gone, "earlier sign-ins have ended");
}

async fn the_latest_invitation_revokes_the_others(database: &Database) {
    let ada = invited(database, "ada@example.org", "first").await;
    let bob = invited(database, "bob@example.org", "bob's").await;
    let invitations = database.invitations();
    invitations.offer(&invitation(&ada, "second")).await.unwrap();
    assert!(matches!(invitations.accept(&TokenHash::of("first"), "hash", at(10)).await, Err(DbError::NotFound)));
    assert_eq!(invitations.accept(&TokenHash::of("second"), "hash", at(10)).await.unwrap().id, ada.id);
    assert_eq!(invitations.accept(&TokenHash::of("bob's"), "hash", at(10)).await.unwrap().id, bob.id);
}

async fn an_invitation_expires(database: &Database) {
    let ada = invited(database, "ada@example.org", "link").await;
    let (invitations, link) = (database.invitations(), TokenHash::of("link"));
    assert!(invitations.find(&link, at(999)).await.unwrap().is_some());
    assert_eq!(invitations.find(&link, at(1_000)).await.unwrap(), None);
    assert!(matches!(invitations.accept(&link, "hash", at(1_000)).await, Err(DbError::NotFound)));
    assert_eq!(database.people().get(&ada.id).await.unwrap().unwrap().password_hash, None);
    assert_eq!(invitations.open(at(1_000)).await.unwrap(), []);
    assert_eq!(invitations.purge_expired(at(999)).await.unwrap(), 0);
    assert_eq!(invitations.purge_expired(at(1_000)).await.unwrap(), 1);
}

async fn an_invitation_can_be_taken_back(database: &Database) {
    let ada = invited(database, "ada@example.org", "link").await;
    let invitations = database.invitations();
    assert_eq!(invitations.open(at(999)).await.unwrap(), [invitation(&ada, "link")]);
    invitations.revoke(&ada.id).await.unwrap();
    assert_eq!(invitations.find(&TokenHash::of("link"), at(10)).await.unwrap(), None);
    assert!(matches!(invitations.revoke(&ada.id).await, Err(DbError::NotFound)));
}

async fn a_closed_account_accepts_nothing(database: &Database) {
    let ada = invited(database, "ada@example.org", "link").await;
    database.people().deactivate(&ada.id).await.unwrap();
    let refused = database.invitations().accept(&TokenHash::of("link"), "hash", at(10)).await;
    assert!(matches!(refused, Err(DbError::NotFound)));
    assert_eq!(database.people().get(&ada.id).await.unwrap().unwrap().password_hash, None);
}

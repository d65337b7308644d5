//! Refresh tokens.

use muster_db::{Database, NewTokenFamily, RotateToken, Rotation, TokenHash};
use uuid::Uuid;

use crate::support::{at, employee, on_both_engines};

on_both_engines!(
    a_token_is_good_once,
    a_token_that_comes_again_ends_its_family,
    two_tabs_may_ask_at_once,
    families_expire_and_are_revoked,
);

const GRACE_MS: i64 = 10;

fn family(employee_id: &str, token: &str) -> NewTokenFamily {
    NewTokenFamily {
        family: Uuid::now_v7(),
        employee: employee(employee_id),
        current: TokenHash::of(token),
        issued_at: at(0),
        expires_at: at(1_000),
    }
}

fn rotate(family: &NewTokenFamily, presented: &str, next: &str, when: i64) -> RotateToken {
    RotateToken {
        family: family.family,
        presented: TokenHash::of(presented),
        next: TokenHash::of(next),
        at: at(when),
        expires_at: at(when + 1_000),
        reuse_grace_ms: GRACE_MS,
    }
}

fn renewed() -> Rotation {
    Rotation::Renewed { employee: employee("A") }
}

fn reused() -> Rotation {
    Rotation::Reused { employee: employee("A") }
}

async fn a_token_is_good_once(database: &Database) {
    let tokens = database.tokens();
    let family = family("A", "1");
    tokens.issue(&family).await.unwrap();
    assert_eq!(tokens.rotate(&rotate(&family, "1", "2", 100)).await.unwrap(), renewed());
    assert_eq!(tokens.rotate(&rotate(&family, "2", "3", 200)).await.unwrap(), renewed());
    assert_eq!(tokens.rotate(&rotate(&family, "3", "4", 1_100)).await.unwrap(), renewed(), "each exchange prolongs");
}

async fn a_token_that_comes_again_ends_its_family(database: &Database) {
    let tokens = database.tokens();
    for stolen in ["1", "2", "made up"] {
        let family = family("A", "1");
        tokens.issue(&family).await.unwrap();
        tokens.rotate(&rotate(&family, "1", "2", 100)).await.unwrap();
        tokens.rotate(&rotate(&family, "2", "3", 200)).await.unwrap();
        let late = 200 + GRACE_MS + 1;
        assert_eq!(tokens.rotate(&rotate(&family, stolen, "x", late)).await.unwrap(), reused(), "{stolen}");
        assert_eq!(tokens.rotate(&rotate(&family, "3", "4", late)).await.unwrap(), Rotation::Gone, "{stolen}");
    }
}

async fn two_tabs_may_ask_at_once(database: &Database) {
    let tokens = database.tokens();
    let family = family("A", "1");
    tokens.issue(&family).await.unwrap();
    let (left, right) = (rotate(&family, "1", "left", 100), rotate(&family, "1", "right", 100));
    let both = tokio::join!(tokens.rotate(&left), tokens.rotate(&right));
    assert_eq!((both.0.unwrap(), both.1.unwrap()), (renewed(), renewed()));
}

async fn families_expire_and_are_revoked(database: &Database) {
    let tokens = database.tokens();
    let (first, second, other) = (family("A", "1"), family("A", "2"), family("B", "3"));
    for family in [&first, &second, &other] {
        tokens.issue(family).await.unwrap();
    }
    assert_eq!(tokens.rotate(&rotate(&first, "1", "x", 1_000)).await.unwrap(), Rotation::Gone, "expired");
    tokens.revoke_family(first.family).await.unwrap();
    assert_eq!(tokens.rotate(&rotate(&first, "1", "x", 10)).await.unwrap(), Rotation::Gone);
    assert_eq!(tokens.revoke_all(&employee("A")).await.unwrap(), 1);
    assert_eq!(tokens.rotate(&rotate(&second, "2", "x", 10)).await.unwrap(), Rotation::Gone);
    assert_eq!(tokens.purge_expired(at(999)).await.unwrap(), 0);
    assert_eq!(tokens.purge_expired(at(1_000)).await.unwrap(), 1);
    assert_eq!(tokens.rotate(&rotate(&other, "3", "x", 10)).await.unwrap(), Rotation::Gone);
}

//! Sends screenshots, oldest first, beside the socket. One that the hub will never take is set aside and blocks nothing.

use muster_protocol::ErrorCode;
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::sync::watch;

use super::network::Network;
use super::rest::{RestError, upload};
use crate::clock::Clock;
use crate::core::backoff::Backoff;
use crate::keys::Token;
use crate::spool::{Contents, Spool, StoredShot};

/// What is to be done with a screenshot that was not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    /// It may be stored later.
    Later { retry_after_ms: Option<u64> },
    /// Never.
    Never { reason: String },
}

/// Uploads for one account until dropped. `is_online` says whether the hub is there at all.
pub struct Uploads {
    pub hub: String,
    pub token: Token,
    pub network: Network,
    pub spool: Spool,
    pub clock: Clock,
    pub is_online: watch::Receiver<bool>,
}

impl Uploads {
    /// Runs until the spool is closed.
    pub async fn run(mut self) {
        let mut contents = self.spool.contents();
        let mut backoff = Backoff::default();
        let mut rng = StdRng::from_os_rng();
        while let Some(shot) = self.next(&mut contents).await {
            let Err(verdict) = self.send(&shot).await else {
                backoff = Backoff::default();
                continue;
            };
            let retry_after_ms = match verdict {
                Verdict::Never { reason } => {
                    if self.set_aside(shot, reason).await {
                        continue;
                    }
                    None
                }
                Verdict::Later { retry_after_ms } => retry_after_ms,
            };
            let delay_ms = backoff.next_delay_ms(retry_after_ms, &mut rng);
            self.clock.sleep_until(self.clock.now().mono.plus(delay_ms)).await;
        }
    }

    /// Waits for the hub and for something to send.
    async fn next(&mut self, contents: &mut watch::Receiver<Contents>) -> Option<StoredShot> {
        self.is_online.wait_for(|is_online| *is_online).await.ok()?;
        let waiting = contents.wait_for(|contents| contents.oldest_shot.is_some()).await.ok()?;
        waiting.oldest_shot.clone()
    }

    async fn send(&self, shot: &StoredShot) -> Result<(), Verdict> {
        let jpeg = match std::fs::read(&shot.path) {
            Ok(jpeg) => jpeg,
            Err(error) => return Err(Verdict::Never { reason: format!("its file cannot be read: {error}") }),
        };
        match upload(&self.network, &self.hub, &self.token, shot, jpeg).await {
            Ok(()) => self.forget(shot).await,
            Err(error) => {
                tracing::info!(%error, id = %shot.id, "a screenshot was not stored");
                Err(verdict(&error))
            }
        }
    }

    /// Sent again it would be stored once, so a failure here is only a detour.
    async fn forget(&self, shot: &StoredShot) -> Result<(), Verdict> {
        let forgotten = self.spool.forget_shot(shot.clone()).await;
        forgotten.map_err(|error| {
            tracing::warn!(%error, "an uploaded screenshot could not be removed");
            Verdict::Later { retry_after_ms: None }
        })
    }

    /// Whether it is out of the way.
    async fn set_aside(&self, shot: StoredShot, reason: String) -> bool {
        tracing::warn!(id = %shot.id, %reason, "the hub will never take this screenshot; it is set aside");
        let refused = self.spool.refuse_shot(shot, reason, self.clock.now().wall).await;
        if let Err(error) = &refused {
            tracing::warn!(%error, "a refused screenshot could not be set aside");
        }
        refused.is_ok()
    }
}

/// Only the hub's own word is final: a proxy that answers something else is no reason to lose a picture.
fn verdict(error: &RestError) -> Verdict {
    let RestError::Refused { code: Some(code), message, retry_after_ms, .. } = error else {
        return Verdict::Later { retry_after_ms: error.retry_after_ms() };
    };
    match code {
        // It is the picture.
        ErrorCode::Invalid
        | ErrorCode::Malformed
        | ErrorCode::TooLarge
        | ErrorCode::UnsupportedPicture
        | ErrorCode::Conflict
        | ErrorCode::InTheFuture => Verdict::Never { reason: message.clone() },
        // It is the account, the notice, or the hub: all of them may change.
        _ => Verdict::Later { retry_after_ms: *retry_after_ms },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_hub_says_of_the_picture_itself_is_final() {
        let refused =
            |status, code| RestError::Refused { status, code, message: "because".to_owned(), retry_after_ms: Some(5) };
        let later = Verdict::Later { retry_after_ms: Some(5) };
        let never = Verdict::Never { reason: "because".to_owned() };
        for (error, expected) in [
            (refused(413, Some(ErrorCode::TooLarge)), &never),
            (refused(415, Some(ErrorCode::UnsupportedPicture)), &never),
            (refused(422, Some(ErrorCode::InTheFuture)), &never),
            (refused(409, Some(ErrorCode::Conflict)), &never),
            (refused(401, Some(ErrorCode::Unauthorized)), &later),
            (refused(403, Some(ErrorCode::NoticeNotAcknowledged)), &later),
            (refused(429, Some(ErrorCode::TooMany)), &later),
            (refused(503, Some(ErrorCode::Unavailable)), &later),
            (refused(404, None), &later),
            (refused(413, None), &later),
        ] {
            assert_eq!(&verdict(&error), expected, "{error:?}");
        }
    }
}

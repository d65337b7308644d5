//! How often somebody may try.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use muster_protocol::EmployeeId;

/// Rate limits of the portal door. Keys that have not been used for long are dropped by [`RateLimits::sweep`].
pub struct RateLimits {
    sign_ins_by_address: DefaultKeyedRateLimiter<IpAddr>,
    sign_ins_by_account: DefaultKeyedRateLimiter<String>,
    requests: DefaultKeyedRateLimiter<EmployeeId>,
    screenshot_wishes: DefaultKeyedRateLimiter<EmployeeId>,
    clock: DefaultClock,
}

/// Sign-ins of one address are those of a whole office behind one router.
const ACCOUNTS_PER_ADDRESS: u32 = 30;
/// A page that opens asks for many things at once.
const REQUEST_BURST_SECONDS: u32 = 10;
/// Screenshots that managers may ask of one person besides those that the policy takes.
const SCREENSHOT_WISHES_PER_MINUTE: u32 = 6;

impl RateLimits {
    /// Limits as configured.
    pub fn new(login_attempts_per_minute: u32, requests_per_second: u32) -> Self {
        let sign_ins = positive(login_attempts_per_minute);
        let requests = positive(requests_per_second);
        let burst = positive(requests_per_second.saturating_mul(REQUEST_BURST_SECONDS));
        let by_address = positive(login_attempts_per_minute.saturating_mul(ACCOUNTS_PER_ADDRESS));
        Self {
            sign_ins_by_address: DefaultKeyedRateLimiter::keyed(Quota::per_minute(by_address)),
            sign_ins_by_account: DefaultKeyedRateLimiter::keyed(Quota::per_minute(sign_ins)),
            requests: DefaultKeyedRateLimiter::keyed(Quota::per_second(requests).allow_burst(burst)),
            screenshot_wishes: DefaultKeyedRateLimiter::keyed(Quota::per_minute(positive(
                SCREENSHOT_WISHES_PER_MINUTE,
            ))),
            clock: DefaultClock::default(),
        }
    }

    /// One sign-in to `account` from `address`; otherwise the time after which it may be tried again.
    pub fn sign_in(&self, address: Option<IpAddr>, account: &str) -> Result<(), Duration> {
        if let Some(address) = address {
            self.check(&self.sign_ins_by_address, &address)?;
        }
        self.check(&self.sign_ins_by_account, &account.to_lowercase())
    }

    /// One request of `employee`.
    pub fn request(&self, employee: &EmployeeId) -> Result<(), Duration> {
        self.check(&self.requests, employee)
    }

    /// One more screenshot that somebody wishes of `employee`.
    pub fn screenshot_wish(&self, employee: &EmployeeId) -> Result<(), Duration> {
        self.check(&self.screenshot_wishes, employee)
    }

    /// Forgets who has not come for so long that a limit no longer matters.
    pub fn sweep(&self) {
        self.sign_ins_by_address.retain_recent();
        self.sign_ins_by_account.retain_recent();
        self.requests.retain_recent();
        self.screenshot_wishes.retain_recent();
    }

    fn check<K: Clone + Eq + std::hash::Hash>(
        &self,
        limiter: &DefaultKeyedRateLimiter<K>,
        key: &K,
    ) -> Result<(), Duration> {
        limiter.check_key(key).map_err(|not_until| not_until.wait_time_from(self.clock.now()))
    }
}

fn positive(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_sign_in_within_a_minute_waits() {
        let limits = RateLimits::new(10, 1);
        let tries = (0..11).map(|_| limits.sign_in(None, "Ada@example.org").is_ok()).collect::<Vec<_>>();
        assert_eq!(tries.iter().filter(|ok| **ok).count(), 10);
        assert!(limits.sign_in(None, "ada@EXAMPLE.org").unwrap_err() > Duration::ZERO);
        assert!(limits.sign_in(None, "bob@example.org").is_ok());
    }
}

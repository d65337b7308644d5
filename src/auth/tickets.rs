//! One-time tickets for the portal's socket: a browser cannot send headers with a WebSocket, and a token in a URL ends up
//! in logs.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use muster_domain::MonoMillis;
use muster_protocol::EmployeeId;
use uuid::Uuid;

use super::secrets::random_secret;

/// How long a ticket may lie around.
pub const TICKET_TTL_MS: u64 = 30_000;
/// Tickets that may lie around; more means that somebody collects them.
const TICKETS_MAX: usize = 100_000;

/// Whom a ticket lets in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketHolder {
    pub employee: EmployeeId,
    pub epoch: u32,
    pub family: Uuid,
}

struct Ticket {
    holder: TicketHolder,
    expires: MonoMillis,
}

/// The tickets that are out.
#[derive(Default)]
pub struct Tickets(Mutex<HashMap<String, Ticket>>);

impl Tickets {
    /// A ticket for `holder`; `None` when too many are out.
    pub fn issue(&self, holder: TicketHolder, now: MonoMillis) -> Option<String> {
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tickets.len() >= TICKETS_MAX {
            tickets.retain(|_, ticket| ticket.expires > now);
        }
        if tickets.len() >= TICKETS_MAX {
            return None;
        }
        let text = random_secret();
        tickets.insert(text.clone(), Ticket { holder, expires: now.plus(TICKET_TTL_MS) });
        Some(text)
    }

    /// Takes a ticket: it is gone afterwards, valid or not.
    pub fn redeem(&self, text: &str, now: MonoMillis) -> Option<TicketHolder> {
        let ticket = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(text)?;
        (ticket.expires > now).then_some(ticket.holder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_lets_in_once_and_for_thirty_seconds() {
        let tickets = Tickets::default();
        let holder = TicketHolder { employee: EmployeeId::new("A").unwrap(), epoch: 0, family: Uuid::nil() };
        let first = tickets.issue(holder.clone(), MonoMillis(1)).unwrap();
        assert_eq!(tickets.redeem(&first, MonoMillis(2)), Some(holder.clone()));
        assert_eq!(tickets.redeem(&first, MonoMillis(3)), None);
        let second = tickets.issue(holder, MonoMillis(1)).unwrap();
        assert_eq!(tickets.redeem(&second, MonoMillis(1 + TICKET_TTL_MS)), None);
    }
}

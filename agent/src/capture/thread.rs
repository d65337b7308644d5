//! The thread: reports the displays. What it cannot capture it says.

use std::io;
use std::sync::mpsc::{SyncSender, sync_channel};

use tokio::sync::mpsc;

use super::{Order, Report};
use crate::clock::Clock;
use crate::platform::{CaptureError, Screens};

const ORDERS_MAX: usize = 64;
const REPORTS_MAX: usize = 16;

/// Gives orders. The thread ends when this is dropped.
#[derive(Debug)]
pub struct Orders(SyncSender<Order>);

impl Orders {
    /// Gives an order.
    pub fn give(&self, order: Order) {
        if self.0.try_send(order).is_err() {
            tracing::warn!("the capture thread does not keep up");
        }
    }
}

/// Starts the thread. It ends when either end is dropped.
pub fn spawn(mut screens: Box<dyn Screens>, _clock: Clock) -> io::Result<(Orders, mpsc::Receiver<Report>)> {
    let (orders, inbox) = sync_channel(ORDERS_MAX);
    let (reports, reader) = mpsc::channel(REPORTS_MAX);
    let run = move || {
        let mut report = Some(Report::Displays(screens.displays().unwrap_or_default()));
        loop {
            if let Some(report) = report.take()
                && reports.blocking_send(report).is_err()
            {
                return;
            }
            report = match inbox.recv() {
                Ok(Order::Displays) => Some(Report::Displays(screens.displays().unwrap_or_default())),
                Ok(Order::Screenshot { .. } | Order::Watch(_)) => {
                    let reason = CaptureError::Unsupported("this build captures nothing".to_owned());
                    Some(Report::Failed { reason })
                }
                Ok(_) => None,
                Err(_) => return,
            };
        }
    };
    std::thread::Builder::new().name("capture".to_owned()).spawn(run)?;
    Ok((Orders(orders), reader))
}

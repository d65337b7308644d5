//! `seed`: a hub with a past. People, teams and devices over REST, then months of work as spools that were offline.
//!
//! What happened is decided in [`crate::history`]; here it is only delivered, by the doors that everybody uses. Start
//! reading at [`run_seed`].

mod backlog;
mod delivery;
mod notice;
mod pictures;
mod report;
mod staff;

use futures_util::{StreamExt, TryStreamExt};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use muster_protocol::UtcMillis;

use self::delivery::{Delivered, Delivery};
pub use self::report::{SeedReport, SignIn};
use self::staff::{Member, Staff};
use super::crew::SignInConfig;
use crate::client::{NewCorrection, RestClient};
use crate::clock::Clock;
use crate::desktop::Painter;
use crate::error::LoadtestError;
use crate::history::{CorrectedKind, correction_id};
use crate::report::Progress;

/// Spools that are delivered at once. Each waits for its own commits, so several keep the hub's journal busy.
const DELIVERIES_AT_ONCE: usize = 8;
/// Pictures that are drawn and uploaded at once.
const UPLOADS_AT_ONCE: usize = 4;

/// What past a hub gets.
#[derive(Clone, Debug)]
pub struct SeedConfig {
    pub sign_in: SignInConfig,
    pub employees: usize,
    /// Calendar days up to and with the last one.
    pub days: u32,
    /// The last day, in the organization's zone; today, as far as it has gone, when there is none or it is not over.
    pub until: Option<Date>,
    /// Pictures are taken on the last so many days that somebody worked.
    pub screenshot_days: usize,
    /// So many of the people have pictures: each picture has to be drawn, and decoded by the hub.
    pub screenshots_of: usize,
    /// Begins the employee ids. The same prefix uses the same people again.
    pub prefix: String,
    /// Same seed, same story.
    pub seed: u64,
}

/// Gives a hub its past, and says what there is now.
pub async fn run_seed(config: SeedConfig) -> Result<SeedReport, LoadtestError> {
    let clock = Clock::start();
    let started_ms = clock.mono_ms();
    let staff = Staff::hire(&config).await?;
    let last_day = config.until.map_or(UtcMillis(i64::MAX), |date| end_of(date, &staff.zone));
    let telling = Telling { config: &config, staff: &staff, clock, until: last_day.min(clock.utc()) };
    let delivered = telling.deliver().await?;
    let corrections = telling.correct().await?;
    let (screenshots, screenshot_bytes) = telling.upload(&delivered).await?;
    let mut report = SeedReport {
        organization: staff.organization.clone(),
        teams: staff.teams,
        employees: config.employees,
        days: config.days,
        shifts: 0,
        events: 0,
        refused: 0,
        refusal: None,
        acknowledgements: 0,
        corrections,
        screenshots,
        screenshot_bytes,
        seconds: (clock.mono_ms() - started_ms) as f64 / 1000.0,
        sign_ins: staff.sign_ins.clone(),
        password: staff.password.clone(),
    };
    delivered.iter().for_each(|one| report.count(one));
    Ok(report)
}

/// When the day after `date` begins; never, for a date at which calendars end.
fn end_of(date: Date, zone: &TimeZone) -> UtcMillis {
    let next = date.tomorrow().and_then(|next| next.to_zoned(zone.clone()));
    UtcMillis(next.map_or(i64::MAX, |next| next.timestamp().as_millisecond()))
}

/// Everything that is needed to tell the hub what happened.
struct Telling<'a> {
    config: &'a SeedConfig,
    staff: &'a Staff,
    clock: Clock,
    /// Nothing is told of later.
    until: UtcMillis,
}

impl Telling<'_> {
    /// Delivers everybody's spool; the answers are in the order of the people.
    async fn deliver(&self) -> Result<Vec<Delivered>, LoadtestError> {
        let mut progress = Progress::start("people", self.config.employees as u64, self.clock);
        let deliveries = self.staff.members.iter().map(|member| {
            let delivery = Delivery {
                clock: self.clock,
                agent_url: &self.staff.agent_url,
                days: self.config.days,
                until: self.until,
            };
            delivery.of(member)
        });
        let mut under_way = futures_util::stream::iter(deliveries).buffered(DELIVERIES_AT_ONCE);
        let mut delivered = Vec::with_capacity(self.config.employees);
        let mut events = 0;
        while let Some(one) = under_way.try_next().await? {
            events += one.events;
            delivered.push(one);
            progress.set(delivered.len() as u64, &format!("{events} events"));
        }
        progress.finish(&format!("{events} events"));
        Ok(delivered)
    }

    /// Puts right what people put right; returns how much.
    async fn correct(&self) -> Result<u64, LoadtestError> {
        let of_member = |member: &Member| {
            let days = member.worker.days(self.until, self.config.days).filter(|day| day.is_over(self.until));
            let corrections = days.filter_map(|day| member.worker.correction(&day));
            let named = corrections.map(|correction| NewCorrection {
                id: correction_id(&member.worker, correction.from),
                employee_id: member.identity.employee.clone(),
                from: correction.from,
                to: correction.to,
                kind: match correction.kind {
                    CorrectedKind::Active => "active",
                    CorrectedKind::Break => "break",
                },
                reason: correction.reason,
            });
            named.collect::<Vec<_>>()
        };
        let corrections: Vec<NewCorrection> = self.staff.members.iter().flat_map(of_member).collect();
        let mut progress = Progress::start("corrections", corrections.len() as u64, self.clock);
        for (done, correction) in (1..).zip(&corrections) {
            self.staff.rest.add_correction(correction).await?;
            progress.set(done, "");
        }
        progress.finish("");
        Ok(corrections.len() as u64)
    }

    /// Draws and uploads the pictures of the last days. Returns how many, and their bytes.
    async fn upload(&self, delivered: &[Delivered]) -> Result<(u64, u64), LoadtestError> {
        let rest = RestClient::new(&self.config.sign_in.portal_url)?;
        let painter = Painter::new(UPLOADS_AT_ONCE);
        let people = self.staff.members.iter().zip(delivered).take(self.config.screenshots_of);
        let shots: Vec<_> = people
            .flat_map(|(member, delivered)| {
                let moments = pictures::moments_of(member, delivered, self.config, self.until);
                moments.into_iter().map(move |at| (member, delivered, at))
            })
            .collect();
        let mut progress = Progress::start("screenshots", shots.len() as u64, self.clock);
        let uploads =
            shots.into_iter().map(|(member, delivered, at)| pictures::upload(member, delivered, at, &painter, &rest));
        let mut under_way = futures_util::stream::iter(uploads).buffer_unordered(UPLOADS_AT_ONCE);
        let (mut count, mut bytes) = (0, 0);
        while let Some(size) = under_way.try_next().await? {
            count += 1;
            bytes += size as u64;
            progress.set(count, "");
        }
        progress.finish("");
        Ok((count, bytes))
    }
}

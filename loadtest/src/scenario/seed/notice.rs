//! What the organization tells its people before anything is captured, and who has not read it yet.

/// Published when the organization has none.
pub(super) const NOTICE: &str = "\
What is recorded, and what for\n\n\
While you are punched in, the agent on your computer records when you work, when there is no input, and your breaks. \
It takes a screenshot from time to time, never during a break or while you are away from the keyboard. Your manager may \
look at your screen while you work; you are shown who looks, while they do and afterwards.\n\n\
The hours serve payroll and planning, the pictures support and quality. Screenshots are deleted after 90 days, hours \
after 400. You see everything that is recorded about you on your own page, and may ask for corrections there.\n";

/// One of so many people has not acknowledged it yet.
const UNREAD_BY_ONE_OF: usize = 24;

/// Whether the person at `index` has read the notice.
pub(super) const fn is_read_by(index: usize) -> bool {
    index % UNREAD_BY_ONE_OF != UNREAD_BY_ONE_OF - 1
}

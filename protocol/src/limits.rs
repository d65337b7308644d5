//! The bound of everything that comes in. A list, text or picture without an entry here does not exist on the wire.

/// An employee id, in bytes (it is ASCII).
pub const EMPLOYEE_ID_CHARS_MAX: usize = 64;
/// A name of a person, team, device or organization, in characters.
pub const NAME_CHARS_MAX: usize = 200;
/// An e-mail address, in bytes (RFC 5321, 4.5.3.1).
pub const EMAIL_BYTES_MAX: usize = 254;
/// A reason, comment or free text that a person writes, in characters.
pub const TEXT_CHARS_MAX: usize = 2_000;
/// The body of a notice, in characters.
pub const NOTICE_CHARS_MAX: usize = 50_000;
/// One text message from an agent, in bytes: a full `events` batch fits four times.
pub const AGENT_TEXT_BYTES_MAX: usize = 64 * 1024;
/// One binary message from an agent: a whole picture and its header.
pub const AGENT_FRAME_BYTES_MAX: usize = 1024 * 1024;
/// What an agent may send before `hello`, in bytes.
pub const UNAUTHENTICATED_BYTES_MAX: usize = 4 * 1024;
/// One message from a portal, in bytes. Browsers only send subscriptions and acknowledgements.
pub const PORTAL_TEXT_BYTES_MAX: usize = 16 * 1024;
/// Durable events in one `events` message.
pub const EVENTS_PER_MESSAGE_MAX: usize = 256;
/// Displays that one agent may announce.
pub const DISPLAYS_MAX: usize = 8;
/// The highest number of a display's track.
pub const TRACK_MAX: u32 = 255;
/// Tracks that one viewer may watch at once.
pub const WATCHED_TRACKS_MAX: usize = 128;
/// The width of a picture of the wall tier, in pixels.
pub const WALL_WIDTH_MAX: u16 = 480;
/// The height of a picture of the wall tier, in pixels: a display on its side.
pub const WALL_HEIGHT_MAX: u16 = 1024;
/// One picture of the wall tier, in bytes.
pub const WALL_PICTURE_BYTES_MAX: usize = 128 * 1024;
/// The width of a picture of the focus tier, in pixels.
pub const FOCUS_WIDTH_MAX: u16 = 1920;
/// The height of a picture of the focus tier, in pixels.
pub const FOCUS_HEIGHT_MAX: u16 = 4096;
/// The side of a tile of the focus tier, in pixels; tiles at the right and lower edge are smaller.
pub const TILE_SIDE: u16 = 256;
/// One binary message to a portal carries at most so many bytes of a picture, so that control gets through in between.
pub const MEDIA_PART_BYTES_MAX: usize = 32 * 1024;
/// A screenshot upload, in bytes.
pub const SCREENSHOT_BYTES_MAX: usize = 8 * 1024 * 1024;
/// The longer side of any picture, in pixels.
pub const PICTURE_SIDE_MAX: u32 = 8192;
/// Capture interval, in minutes.
pub const CAPTURE_INTERVAL_MINUTES: std::ops::RangeInclusive<u8> = 2..=20;
/// How far ahead of the hub's clock an event may claim to be: 5 minutes. Later ones are refused, not corrected.
pub const FUTURE_SKEW_MS_MAX: i64 = 5 * 60 * 1000;
/// A JSON body of the REST interface, in bytes.
pub const JSON_BODY_BYTES_MAX: usize = 256 * 1024;
/// Rows on one page of a list.
pub const PAGE_ROWS_MAX: usize = 500;

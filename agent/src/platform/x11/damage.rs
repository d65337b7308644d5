//! What was drawn since it was asked last: XDamage on the root window, which hears of everything in it.

use x11rb::connection::Connection as _;
use x11rb::protocol::damage::{self, ConnectionExt as _, ReportLevel};
use x11rb::protocol::xfixes::{self, ConnectionExt as _};
use x11rb::protocol::xproto::Rectangle;

use super::connection::{Link, X11Error};

/// Watches the root window. It costs the server a little, so it exists only while somebody looks.
#[derive(Debug)]
pub(super) struct DamageWatch {
    damage: damage::Damage,
    /// The server writes into it what was drawn.
    region: xfixes::Region,
}

impl DamageWatch {
    /// `None` when the server lacks the extension: then nobody knows what was drawn.
    pub fn new(link: &Link) -> Result<Option<Self>, X11Error> {
        if !link.has(damage::X11_EXTENSION_NAME)? {
            return Ok(None);
        }
        link.wire.damage_query_version(1, 1)?.reply()?;
        let (damage, region) = (link.wire.generate_id()?, link.wire.generate_id()?);
        link.wire.xfixes_create_region(region, &[])?.check()?;
        link.wire.damage_create(damage, link.root(), ReportLevel::NON_EMPTY)?.check()?;
        Ok(Some(Self { damage, region }))
    }

    /// What was drawn since the last call, after an event said that something was. Asks for the next event.
    pub fn take(&self, link: &Link) -> Result<Vec<Rectangle>, X11Error> {
        link.wire.damage_subtract(self.damage, x11rb::NONE, self.region)?;
        Ok(link.wire.xfixes_fetch_region(self.region)?.reply()?.rectangles)
    }

    /// Ends it. A connection that broke has ended it already.
    pub fn end(self, link: &Link) {
        let _ = link.wire.damage_destroy(self.damage);
        let _ = link.wire.xfixes_destroy_region(self.region);
        let _ = link.wire.flush();
    }
}

//! Linux: a StatusNotifierItem over D-Bus. Says whether anything shows it, which plain GNOME does not.

use ksni::TrayMethods;
use ksni::menu::{MenuItem, StandardItem};
use tokio::sync::watch;

use super::{Entry, Events, Face, Mark, Teller, Wish, draw};

/// Panels ask for 22 to 48 pixels and scale what is nearest.
const SIZES: [u16; 3] = [22, 32, 48];

/// The icon. Goes away when dropped.
pub struct Tray {
    faces: watch::Sender<Face>,
}

impl Tray {
    /// Puts the icon there. Must be called within a runtime; talks to the bus beside it.
    #[must_use]
    pub fn start(face: Face) -> (Self, Events) {
        let (teller, events) = super::channels();
        let (faces, shown) = watch::channel(face);
        tokio::spawn(serve(shown, teller));
        (Self { faces }, events)
    }

    /// Shows `face`, if it is another one.
    pub fn show(&mut self, face: Face) {
        self.faces.send_if_modified(|shown| {
            let is_new = *shown != face;
            *shown = face;
            is_new
        });
    }
}

/// Lives as long as the `Tray`. Without a bus there is no tray, and that is said.
async fn serve(mut faces: watch::Receiver<Face>, teller: Teller) {
    let face = faces.borrow_and_update().clone();
    let item = Item { face, teller: teller.clone() };
    let handle = match item.assume_sni_available(true).spawn().await {
        Ok(handle) => handle,
        Err(error) => {
            tracing::info!(%error, "this desktop has no tray");
            teller.tell_host(false);
            return;
        }
    };
    if teller.host.borrow().is_none() {
        teller.tell_host(true);
    }
    while faces.changed().await.is_ok() {
        let face = faces.borrow_and_update().clone();
        if handle.update(|item| item.face = face).await.is_none() {
            teller.tell_host(false);
            return;
        }
    }
    handle.shutdown().await;
}

struct Item {
    face: Face,
    teller: Teller,
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "muster-agent".to_owned()
    }

    fn title(&self) -> String {
        "Muster".to_owned()
    }

    /// Panels that hide quiet icons show one that needs attention.
    fn status(&self) -> ksni::Status {
        match self.face.mark {
            Mark::Watched | Mark::Trouble => ksni::Status::NeedsAttention,
            Mark::On | Mark::Off => ksni::Status::Active,
        }
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        pixmaps(self.face.mark)
    }

    fn attention_icon_pixmap(&self) -> Vec<ksni::Icon> {
        pixmaps(self.face.mark)
    }

    fn tool_tip(&self) -> ksni::ToolTip {
        let (title, description) = self.face.tooltip.split_once('\n').unwrap_or((&self.face.tooltip, ""));
        ksni::ToolTip { title: title.to_owned(), description: description.to_owned(), ..ksni::ToolTip::default() }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        self.teller.tell_wish(Wish::Show);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        self.face.entries.iter().map(item_of).collect()
    }

    fn watcher_online(&self) {
        self.teller.tell_host(true);
    }

    /// Waits for one to appear: panels are started and restarted.
    fn watcher_offline(&self, _reason: ksni::OfflineReason) -> bool {
        self.teller.tell_host(false);
        true
    }
}

fn item_of(entry: &Entry) -> MenuItem<Item> {
    let wish = entry.wish.clone();
    let enabled = wish.is_some();
    let activate: Box<dyn Fn(&mut Item) + Send> = Box::new(move |item| {
        if let Some(wish) = wish.clone() {
            item.teller.tell_wish(wish);
        }
    });
    // An underscore would underline the next letter.
    let label = entry.label.replace('_', "__");
    StandardItem { label, enabled, activate, ..StandardItem::default() }.into()
}

/// Alpha first, as the specification wants it.
fn pixmaps(mark: Mark) -> Vec<ksni::Icon> {
    SIZES
        .into_iter()
        .map(|size| {
            let mut data = draw(mark, size);
            for pixel in data.chunks_exact_mut(4) {
                pixel.rotate_right(1);
            }
            ksni::Icon { width: i32::from(size), height: i32::from(size), data }
        })
        .collect()
}

//! Windows and macOS: both always have a place for icons. Created on the main thread, once the event loop runs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tray_icon::menu::{Menu, MenuEvent, MenuId, MenuItem};
use tray_icon::{Icon, MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};

use super::{Events, Face, Mark, Wish, draw};

const SIZE: u16 = 32;

/// What each line of the menu that is shown asks for.
type Wishes = Arc<Mutex<HashMap<MenuId, Wish>>>;

/// The icon. Goes away when dropped.
pub struct Tray {
    icon: Option<TrayIcon>,
    face: Face,
    wishes: Wishes,
}

impl Tray {
    /// Puts the icon there. Must be called on the main thread.
    #[must_use]
    pub fn start(face: Face) -> (Self, Events) {
        let (teller, events) = super::channels();
        let wishes = Wishes::default();
        let menu = menu(&face, &wishes);
        let built = TrayIconBuilder::new()
            .with_tooltip(&face.tooltip)
            .with_icon_of(face.mark)
            .with_menu(Box::new(menu))
            .with_menu_on_left_click(false)
            .build();
        let icon = built.inspect_err(|error| tracing::warn!(%error, "there is no tray icon")).ok();
        teller.tell_host(icon.is_some());
        let clicked = teller.clone();
        let asked = Arc::clone(&wishes);
        MenuEvent::set_event_handler(Some(move |event: MenuEvent| {
            let wish = asked.lock().unwrap_or_else(PoisonError::into_inner).get(&event.id).cloned();
            if let Some(wish) = wish {
                teller.tell_wish(wish);
            }
        }));
        TrayIconEvent::set_event_handler(Some(move |event: TrayIconEvent| {
            let left_up = (MouseButton::Left, MouseButtonState::Up);
            if matches!(event, TrayIconEvent::Click { button, button_state, .. } if (button, button_state) == left_up) {
                clicked.tell_wish(Wish::Show);
            }
        }));
        (Self { icon, face, wishes }, events)
    }

    /// Shows `face`, if it is another one.
    pub fn show(&mut self, face: Face) {
        if face == self.face {
            return;
        }
        if let Some(icon) = &self.icon {
            let shown = icon.set_icon(icon_of(face.mark)).and_then(|()| icon.set_tooltip(Some(&face.tooltip)));
            if let Err(error) = shown {
                tracing::warn!(%error, "the tray icon cannot be changed");
            }
            if face.entries != self.face.entries {
                icon.set_menu(Some(Box::new(menu(&face, &self.wishes))));
            }
        }
        self.face = face;
    }
}

trait WithIconOf {
    fn with_icon_of(self, mark: Mark) -> Self;
}

impl WithIconOf for TrayIconBuilder {
    fn with_icon_of(self, mark: Mark) -> Self {
        match icon_of(mark) {
            Some(icon) => self.with_icon(icon),
            None => self,
        }
    }
}

fn icon_of(mark: Mark) -> Option<Icon> {
    Icon::from_rgba(draw(mark, SIZE), u32::from(SIZE), u32::from(SIZE)).ok()
}

fn menu(face: &Face, wishes: &Wishes) -> Menu {
    let menu = Menu::new();
    let mut asked = wishes.lock().unwrap_or_else(PoisonError::into_inner);
    asked.clear();
    for entry in &face.entries {
        let item = MenuItem::new(&entry.label, entry.wish.is_some(), None);
        if let Some(wish) = &entry.wish {
            asked.insert(item.id().clone(), wish.clone());
        }
        if let Err(error) = menu.append(&item) {
            tracing::warn!(%error, "a line of the tray menu is missing");
        }
    }
    menu
}

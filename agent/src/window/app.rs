//! The shell: one window that opens and closes, the tray, and the streams that feed [`Model`].

use std::sync::Arc;
use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};
use iced::{Element, Size, Subscription, Task, Theme, window};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{Notify, mpsc, watch};

use super::bridge::Bridge;
use super::look::{FONTS, NORMAL, REGULAR};
use super::model::{AGENT_IS_BUSY, Effect, Message, Model};
use super::tray::{self, Mark, Tray, Wish};
use super::{plain, view};
use crate::core::{Command, Status};

const SIZE: Size = Size::new(380.0, 600.0);
const SIZE_MIN: Size = Size::new(340.0, 460.0);
const ICON_SIZE: u16 = 64;

/// The agent says goodbye to the hub before it ends. Whoever asked it to quit does not wait longer than this.
const GOODBYE_MAX: Duration = Duration::from_secs(5);

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
#[error("the window cannot be shown: {0}")]
pub struct WindowError(#[from] iced::Error);

/// Shows the window and the tray icon until the agent ends. Must be called on the main thread, after
/// [`display_problem`](super::display_problem) had none.
pub fn run(bridge: Bridge) -> Result<(), WindowError> {
    let settings = iced::Settings {
        id: Some("muster-agent".to_owned()),
        fonts: FONTS.into_iter().map(Into::into).collect(),
        default_font: REGULAR,
        default_text_size: NORMAL.into(),
        antialiasing: false,
        ..iced::Settings::default()
    };
    iced::daemon(move || App::boot(bridge.clone()), App::update, App::view)
        .title(App::title)
        .theme(|app: &App, _: window::Id| app.theme.clone())
        .subscription(App::subscription)
        .settings(settings)
        .run()?;
    Ok(())
}

/// What the toolkit tells the shell.
#[derive(Clone, Debug)]
enum Event {
    Window(Message),
    Second,
    Closed(window::Id),
    Done,
}

struct App {
    model: Model,
    bridge: Bridge,
    theme: Theme,
    tray: Tray,
    window: Option<window::Id>,
}

impl App {
    fn boot(bridge: Bridge) -> (Self, Task<Event>) {
        let status = Arc::clone(&bridge.status.borrow());
        let (tray, events) = Tray::start(tray::face(&status));
        let model = Model::new(status, (bridge.now)(), bridge.zone.clone());
        let theme = model.colors.theme();
        let mode = bridge.mode.map_or_else(iced::system::theme, Task::done);
        let feeds = Task::batch([
            Task::run(changes(bridge.status.clone()), Event::Window),
            Task::run(hosting(events.host), |has_tray| Event::Window(Message::Tray(has_tray))),
            Task::run(wishes(events.wishes), |wish| Event::Window(wish.into())),
            Task::run(calls(Arc::clone(&bridge.raise)), Event::Window),
            mode.map(|mode| Event::Window(Message::Mode(mode))),
        ]);
        let mut app = Self { model, bridge, theme, tray, window: None };
        let opening = if app.bridge.starts_hidden { Task::none() } else { app.raise() };
        (app, Task::batch([feeds, opening]))
    }

    fn update(&mut self, event: Event) -> Task<Event> {
        self.model.now = (self.bridge.now)();
        let message = match event {
            Event::Window(message) => message,
            Event::Second => Message::Tick(self.model.now),
            Event::Closed(id) => {
                self.window = self.window.filter(|open| *open != id);
                return Task::none();
            }
            Event::Done => return Task::none(),
        };
        let effects = self.model.apply(message);
        if self.theme.palette() != self.model.colors.theme().palette() {
            self.theme = self.model.colors.theme();
        }
        self.tray.show(tray::face(&self.model.status));
        let mut tasks: Vec<_> = effects.into_iter().map(|effect| self.carry_out(effect)).collect();
        if self.window.is_none() && self.model.has_tray == Some(false) {
            tasks.push(self.raise());
        }
        Task::batch(tasks)
    }

    fn carry_out(&mut self, effect: Effect) -> Task<Event> {
        match effect {
            Effect::Send(command) => self.send(command),
            Effect::Raise => self.raise(),
            Effect::Hide => self.window.take().map_or_else(Task::none, window::close),
            Effect::Minimize => self.window.map_or_else(Task::none, |id| window::minimize(id, true)),
            Effect::Exit => iced::exit(),
        }
    }

    fn send(&mut self, command: Command) -> Task<Event> {
        let is_last = command == Command::Quit;
        match self.bridge.commands.try_send(command) {
            Ok(()) if is_last => Task::perform(tokio::time::sleep(GOODBYE_MAX), |()| Event::Window(Message::Ended)),
            Ok(()) => Task::none(),
            Err(TrySendError::Full(_)) => {
                self.model.hint = Some(AGENT_IS_BUSY);
                self.model.is_leaving = false;
                Task::none()
            }
            Err(TrySendError::Closed(_)) => iced::exit(),
        }
    }

    /// Opens the window, or brings the open one to the front.
    fn raise(&mut self) -> Task<Event> {
        if let Some(id) = self.window {
            return Task::batch([window::minimize(id, false), window::gain_focus(id)]);
        }
        let size = u32::from(ICON_SIZE);
        let settings = window::Settings {
            size: SIZE,
            min_size: Some(SIZE_MIN),
            icon: window::icon::from_rgba(tray::draw(Mark::On, ICON_SIZE), size, size).ok(),
            exit_on_close_request: false,
            #[cfg(target_os = "linux")]
            platform_specific: window::settings::PlatformSpecific {
                application_id: "muster-agent".to_owned(),
                ..window::settings::PlatformSpecific::default()
            },
            ..window::Settings::default()
        };
        let (id, opened) = window::open(settings);
        self.window = Some(id);
        opened.map(|_| Event::Done)
    }

    fn view(&self, _window: window::Id) -> Element<'_, Event> {
        view(&self.model).map(Event::Window)
    }

    /// Task bars show it: who watches is said there too.
    fn title(&self, _window: window::Id) -> String {
        let status = &self.model.status;
        if status.watchers.is_empty() {
            "Muster".to_owned()
        } else {
            format!("{} – Muster", plain::watching(&status.watchers))
        }
    }

    fn subscription(&self) -> Subscription<Event> {
        let mut all = vec![
            window::close_requests().map(|_| Event::Window(Message::Close)),
            window::close_events().map(Event::Closed),
        ];
        if self.bridge.mode.is_none() {
            all.push(iced::system::theme_changes().map(|mode| Event::Window(Message::Mode(mode))));
        }
        if self.window.is_some() && self.model.runs() {
            all.push(iced::time::every(Duration::from_secs(1)).map(|_| Event::Second));
        }
        Subscription::batch(all)
    }
}

/// Every status that is new, and the end when there will be none.
fn changes(status: watch::Receiver<Arc<Status>>) -> impl Stream<Item = Message> {
    let statuses = stream::unfold(status, async |mut status| {
        status.changed().await.ok()?;
        let newest = Arc::clone(&status.borrow_and_update());
        Some((Message::Changed(newest), status))
    });
    statuses.chain(stream::once(async { Message::Ended }))
}

/// Whether the tray is shown, whenever that is learnt.
fn hosting(host: watch::Receiver<Option<bool>>) -> impl Stream<Item = bool> {
    stream::unfold((host, None), async |(mut host, said)| {
        let answer = *host.wait_for(|answer| answer.is_some() && *answer != said).await.ok()?;
        Some((answer?, (host, answer)))
    })
}

fn wishes(wishes: mpsc::Receiver<Wish>) -> impl Stream<Item = Wish> {
    stream::unfold(wishes, async |mut wishes| Some((wishes.recv().await?, wishes)))
}

/// Each time somebody starts the program again.
fn calls(raise: Arc<Notify>) -> impl Stream<Item = Message> {
    stream::unfold(raise, async |raise| {
        raise.notified().await;
        Some((Message::Show, raise))
    })
}

//! The protocol on the wire, against the few words of a compositor that matter here. By hand it was tried with KWin 5.27.

use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::thread;

use super::*;

/// Objects and opcodes, as the protocols number them.
const DISPLAY: u32 = 1;
const SYNC: u32 = 0;
const GET_REGISTRY: u32 = 1;
const BIND: u32 = 0;
const GLOBAL: u32 = 0;
const DONE: u32 = 0;
const GET_IDLE_NOTIFICATION: u32 = 1;
const GET_INPUT_IDLE_NOTIFICATION: u32 = 2;
const IDLED: u32 = 0;
const RESUMED: u32 = 1;

const SEAT: &str = "wl_seat";
const NOTIFIER: &str = "ext_idle_notifier_v1";

/// The compositor's side of one connection.
struct Compositor {
    socket: UnixStream,
    registry: u32,
    notifier: u32,
    /// The last request for notifications: its opcode, the object, and after how many milliseconds.
    asked: Option<(u32, u32, u32)>,
}

impl Compositor {
    /// Offers `globals` to the first program that connects, and answers until it has asked to be notified, or until it goes.
    fn serve(listener: &UnixListener, globals: &[(&str, u32)]) -> Self {
        let (socket, _) = listener.accept().unwrap();
        let mut compositor = Self { socket, registry: 0, notifier: 0, asked: None };
        while compositor.asked.is_none() {
            let Some((object, opcode, words)) = compositor.request() else { break };
            match (object, opcode) {
                (DISPLAY, SYNC) => compositor.say(words[0], DONE, &[0]),
                (DISPLAY, GET_REGISTRY) => compositor.offer(words[0], globals),
                (object, BIND) if object == compositor.registry && globals[words[0] as usize].0 == NOTIFIER => {
                    compositor.notifier = *words.last().unwrap();
                }
                (object, opcode) if object == compositor.notifier => {
                    compositor.asked = Some((opcode, words[0], words[1]));
                }
                _ => {}
            }
        }
        compositor
    }

    fn request(&mut self) -> Option<(u32, u32, Vec<u32>)> {
        let object = self.word()?;
        let head = self.word()?;
        let words = (0..head / 0x4_0000 - 2).map(|_| self.word()).collect::<Option<Vec<_>>>()?;
        Some((object, head & 0xffff, words))
    }

    fn word(&mut self) -> Option<u32> {
        let mut word = [0; 4];
        self.socket.read_exact(&mut word).ok().map(|()| u32::from_ne_bytes(word))
    }

    fn say(&mut self, object: u32, opcode: u32, words: &[u32]) {
        let size = 8 + 4 * words.len() as u32;
        let message = [&[object, size << 16 | opcode], words].concat();
        self.socket.write_all(&message.iter().flat_map(|word| word.to_ne_bytes()).collect::<Vec<_>>()).unwrap();
    }

    fn offer(&mut self, registry: u32, globals: &[(&str, u32)]) {
        self.registry = registry;
        for (number, (interface, version)) in globals.iter().enumerate() {
            let mut text = interface.as_bytes().to_vec();
            text.push(0);
            let mut words = vec![number as u32, text.len() as u32];
            text.resize(text.len().next_multiple_of(4), 0);
            words.extend(text.chunks_exact(4).map(|four| u32::from_ne_bytes(four.try_into().unwrap())));
            words.push(*version);
            self.say(registry, GLOBAL, &words);
        }
    }

    fn notify(&mut self, opcode: u32) {
        let (_, notification, _) = self.asked.unwrap();
        self.say(notification, opcode, &[]);
    }
}

/// A watch on a compositor that has `globals`.
fn open(folder: &Path, globals: &'static [(&'static str, u32)]) -> (Option<IdleWatch>, Compositor) {
    let path = folder.join("wayland-0");
    let listener = UnixListener::bind(&path).unwrap();
    let serving = thread::spawn(move || Compositor::serve(&listener, globals));
    let watch = IdleWatch::open(path.to_str().unwrap()).unwrap();
    (watch, serving.join().unwrap())
}

fn until(is_true: impl Fn() -> bool) {
    let clock = Clock::start();
    while !is_true() {
        assert!(clock.mono_ms() < 30_000, "not within half a minute");
        thread::yield_now();
    }
}

#[test]
fn the_last_input_was_a_second_before_the_compositor_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (watch, mut compositor) = open(folder.path(), &[(SEAT, 7), (NOTIFIER, 1)]);
    let watch = watch.unwrap();
    assert!(matches!(compositor.asked, Some((GET_IDLE_NOTIFICATION, _, TOLD_AFTER_MS))));
    assert_eq!(watch.idle_ms(), Some(0));
    compositor.notify(IDLED);
    until(|| watch.idle_ms().unwrap() >= 1_000);
    compositor.notify(RESUMED);
    until(|| watch.idle_ms() == Some(0));
    drop(compositor);
    until(|| watch.idle_ms().is_none());
}

#[test]
fn a_newer_compositor_is_asked_for_input_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (_watch, compositor) = open(folder.path(), &[(NOTIFIER, 3), (SEAT, 7)]);
    assert!(matches!(compositor.asked, Some((GET_INPUT_IDLE_NOTIFICATION, _, TOLD_AFTER_MS))));
}

#[test]
fn a_compositor_that_does_not_tell_is_not_asked() {
    let folder = tempfile::tempdir().unwrap();
    let (watch, compositor) = open(folder.path(), &[(SEAT, 7)]);
    assert!(watch.is_none() && compositor.asked.is_none());
}

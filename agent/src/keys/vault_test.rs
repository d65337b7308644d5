use std::sync::mpsc::{Receiver, SyncSender};

use super::*;

/// What the vault holds, for the test to look at from outside.
type Held = Arc<Mutex<Option<String>>>;

/// A vault that holds, refuses, or waits until the test lets it go.
struct FakeVault {
    held: Held,
    refusal: Option<&'static str>,
    gate: Option<Receiver<()>>,
}

impl FakeVault {
    fn answer<T>(&mut self, with: impl FnOnce(&mut Option<String>) -> T) -> Result<T, String> {
        if let Some(gate) = &self.gate {
            let _ = gate.recv();
        }
        match self.refusal {
            Some(reason) => Err(reason.to_owned()),
            None => Ok(with(&mut self.held.lock().unwrap())),
        }
    }
}

impl Vault for FakeVault {
    fn get(&mut self) -> Result<Option<String>, String> {
        self.answer(|held| held.clone())
    }

    fn set(&mut self, secret: &str) -> Result<(), String> {
        self.answer(|held| *held = Some(secret.to_owned()))
    }

    fn delete(&mut self) -> Result<(), String> {
        self.answer(|held| *held = None)
    }
}

struct Desk {
    folder: tempfile::TempDir,
    held: Held,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), held: Held::default() }
    }

    fn keys(&self) -> VaultKeys<FakeVault> {
        let vault = FakeVault { held: Arc::clone(&self.held), refusal: None, gate: None };
        VaultKeys::new(vault, self.file())
    }

    fn keys_that_refuse(&self) -> VaultKeys<FakeVault> {
        let vault = FakeVault { held: Arc::clone(&self.held), refusal: Some("no bus"), gate: None };
        VaultKeys::new(vault, self.file())
    }

    /// The vault answers nothing until the returned end is dropped.
    fn keys_that_hang(&self) -> (VaultKeys<FakeVault>, SyncSender<()>) {
        let (open, gate) = sync_channel(0);
        let vault = FakeVault { held: Arc::clone(&self.held), refusal: None, gate: Some(gate) };
        let mut keys = VaultKeys::new(vault, self.file());
        keys.answer_max = Duration::from_millis(20);
        (keys, open)
    }

    fn file(&self) -> FileKeys {
        FileKeys::in_folder(self.folder.path())
    }

    fn held(&self) -> Option<String> {
        self.held.lock().unwrap().clone()
    }
}

#[test]
fn a_token_goes_into_the_vault_and_into_no_file() {
    let desk = Desk::new();
    desk.keys().store(&Token::new("mdt_1")).unwrap();
    assert_eq!(desk.held().as_deref(), Some("mdt_1"));
    assert_eq!(desk.file().load(), Ok(None));
    let mut keys = desk.keys();
    assert_eq!(keys.load(), Ok(Some(Token::new("mdt_1"))));
    assert_eq!(keys.warning(), None);
}

#[test]
fn without_a_vault_the_file_takes_its_place_and_that_is_said() {
    let desk = Desk::new();
    let mut keys = desk.keys_that_refuse();
    keys.store(&Token::new("mdt_1")).unwrap();
    assert_eq!(desk.file().load(), Ok(Some(Token::new("mdt_1"))));
    let warning = keys.warning().unwrap();
    assert!(warning.contains("no bus") && !warning.contains("mdt_1"), "{warning}");
}

#[test]
fn a_token_in_the_file_is_the_newer_one_and_moves_into_the_vault() {
    let desk = Desk::new();
    desk.keys().store(&Token::new("mdt_old")).unwrap();
    desk.keys_that_refuse().store(&Token::new("mdt_new")).unwrap();
    assert_eq!(desk.keys().load(), Ok(Some(Token::new("mdt_new"))));
    assert_eq!(desk.held().as_deref(), Some("mdt_new"));
    assert_eq!(desk.file().load(), Ok(None));
}

#[test]
fn a_vault_that_does_not_answer_holds_nobody_up_and_is_asked_once() {
    let desk = Desk::new();
    let (mut keys, open) = desk.keys_that_hang();
    assert_eq!(keys.load(), Ok(None));
    assert!(keys.warning().unwrap().contains("does not answer"));
    keys.answer_max = Duration::from_secs(3_600);
    keys.store(&Token::new("mdt_1")).unwrap();
    assert_eq!(keys.load(), Ok(Some(Token::new("mdt_1"))), "asked again, this would have waited for an hour");
    drop(open);
}

#[test]
fn forgetting_leaves_nothing_or_says_that_it_may_have() {
    let desk = Desk::new();
    desk.keys().store(&Token::new("mdt_1")).unwrap();
    let refusal = desk.keys_that_refuse().forget().unwrap_err();
    assert_eq!(refusal.what, "removed");
    desk.keys().forget().unwrap();
    assert_eq!(desk.held(), None);
    assert_eq!(desk.keys().load(), Ok(None));
}

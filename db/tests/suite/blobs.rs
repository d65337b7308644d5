//! The blob store, in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use muster_db::{BlobConfig, BlobError, BlobId, BlobStore, MasterKey};
use tempfile::TempDir;
use uuid::Uuid;

fn config(folder: &Path) -> BlobConfig {
    BlobConfig { url: folder.join("blobs").display().to_string(), options: Vec::new() }
}

fn open(folder: &TempDir) -> BlobStore {
    let key = MasterKey::load_or_create(&folder.path().join("master.key")).unwrap();
    BlobStore::open(&config(folder.path()), key).unwrap()
}

async fn put(store: &BlobStore, content: Bytes) -> BlobId {
    let id = BlobId::generate();
    store.put(id, content).await.unwrap();
    id
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[tokio::test]
async fn a_blob_is_there_after_a_restart_and_unreadable_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let picture = Bytes::from(b"a picture of a desktop ".repeat(1_000));
    let id = put(&open(&folder), picture.clone()).await;
    assert_eq!(open(&folder).get(id).await.unwrap(), picture);
    let stored = files(&folder.path().join("blobs"));
    assert_eq!(stored.len(), 1, "no drafts are left behind: {stored:?}");
    let bytes = fs::read(&stored[0]).unwrap();
    assert!(!bytes.windows(10).any(|window| window == b"of a deskt"));
}

#[tokio::test]
async fn deleting_twice_is_deleting_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let (first, second) = (put(&store, Bytes::from("1")).await, put(&store, Bytes::from("2")).await);
    for _ in 0..2 {
        store.delete(first).await.unwrap();
        assert!(matches!(store.get(first).await, Err(BlobError::NotFound)));
    }
    assert_eq!(store.get(second).await.unwrap(), "2");
    store.delete(BlobId(Uuid::nil())).await.unwrap();
}

#[tokio::test]
async fn changed_and_exchanged_blobs_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let (first, second) = (put(&store, Bytes::from("1")).await, put(&store, Bytes::from("2")).await);
    let stored = files(&folder.path().join("blobs"));
    let file_of = |id: BlobId| {
        let name = id.0.simple().to_string();
        stored.iter().find(|path| path.ends_with(&name)).unwrap().clone()
    };
    fs::copy(file_of(second), file_of(first)).unwrap();
    assert!(matches!(store.get(first).await, Err(BlobError::Tampered(id)) if id == first));

    let mut bytes = fs::read(file_of(second)).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(file_of(second), bytes).unwrap();
    assert!(matches!(store.get(second).await, Err(BlobError::Tampered(_))));
}

#[tokio::test]
async fn another_master_key_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let id = put(&open(&folder), Bytes::from("1")).await;
    let other = MasterKey::load_or_create(&folder.path().join("other.key")).unwrap();
    let store = BlobStore::open(&config(folder.path()), other).unwrap();
    assert!(matches!(store.get(id).await, Err(BlobError::Tampered(_))));
}

#[test]
fn a_place_that_cannot_be_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let key = || MasterKey::load_or_create(&folder.path().join("master.key")).unwrap();
    let below_a_file = file.path().join("blobs").display().to_string();
    for url in [below_a_file.as_str(), "", "ftp://host/x", "s3://"] {
        let opened = BlobStore::open(&BlobConfig { url: url.into(), options: Vec::new() }, key());
        let error = opened.err().unwrap_or_else(|| panic!("{url} was opened"));
        assert!(matches!(error, BlobError::Location { .. }), "{url}: {error}");
    }
    let options = vec![("no_such_setting".to_owned(), "1".to_owned())];
    let error = BlobStore::open(&BlobConfig { url: "s3://bucket/prefix".into(), options }, key()).err().unwrap();
    assert!(matches!(error, BlobError::Location { .. }), "{error}");
}

//! The blob store: encrypted files in a folder or in S3, under names that the hub makes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::crypto;
use crate::durable::sync_file_and_folders;
use crate::keyring::MasterKey;

/// The name of a blob. Made by the hub: no text of a client ever becomes part of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlobId(pub Uuid);

impl BlobId {
    /// A name that was never used.
    #[must_use]
    pub fn generate() -> Self {
        Self(Uuid::now_v7())
    }
}

impl std::fmt::Display for BlobId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Where the blobs are.
#[derive(Clone, Debug)]
pub struct BlobConfig {
    /// A folder (`/srv/muster/blobs`, `file:///srv/muster/blobs`) or a bucket (`s3://bucket/prefix`).
    pub url: String,
    /// For S3: what `object_store` calls the settings (`region`, `endpoint`, `access_key_id`, …). The environment's
    /// `AWS_…` variables count too.
    pub options: Vec<(String, String)>,
}

/// Why a blob was not stored, read or deleted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BlobError {
    #[error("there is no such blob")]
    NotFound,
    /// The bytes are not those that were stored under this id, or the master key is another one.
    #[error("blob {0} has been changed, exchanged, or belongs to another master key")]
    Tampered(BlobId),
    #[error("the key file {} cannot be used: {reason}", path.display())]
    KeyFile { path: PathBuf, reason: String },
    #[error("'{url}' is no place for blobs: {reason}")]
    Location { url: String, reason: String },
    #[error("the blob store failed: {0}")]
    Store(String),
}

/// The blob store. Clones share it. Needs a tokio runtime: files and ciphers work on its blocking threads.
#[derive(Clone)]
pub struct BlobStore {
    store: Arc<dyn ObjectStore>,
    /// Of a local store: its files are synced to the disk.
    folder: Option<PathBuf>,
    key: Arc<MasterKey>,
}

impl BlobStore {
    /// Opens the store; creates the folder if it is missing.
    pub fn open(config: &BlobConfig, key: MasterKey) -> Result<Self, BlobError> {
        let key = Arc::new(key);
        let location = |reason: String| BlobError::Location { url: config.url.clone(), reason };
        if config.url.starts_with("s3://") {
            let store = open_s3(config).map_err(location)?;
            return Ok(Self { store, folder: None, key });
        }
        let path = config.url.strip_prefix("file://").unwrap_or(&config.url);
        if path.is_empty() || path.contains("://") {
            return Err(location("use a folder or s3://BUCKET/PREFIX".into()));
        }
        let folder = Path::new(path);
        std::fs::create_dir_all(folder).map_err(|error| location(error.to_string()))?;
        let folder = folder.canonicalize().map_err(|error| location(error.to_string()))?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(|error| location(error.to_string()))?;
        Ok(Self { store: Arc::new(store), folder: Some(folder), key })
    }

    /// Encrypts and stores `content` under a name that was never used. When it returns, the blob survives a crash of the
    /// process, and on a local disk a loss of power.
    pub async fn put(&self, id: BlobId, content: Bytes) -> Result<(), BlobError> {
        let key = Arc::clone(&self.key);
        let sealed = blocking(move || crypto::seal(&key, id, &content)).await??;
        let path = path(id);
        self.store.put(&path, PutPayload::from(sealed)).await.map_err(failed)?;
        if let Some(folder) = self.folder.clone() {
            // object_store renames a finished file into place but never syncs it.
            let file = folder.join(path.as_ref());
            blocking(move || sync_file_and_folders(&file, &folder)).await?.map_err(|error| failed_io(&error))?;
        }
        Ok(())
    }

    /// Reads and decrypts a blob.
    pub async fn get(&self, id: BlobId) -> Result<Bytes, BlobError> {
        let found = self.store.get(&path(id)).await.map_err(failed)?;
        let sealed = found.bytes().await.map_err(failed)?;
        let key = Arc::clone(&self.key);
        blocking(move || crypto::open(&key, id, &sealed)).await?.map(Bytes::from)
    }

    /// Deletes a blob; one that is gone already is no error.
    pub async fn delete(&self, id: BlobId) -> Result<(), BlobError> {
        match self.store.delete(&path(id)).await.map_err(failed) {
            Err(BlobError::NotFound) => Ok(()),
            other => other,
        }
    }
}

/// `3f/019a…3f`: ids begin with the time, so their last byte spreads them over 256 folders.
fn path(id: BlobId) -> object_store::path::Path {
    let name = id.0.simple().to_string();
    object_store::path::Path::from_iter([&name[name.len() - 2..], &name])
}

fn open_s3(config: &BlobConfig) -> Result<Arc<dyn ObjectStore>, String> {
    let rest = config.url.trim_start_matches("s3://");
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    if bucket.is_empty() {
        return Err("it names no bucket".into());
    }
    let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
    for (name, value) in &config.options {
        let setting: AmazonS3ConfigKey = name.parse().map_err(|error: object_store::Error| error.to_string())?;
        builder = builder.with_config(setting, value);
    }
    let store = builder.build().map_err(|error| error.to_string())?;
    Ok(if prefix.is_empty() { Arc::new(store) } else { Arc::new(PrefixStore::new(store, prefix)) })
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, BlobError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| BlobError::Store(error.to_string()))
}

fn failed(error: object_store::Error) -> BlobError {
    match error {
        object_store::Error::NotFound { .. } => BlobError::NotFound,
        other => BlobError::Store(other.to_string()),
    }
}

fn failed_io(error: &std::io::Error) -> BlobError {
    BlobError::Store(error.to_string())
}

//! `muster doctor`: looks at everything the hub needs and says what it finds.

use bytes::Bytes;
use muster_db::{BlobConfig, BlobId, BlobStore, Database, MasterKey};

use crate::config::Config;
use crate::serve::{ServeError, blobs_url, database_config};

/// Written, read and deleted again.
const PROBE: &[u8] = b"muster doctor";

/// Checks what can be checked while the hub does not run.
pub fn run(config: Config) -> Result<(), ServeError> {
    actix_rt::System::new().block_on(examine(config))
}

async fn examine(config: Config) -> Result<(), ServeError> {
    let folder = &config.data.dir;
    std::fs::create_dir_all(folder)
        .map_err(|error| ServeError::DataFolder { path: folder.clone(), reason: error.to_string() })?;
    println!("data folder   {} can be used", folder.display());

    let database = Database::open(&database_config(&config)).await?;
    let people = database.people().count().await?;
    println!("database      opens, its schema is current; {people} people");
    let chain = database.receipts().verify().await?;
    println!("receipts      the chain of {} is unbroken", chain.seq);

    let key_file = config.blobs.key_file.clone().unwrap_or_else(|| folder.join("master.key"));
    let blobs = BlobStore::open(
        &BlobConfig { url: blobs_url(&config), options: Vec::new() },
        MasterKey::load_or_create(&key_file)?,
    )?;
    let probe = BlobId::generate();
    blobs.put(probe, Bytes::from_static(PROBE)).await?;
    let read = blobs.get(probe).await?;
    blobs.delete(probe).await?;
    if read != PROBE {
        return Err(ServeError::Other("pictures: what was written did not come back".to_owned()));
    }
    println!("pictures      are stored, encrypted and read back");
    Ok(())
}

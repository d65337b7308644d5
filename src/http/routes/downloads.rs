//! `/api/downloads`: agent builds for everyone who is signed in, and builds of the hub.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use actix_web::body::SizedStream;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, ContentEncoding};
use actix_web::web::{Bytes, ServiceConfig};
use actix_web::{HttpResponse, get, web};
use futures_util::stream::{self, Stream};
use serde::Serialize;
use utoipa::ToSchema;

use crate::downloads::{Build, BuildKind, Platform, SUMS, Shelf};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::Caller;

/// Bytes of a file that are in memory for one who downloads: twice as many while one part is sent and the next is read.
const PART_BYTES: usize = 64 * 1024;

/// Registers the routes of this file.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list).service(download);
}

/// A build.
#[derive(Debug, Serialize, ToSchema)]
pub struct Download {
    /// Its name; it is found at `/api/downloads/{file}`.
    file: String,
    platform: Platform,
    /// The target triple, such as `x86_64-unknown-linux-gnu`.
    target: String,
    kind: BuildKind,
    version: String,
    bytes: u64,
    /// In hexadecimal digits.
    sha256: String,
}

impl From<Build> for Download {
    fn from(build: Build) -> Self {
        Self {
            platform: build.name.platform,
            target: build.name.target,
            kind: build.name.kind,
            version: build.name.version.to_string(),
            file: build.file,
            bytes: build.bytes,
            sha256: build.sha256,
        }
    }
}

/// The builds that are there: agents before hubs, the newest version first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Downloads {
    items: Vec<Download>,
}

/// Reads the shelf on a thread that may block.
async fn shelf<T: Send + 'static>(
    caller: &Caller,
    read: impl FnOnce(&Shelf) -> io::Result<T> + Send + 'static,
) -> ApiResult<T> {
    let shelf = Shelf::of(&caller.app.config.data.dir);
    let read = web::block(move || read(&shelf)).await.map_err(ApiError::internal)?;
    read.map_err(ApiError::internal)
}

/// Which builds there are.
#[utoipa::path(tag = "downloads", responses((status = 200, body = Downloads), (status = 401)))]
#[get("/api/downloads")]
pub async fn list(caller: Caller) -> ApiResult<HttpResponse> {
    let builds = shelf(&caller, Shelf::builds).await?;
    Ok(HttpResponse::Ok().json(Downloads { items: builds.into_iter().map(Download::from).collect() }))
}

/// A build, or `SHA256SUMS`.
#[utoipa::path(tag = "downloads", params(("file" = String, Path, description = "A name from the list")), responses((status = 200, content_type = "application/octet-stream"), (status = 401), (status = 404)))]
#[get("/api/downloads/{file}")]
pub async fn download(caller: Caller, file: web::Path<String>) -> ApiResult<HttpResponse> {
    let file = file.into_inner();
    if file == SUMS {
        let sums = shelf(&caller, |shelf| match shelf.sums() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            other => other.map(Some),
        });
        let sums = sums.await?.ok_or_else(|| ApiError::not_found("file"))?;
        return Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(sums));
    }
    let opened = shelf(&caller, move |shelf| {
        let Some((path, build)) = shelf.find(&file)? else { return Ok(None) };
        Ok(Some((File::open(path)?, build)))
    });
    let (opened, build) = opened.await?.ok_or_else(|| ApiError::not_found("file"))?;
    metrics::counter!("muster_downloads_total").increment(1);
    Ok(HttpResponse::Ok()
        // It is compressed already.
        .insert_header(ContentEncoding::Identity)
        .insert_header((CONTENT_TYPE, media_type(&build.file)))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", build.file)))
        .body(SizedStream::new(build.bytes, parts(opened, build.bytes))))
}

fn media_type(file: &str) -> &'static str {
    match Path::new(file).extension().and_then(|extension| extension.to_str()) {
        Some("zip") => "application/zip",
        _ => "application/gzip",
    }
}

/// The first `bytes` of a file, part by part: the next one is read when the one before is on its way.
fn parts(file: File, bytes: u64) -> impl Stream<Item = io::Result<Bytes>> {
    stream::try_unfold((file, bytes), async |(file, left)| {
        if left == 0 {
            return Ok(None);
        }
        let read = web::block(move || part(file, left)).await.map_err(io::Error::other)?;
        let (file, part) = read?;
        let left = left.saturating_sub(part.len() as u64);
        Ok::<_, io::Error>(Some((part, (file, left))))
    })
}

fn part(mut file: File, left: u64) -> io::Result<(File, Bytes)> {
    let length = usize::try_from(left).map_or(PART_BYTES, |left| left.min(PART_BYTES));
    let mut part = vec![0; length];
    file.read_exact(&mut part)?;
    Ok((file, part.into()))
}

//! TLS by rustls, for hubs without a proxy in front.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::config::TlsConfig;
use crate::serve::ServeError;

/// Reads certificate chain and key. A file that cannot be used is one clear line at start-up.
pub fn load(config: &TlsConfig) -> Result<ServerConfig, ServeError> {
    let wrong = |path: &std::path::Path, reason: String| ServeError::KeyFile { path: path.to_owned(), reason };
    let certificates = CertificateDer::pem_file_iter(&config.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| wrong(&config.certificate, error.to_string()))?;
    let key = PrivateKeyDer::from_pem_file(&config.key).map_err(|error| wrong(&config.key, error.to_string()))?;
    ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| ServeError::Other(format!("TLS: {error}")))?
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .map_err(|error| wrong(&config.key, error.to_string()))
}

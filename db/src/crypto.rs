//! Encryption at rest: XChaCha20-Poly1305, a random key for each blob, wrapped by the master key.
//!
//! ```text
//! "MBLB" | version 1 | nonce of the key (24) | wrapped key (32 + 16) | nonce (24) | ciphertext (n + 16)
//! ```
//!
//! Both layers are bound to the blob's id and to the bytes in front of them, so neither a blob nor its key opens under
//! another name. A random key for each blob makes it cheap to exchange the master key one day: only the 48 bytes
//! change.

use chacha20poly1305::aead::{Aead, KeyInit, OsRng, Payload};
use chacha20poly1305::{AeadCore, Key, XChaCha20Poly1305, XNonce};

use crate::blobs::{BlobError, BlobId};
use crate::keyring::MasterKey;

const MAGIC_AND_VERSION: &[u8; 5] = b"MBLB\x01";
const NONCE_BYTES: usize = 24;
const WRAPPED_KEY_BYTES: usize = 32 + 16;
const WRAPPED_AT: usize = MAGIC_AND_VERSION.len() + NONCE_BYTES;
const NONCE_AT: usize = WRAPPED_AT + WRAPPED_KEY_BYTES;
const CIPHERTEXT_AT: usize = NONCE_AT + NONCE_BYTES;

/// Encrypts `content` for `id`.
pub(crate) fn seal(master: &MasterKey, id: BlobId, content: &[u8]) -> Result<Vec<u8>, BlobError> {
    let key = XChaCha20Poly1305::generate_key(OsRng);
    let key_nonce = XChaCha20Poly1305::generate_nonce(OsRng);
    let nonce = XChaCha20Poly1305::generate_nonce(OsRng);
    let mut sealed = Vec::with_capacity(CIPHERTEXT_AT + content.len() + 16);
    sealed.extend_from_slice(MAGIC_AND_VERSION);
    sealed.extend_from_slice(&key_nonce);
    let wrapped = encrypt(&master.cipher(), &key_nonce, &key, &bound(id, &sealed))?;
    sealed.extend_from_slice(&wrapped);
    sealed.extend_from_slice(&nonce);
    let ciphertext = encrypt(&XChaCha20Poly1305::new(&key), &nonce, content, &bound(id, &sealed))?;
    sealed.extend_from_slice(&ciphertext);
    Ok(sealed)
}

/// Decrypts what [`seal`] made for the same `id`.
pub(crate) fn open(master: &MasterKey, id: BlobId, sealed: &[u8]) -> Result<Vec<u8>, BlobError> {
    let tampered = || BlobError::Tampered(id);
    if sealed.len() < CIPHERTEXT_AT || !sealed.starts_with(MAGIC_AND_VERSION) {
        return Err(tampered());
    }
    let key_nonce = XNonce::from_slice(&sealed[MAGIC_AND_VERSION.len()..WRAPPED_AT]);
    let wrapped = Payload { msg: &sealed[WRAPPED_AT..NONCE_AT], aad: &bound(id, &sealed[..WRAPPED_AT]) };
    let key = master.cipher().decrypt(key_nonce, wrapped).map_err(|_| tampered())?;
    let nonce = XNonce::from_slice(&sealed[NONCE_AT..CIPHERTEXT_AT]);
    let ciphertext = Payload { msg: &sealed[CIPHERTEXT_AT..], aad: &bound(id, &sealed[..CIPHERTEXT_AT]) };
    XChaCha20Poly1305::new(Key::from_slice(&key)).decrypt(nonce, ciphertext).map_err(|_| tampered())
}

fn encrypt(cipher: &XChaCha20Poly1305, nonce: &XNonce, text: &[u8], bound: &[u8]) -> Result<Vec<u8>, BlobError> {
    let payload = Payload { msg: text, aad: bound };
    cipher.encrypt(nonce, payload).map_err(|_| BlobError::Store("the content is too long to be encrypted".into()))
}

/// What a layer is bound to: the blob's id and everything in front of the layer.
fn bound(id: BlobId, header: &[u8]) -> Vec<u8> {
    [id.0.as_bytes().as_slice(), header].concat()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const ID: BlobId = BlobId(Uuid::from_u128(7));

    #[test]
    fn what_is_sealed_opens_with_the_same_key_and_id_only() {
        let master = MasterKey::generate();
        for content in [b"".as_slice(), b"picture", &[7; 100_000]] {
            let sealed = seal(&master, ID, content).unwrap();
            assert_eq!(open(&master, ID, &sealed).unwrap(), content);
            assert!(matches!(open(&master, BlobId(Uuid::from_u128(8)), &sealed), Err(BlobError::Tampered(_))));
            assert!(matches!(open(&MasterKey::generate(), ID, &sealed), Err(BlobError::Tampered(_))));
        }
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let master = MasterKey::generate();
        let sealed = seal(&master, ID, b"picture").unwrap();
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(open(&master, ID, &changed).is_err(), "byte {place}");
        }
        for length in 0..sealed.len() {
            assert!(open(&master, ID, &sealed[..length]).is_err(), "cut to {length}");
        }
    }

    #[test]
    fn the_same_picture_is_never_stored_as_the_same_bytes() {
        let master = MasterKey::generate();
        assert_ne!(seal(&master, ID, b"picture").unwrap(), seal(&master, ID, b"picture").unwrap());
    }
}

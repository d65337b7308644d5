//! The hub's address as people type it.

use reqwest::Url;

/// Makes an address whole: without a scheme it is `https`, and whatever follows the path is cut off.
pub fn complete(typed: &str) -> Result<String, AddressError> {
    let typed = typed.trim();
    let error = || AddressError(typed.to_owned());
    let with_scheme = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let mut url = Url::parse(&with_scheme).map_err(|_| error())?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return Err(error());
    }
    url.set_query(None);
    url.set_fragment(None);
    // Nobody's password belongs into an address that is shown and kept.
    url.set_username("").and_then(|()| url.set_password(None)).map_err(|()| error())?;
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Whether what is said there can be read on the way: not encrypted, and not to this very machine.
#[must_use]
pub fn is_open_to_ears(hub: &str) -> bool {
    let Ok(url) = Url::parse(hub) else { return false };
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let is_this_machine = host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    matches!(url.scheme(), "http" | "ws") && !is_this_machine
}

/// Not the address of a hub.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no address of a hub; one looks like https://muster.example.org")]
pub struct AddressError(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_becomes_whole() {
        for (typed, whole) in [
            ("hub.example.org", "https://hub.example.org"),
            (" https://hub.example.org/ ", "https://hub.example.org"),
            ("http://127.0.0.1:4000", "http://127.0.0.1:4000"),
            ("hub.example.org:8443/muster/", "https://hub.example.org:8443/muster"),
            ("https://me:secret@hub.example.org/?a=1#b", "https://hub.example.org"),
        ] {
            assert_eq!(complete(typed).as_deref(), Ok(whole), "{typed}");
        }
        for typed in ["", "ftp://hub.example.org", "https://", "not a host"] {
            assert!(complete(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn an_unencrypted_way_out_is_told_from_one_that_stays_here() {
        for (hub, is_open) in [
            ("http://hub.example.org", true),
            ("https://hub.example.org", false),
            ("http://127.0.0.1:4000", false),
            ("http://[::1]:4000", false),
            ("http://localhost:4000", false),
        ] {
            assert_eq!(is_open_to_ears(hub), is_open, "{hub}");
        }
    }
}

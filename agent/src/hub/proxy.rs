//! Which proxy stands between this machine and the hub, if one does. The same rules for REST and the socket.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Url;

/// The rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Proxies {
    /// For `https` and `wss`.
    secure: Option<Url>,
    /// For `http` and `ws`.
    plain: Option<Url>,
    /// Hosts that are reached directly; their subdomains too.
    direct: Vec<String>,
}

impl Proxies {
    /// From the configuration's `proxy`, or from the environment without one. `none` is no proxy at all.
    pub fn choose(configured: Option<&str>, environment: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        match configured.map(str::trim) {
            Some("none") => Ok(Self::default()),
            Some(address) => {
                let proxy = Some(read(address)?);
                Ok(Self { secure: proxy.clone(), plain: proxy, direct: Vec::new() })
            }
            None => {
                let any =
                    |names: [&str; 2]| names.into_iter().find_map(&environment).filter(|text| !text.trim().is_empty());
                let all = any(["all_proxy", "ALL_PROXY"]);
                let of = |names| any(names).or_else(|| all.clone()).map(|text| read(&text)).transpose();
                let direct = any(["no_proxy", "NO_PROXY"]).unwrap_or_default();
                let direct = direct.split(',').map(|host| host.trim().trim_start_matches("*.").to_lowercase());
                Ok(Self {
                    secure: of(["https_proxy", "HTTPS_PROXY"])?,
                    plain: of(["http_proxy", "HTTP_PROXY"])?,
                    direct: direct.filter(|host| !host.is_empty()).collect(),
                })
            }
        }
    }

    /// The proxy on the way to `target`.
    pub fn for_target(&self, target: &Url) -> Option<&Url> {
        let host = target.host_str()?.to_lowercase();
        let is_direct = |rule: &String| {
            let rule = rule.trim_start_matches('.');
            rule == "*" || host == rule || host.strip_suffix(rule).is_some_and(|rest| rest.ends_with('.'))
        };
        if self.direct.iter().any(is_direct) {
            return None;
        }
        if matches!(target.scheme(), "https" | "wss") { self.secure.as_ref() } else { self.plain.as_ref() }
    }
}

/// The value of `Proxy-Authorization` for a proxy whose address names somebody.
pub(super) fn authorization(proxy: &Url) -> Option<String> {
    if proxy.username().is_empty() {
        return None;
    }
    let who = format!("{}:{}", decoded(proxy.username()), decoded(proxy.password().unwrap_or_default()));
    Some(format!("Basic {}", STANDARD.encode(who)))
}

/// Undoes the escapes of an address: `%40` is `@`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn read(address: &str) -> Result<Url, String> {
    let with_scheme = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    let url = Url::parse(&with_scheme).ok().filter(|url| url.scheme() == "http" && url.host_str().is_some());
    // The address may hold a password, so it is not repeated.
    url.ok_or_else(|| "the proxy's address is not of the form http://host:port".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_environment(pairs: &[(&str, &str)]) -> Proxies {
        let find = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Proxies::choose(None, find).unwrap()
    }

    fn proxy_for<'a>(proxies: &'a Proxies, target: &str) -> Option<&'a str> {
        proxies.for_target(&Url::parse(target).unwrap()).map(Url::as_str)
    }

    #[test]
    fn the_environment_says_which_proxy_and_where_none() {
        let proxies = from_environment(&[
            ("HTTPS_PROXY", "http://secure:3128"),
            ("ALL_PROXY", "any:3128"),
            ("NO_PROXY", "localhost, .example.org,*.example.net"),
        ]);
        for (target, proxy) in [
            ("https://hub.test/", Some("http://secure:3128/")),
            ("wss://hub.test/agent", Some("http://secure:3128/")),
            ("ws://hub.test/agent", Some("http://any:3128/")),
            ("http://localhost:4000/", None),
            ("https://hub.example.org/", None),
            ("https://example.org/", None),
            ("https://a.b.example.net/", None),
            ("https://notexample.org/", Some("http://secure:3128/")),
        ] {
            assert_eq!(proxy_for(&proxies, target), proxy, "{target}");
        }
        assert_eq!(proxy_for(&from_environment(&[("NO_PROXY", "*"), ("ALL_PROXY", "p:1")]), "http://a.b/"), None);
    }

    #[test]
    fn the_configuration_comes_first() {
        let environment = |_: &str| Some("http://environment:1".to_owned());
        let none = Proxies::choose(Some("none"), environment).unwrap();
        assert_eq!(proxy_for(&none, "https://hub.test/"), None);
        let one = Proxies::choose(Some("http://configured:2"), environment).unwrap();
        assert_eq!(proxy_for(&one, "ws://hub.test/"), Some("http://configured:2/"));
        assert!(Proxies::choose(Some("socks5://host:1"), environment).is_err());
    }

    #[test]
    fn a_proxy_may_ask_who_comes() {
        let proxy = read("http://me:p%40ss%3A@proxy:3128").unwrap();
        assert_eq!(authorization(&proxy).as_deref(), Some("Basic bWU6cEBzczo="));
        assert_eq!(authorization(&read("proxy:3128").unwrap()), None);
    }
}

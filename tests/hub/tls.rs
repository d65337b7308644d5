//! TLS without a proxy in front, on both doors.

use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use muster_protocol::agent::{AgentDown, AgentUp};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::json;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Message, client};

use crate::support::agent::{Device, hello};
use crate::support::hub::PASSWORD;
use crate::support::{Api, HubBuilder};

const PATIENCE: Duration = Duration::from_secs(15);

/// A certificate for 127.0.0.1 that signs itself, and its key.
struct SelfSigned {
    certificate: PathBuf,
    key: PathBuf,
    pem: String,
}

impl SelfSigned {
    fn make(folder: &Path, name: &str) -> Self {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let (certificate, key) = (folder.join(format!("{name}.crt")), folder.join(format!("{name}.key")));
        let pem = made.cert.pem();
        std::fs::write(&certificate, &pem).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        Self { certificate, key, pem }
    }
}

fn tls(builder: HubBuilder, door: &str, certificate: &Path, key: &Path) -> HubBuilder {
    builder
        .set(&format!("MUSTER__{door}__TLS__CERTIFICATE"), certificate.to_str().unwrap())
        .set(&format!("MUSTER__{door}__TLS__KEY"), key.to_str().unwrap())
}

/// Says hello over TLS and returns the answer.
fn greet(url: &str, pem: &str, device: &Device) -> AgentDown {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let address = url.strip_prefix("wss://").unwrap().strip_suffix("/agent").unwrap();
    let tcp = TcpStream::connect(address).unwrap();
    tcp.set_read_timeout(Some(PATIENCE)).unwrap();
    let connection = ClientConnection::new(Arc::new(config), "127.0.0.1".try_into().unwrap()).unwrap();
    let mut request = url.into_client_request().unwrap();
    request.headers_mut().insert("Authorization", format!("Bearer {}", device.token).parse().unwrap());
    request.headers_mut().insert("Sec-WebSocket-Protocol", "muster.agent.v1".parse().unwrap());
    let (mut socket, _) = client(request, StreamOwned::new(connection, tcp)).unwrap();
    let text = serde_json::to_string(&AgentUp::Hello(hello(device))).unwrap();
    socket.send(Message::Text(text.into())).unwrap();
    serde_json::from_str(&socket.read().unwrap().into_text().unwrap()).unwrap()
}

#[tokio::test]
async fn both_doors_speak_tls() {
    let folder = tempfile::tempdir().unwrap();
    let (portal, agents) = (SelfSigned::make(folder.path(), "portal"), SelfSigned::make(folder.path(), "agents"));
    let builder = tls(HubBuilder::default(), "PORTAL", &portal.certificate, &portal.key);
    let hub = tls(builder, "AGENTS", &agents.certificate, &agents.key).start();
    assert!(hub.portal.starts_with("https://"), "{}", hub.portal);

    let trusted = reqwest::Certificate::from_pem(portal.pem.as_bytes()).unwrap();
    let anyone = Api::over(&hub.portal, reqwest::Client::builder().add_root_certificate(trusted).build().unwrap());
    let login = json!({ "email": "admin@example.org", "password": PASSWORD, "portal": true });
    let cookies = anyone.post("/api/auth/login", login.clone()).await;
    let cookie = cookies.header("set-cookie").unwrap();
    assert!(cookie.contains("Secure"), "a cookie that came over TLS stays on TLS: {cookie}");
    let mut login = login;
    login["portal"] = json!(false);
    let signed_in = anyone.post("/api/auth/login", login).await.ok();
    assert_eq!(signed_in["agentUrl"], hub.agents);
    let device = Device::enrol(&anyone.with_token(signed_in["token"].as_str().unwrap())).await;

    let url = hub.agents.clone();
    let welcome = tokio::task::spawn_blocking(move || greet(&url, &agents.pem, &device)).await.unwrap();
    assert!(matches!(welcome, AgentDown::Welcome(_)), "{welcome:?}");

    assert!(reqwest::get(&hub.portal).await.is_err(), "nobody trusts a certificate of unknown origin");
    let plain = reqwest::get(hub.portal.replace("https://", "http://")).await;
    assert!(plain.is_err(), "nothing is said in the clear");
}

#[test]
fn files_that_do_not_fit_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (SelfSigned::make(folder.path(), "one"), SelfSigned::make(folder.path(), "other"));
    let missing = folder.path().join("missing.crt");
    let cases = [(&missing, &one.key, &missing), (&one.certificate, &one.certificate, &one.certificate)];
    for (certificate, key, named) in cases.into_iter().chain([(&one.certificate, &other.key, &other.key)]) {
        let builder = tls(HubBuilder::default(), "AGENTS", certificate, key);
        let output = builder.fail_on(&folder.path().join("data"));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.lines().count() == 1, "{said}");
        assert!(said.starts_with("muster: ") && said.contains(named.to_str().unwrap()), "{said}");
    }
}

//! A server over TLS, with a certificate authority that exists for it alone: for what plain
//! HTTP can't show, such as which version of HTTP is spoken.

use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::ssl::{SslAcceptor, SslMethod};
use openssl::x509::extension::{BasicConstraints, SubjectAlternativeName};
use openssl::x509::{X509, X509NameBuilder};

/// Takes every POST with 202. Runs until dropped.
#[derive(Debug)]
pub struct TlsServer {
    port: u16,
    authority_pem: Vec<u8>,
    seen: Arc<Mutex<Vec<(String, u16)>>>,
    server: ServerHandle,
}

impl TlsServer {
    /// At `secure.localhost` on a free port.
    ///
    /// # Panics
    /// When no port or no certificate can be had.
    #[expect(clippy::unused_async, reason = "it needs a running runtime, which an async function says")]
    pub async fn start() -> Self {
        let (certificate, key) = certificate("secure.localhost").expect("a certificate");
        let authority_pem = certificate.to_pem().expect("PEM");
        let mut acceptor = SslAcceptor::mozilla_intermediate(SslMethod::tls_server()).expect("TLS");
        acceptor.set_private_key(&key).expect("the key");
        acceptor.set_certificate(&certificate).expect("the certificate");
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let seen: Arc<Mutex<Vec<(String, u16)>>> = Arc::default();
        let requests = Arc::clone(&seen);
        let server = HttpServer::new(move || {
            App::new().app_data(web::Data::from(Arc::clone(&requests))).default_service(web::to(take))
        })
        .workers(1)
        .disable_signals()
        .listen_openssl(listener, acceptor)
        .expect("the server starts")
        .run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { port, authority_pem, seen, server: handle }
    }

    /// `https://secure.localhost:41234/…`; `path` begins with a slash.
    pub fn at(&self, path: &str) -> String {
        format!("https://secure.localhost:{}{path}", self.port)
    }

    /// The authority to trust, as PEM.
    pub fn authority_pem(&self) -> &[u8] {
        &self.authority_pem
    }

    /// Of each request the version of HTTP, and the port that its connection came from.
    pub fn seen(&self) -> Vec<(String, u16)> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

async fn take(
    request: HttpRequest,
    seen: web::Data<Mutex<Vec<(String, u16)>>>,
    _: web::Bytes,
) -> HttpResponse {
    let from = request.peer_addr().map_or(0, |address| address.port());
    let version = format!("{:?}", request.version());
    seen.lock().unwrap_or_else(PoisonError::into_inner).push((version, from));
    HttpResponse::Accepted().finish()
}

fn certificate(name: &str) -> Result<(X509, PKey<Private>), ErrorStack> {
    let key = PKey::from_rsa(Rsa::generate(2048)?)?;
    let mut subject = X509NameBuilder::new()?;
    subject.append_entry_by_nid(Nid::COMMONNAME, name)?;
    let subject = subject.build();
    let mut builder = X509::builder()?;
    builder.set_version(2)?;
    let serial = BigNum::from_u32(1)?.to_asn1_integer()?;
    builder.set_serial_number(&serial)?;
    builder.set_subject_name(&subject)?;
    builder.set_issuer_name(&subject)?;
    builder.set_pubkey(&key)?;
    let (from, until) = (Asn1Time::days_from_now(0)?, Asn1Time::days_from_now(2)?);
    builder.set_not_before(&from)?;
    builder.set_not_after(&until)?;
    builder.append_extension(BasicConstraints::new().critical().ca().build()?)?;
    let names = SubjectAlternativeName::new().dns(name).build(&builder.x509v3_context(None, None))?;
    builder.append_extension(names)?;
    builder.sign(&key, MessageDigest::sha256())?;
    Ok((builder.build(), key))
}

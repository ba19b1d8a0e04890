//! What the guarded client refuses, and what it says about it.

use belfry_federation::client::{AddressClass, FetchError, GuardedClient};
use belfry_model::SystemClock;
use belfry_settings::Settings;
use belfry_test_support::FakeRemote;
use belfry_test_support::remote::Behaviour;

/// A client as in development: http, and only 127.0.0.1 of the private networks.
pub fn client() -> GuardedClient {
    client_with("allowed_private_networks = ['127.0.0.1/32']")
}

pub fn client_with(federation: &str) -> GuardedClient {
    let settings = format!(
        "[platform]\nshared_domain = 'social.localhost'\nscheme = 'http'\nport = 8080\n\
         [federation]\nmax_document_bytes = 100000\n{federation}\n"
    );
    GuardedClient::new(&Settings::from_toml(&settings).unwrap(), SystemClock::shared()).unwrap()
}

#[tokio::test]
async fn a_name_that_leads_to_a_private_address_is_refused_after_resolving() {
    let remote = FakeRemote::start().await;
    let error = client_with("").get_document(&remote.actor("alice").id(), None).await.unwrap_err();
    let FetchError::Refused { host, class } = error else { panic!("{error:?}") };
    assert_eq!((host.as_str(), class), (remote.host(), AddressClass::Loopback));
}

#[tokio::test]
async fn a_literal_address_is_refused_in_every_spelling() {
    for address in [
        "http://127.0.0.2/",
        "http://2130706434/",
        "http://0x7f.2/",
        "http://0177.0.0.2/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::127.0.0.1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00::1]/",
    ] {
        let error = client().get_document(address, None).await.unwrap_err();
        assert!(matches!(error, FetchError::Refused { .. }), "{address}: {error:?}");
        assert!(!error.is_transient(), "{address}");
    }
}

#[tokio::test]
async fn a_redirect_to_a_private_address_is_refused() {
    let remote = FakeRemote::start().await;
    remote.behave("/users/alice", Behaviour::Redirect("http://127.0.0.2/users/alice".to_owned()));
    let error = client().get_document(&remote.actor("alice").id(), None).await.unwrap_err();
    assert!(matches!(error, FetchError::Refused { class: AddressClass::Loopback, .. }), "{error:?}");
}

#[tokio::test]
async fn redirects_are_followed_a_few_times_and_not_for_ever() {
    let remote = FakeRemote::start().await;
    remote.behave("/moved", Behaviour::Redirect("/users/alice".to_owned()));
    let fetched = client().get_document(&remote.at("/moved"), None).await.unwrap();
    assert_eq!(fetched.url.as_str(), remote.actor("alice").id());
    remote.behave("/loop", Behaviour::Redirect("/loop".to_owned()));
    let error = client().get_document(&remote.at("/loop"), None).await.unwrap_err();
    assert!(matches!(error, FetchError::Redirect { .. }), "{error:?}");
}

#[tokio::test]
async fn a_document_that_never_stops_growing_is_cut_off() {
    let remote = FakeRemote::start().await;
    remote.behave("/users/alice", Behaviour::HugeBody(10_000_000));
    let error = client().get_document(&remote.actor("alice").id(), None).await.unwrap_err();
    assert!(matches!(error, FetchError::TooLarge { limit: 100_000, .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_that_hangs_or_dawdles_is_given_up() {
    let remote = FakeRemote::start().await;
    for behaviour in [Behaviour::Hang, Behaviour::SlowBody] {
        remote.behave("/users/alice", behaviour.clone());
        let client = client_with("allowed_private_networks = ['127.0.0.1/32']\ntimeout_seconds = 1");
        let error = client.get_document(&remote.actor("alice").id(), None).await.unwrap_err();
        assert!(matches!(error, FetchError::Timeout { .. }), "{behaviour:?}: {error:?}");
        assert!(error.is_transient());
    }
}

#[tokio::test]
async fn a_page_is_no_document() {
    let remote = FakeRemote::start().await;
    let error = client().get_document(&remote.at("/nodeinfo/2.0"), None).await.unwrap_err();
    assert!(matches!(error, FetchError::ContentType { .. }), "{error:?}");
}

#[tokio::test]
async fn plain_http_is_for_development_only() {
    let settings = Settings::from_toml("[platform]\nshared_domain = 'social.example'\n").unwrap();
    let client = GuardedClient::new(&settings, SystemClock::shared()).unwrap();
    let error = client.get_document("http://remote.example/users/x", None).await.unwrap_err();
    assert!(matches!(error, FetchError::PlainHttp { .. }), "{error:?}");
}

#[tokio::test]
async fn an_error_says_the_host_and_never_the_whole_address() {
    let remote = FakeRemote::start().await;
    let address = remote.at("/users/nobody?token=hush");
    let error = client().get_document(&address, None).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("{} answered 404 Not Found", remote.host()).replace(" Not Found", "")
    );
    remote.stop().await;
    let error = client().get_document(&address, None).await.unwrap_err();
    assert!(matches!(error, FetchError::Connect { .. }), "{error:?}");
    assert!(!error.to_string().contains("hush"), "{error}");
}

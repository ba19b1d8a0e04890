//! Second factors: what each code opens, how often, and whose.

use std::net::IpAddr;

use belfry_model::Secret;
use belfry_tenancy::By;
use belfry_tenancy::factor::{self, FactorError};
use belfry_tenancy::session::{self, Place};
use belfry_tenancy::sign_in::{self, CodeError, Step};
use belfry_tenancy::staff::own::{self, PasswordError};
use chrono::TimeDelta;

use crate::platform::{Home, PASSWORD, Platform};

const HOME: &str = "192.0.2.1";

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn by(home: &Home) -> By {
    By::staff(home.tenant.id, &home.owner)
}

/// As the app would show it now, from what it was given.
fn code(platform: &Platform, secret: &str) -> Secret {
    let now = belfry_model::Clock::now(&*platform.clock).timestamp();
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    Secret::new(totp.generate(u64::try_from(now).unwrap()).to_string())
}

/// The owner's app, and their codes on paper.
async fn enrolled(platform: &Platform, home: &Home) -> (String, Vec<Secret>) {
    let tenancy = &platform.tenancy;
    factor::begin(tenancy, &home.tenant, &home.owner).await.unwrap();
    let enrolment = factor::enrolling(tenancy, &home.tenant, &home.owner).await.unwrap().unwrap();
    let secret = enrolment.secret.expose().to_owned();
    let first = code(platform, &secret);
    let codes = factor::confirm(tenancy, &home.tenant, &home.owner, &first, &by(home)).await.unwrap();
    platform.clock.advance(TimeDelta::seconds(30));
    (secret, codes)
}

async fn first_step(platform: &Platform, home: &Home) -> Secret {
    let scope = home.tenant.scope();
    let password = Secret::new(PASSWORD);
    let step =
        sign_in::with_password(&platform.tenancy, scope, &home.owner.email, &password, address(HOME)).await;
    match step.unwrap() {
        Step::Second { pending, .. } => pending,
        Step::In(_) => panic!("no code is asked for"),
    }
}

async fn second_step(
    platform: &Platform,
    home: &Home,
    pending: &Secret,
    code: &Secret,
    from: &str,
) -> Result<belfry_tenancy::staff::Staff, CodeError> {
    sign_in::with_code(&platform.tenancy, home.tenant.scope(), pending.expose(), code, address(from)).await
}

async fn letters(platform: &Platform) -> i64 {
    let superuser = platform.superuser().await;
    sqlx::query_scalar("SELECT count(*) FROM machinery.mail").fetch_one(&superuser).await.unwrap()
}

#[tokio::test]
async fn a_code_of_the_app_lets_in_once_and_the_password_alone_does_not() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (secret, codes) = enrolled(&platform, &home).await;
    assert_eq!(codes.len(), factor::CODES);

    let pending = first_step(&platform, &home).await;
    assert!(session::find(&platform.tenancy, home.tenant.scope(), pending.expose()).await.unwrap().is_none());
    let code = code(&platform, &secret);
    let typed = Secret::new(format!("{} {}", &code.expose()[..3], &code.expose()[3..]));
    assert_eq!(second_step(&platform, &home, &pending, &typed, HOME).await.unwrap(), home.owner);
    let again = second_step(&platform, &home, &pending, &code, HOME).await;
    assert!(matches!(again, Err(CodeError::Wrong)), "{again:?}");
}

#[tokio::test]
async fn a_code_is_good_a_step_early_and_late_and_no_more() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (secret, _) = enrolled(&platform, &home).await;
    platform.clock.advance(TimeDelta::seconds(30));
    let pending = first_step(&platform, &home).await;
    let late = code(&platform, &secret);
    platform.clock.advance(TimeDelta::seconds(60));
    let refused = second_step(&platform, &home, &pending, &late, HOME).await;
    assert!(matches!(refused, Err(CodeError::Wrong)), "{refused:?}");
    let late = code(&platform, &secret);
    platform.clock.advance(TimeDelta::seconds(30));
    second_step(&platform, &home, &pending, &late, HOME).await.unwrap();
    // An older one than the last is used up with it.
    platform.clock.advance(TimeDelta::seconds(30));
    let older = code(&platform, &secret);
    platform.clock.advance(TimeDelta::seconds(30));
    second_step(&platform, &home, &pending, &code(&platform, &secret), HOME).await.unwrap();
    let refused = second_step(&platform, &home, &pending, &older, HOME).await;
    assert!(matches!(refused, Err(CodeError::Wrong)), "{refused:?}");
}

#[tokio::test]
async fn two_who_send_the_same_code_at_once_are_not_both_let_in() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (secret, codes) = enrolled(&platform, &home).await;
    let pending = first_step(&platform, &home).await;
    for code in [&code(&platform, &secret), &codes[0]] {
        let both = tokio::join!(
            second_step(&platform, &home, &pending, code, HOME),
            second_step(&platform, &home, &pending, code, HOME)
        );
        assert!(both.0.is_ok() != both.1.is_ok(), "{both:?}");
    }
}

#[tokio::test]
async fn a_recovery_code_works_once_however_it_is_typed_and_its_use_is_told() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (_, codes) = enrolled(&platform, &home).await;
    let pending = first_step(&platform, &home).await;
    let before = letters(&platform).await;
    let typed = Secret::new(codes[3].expose().to_lowercase().replace('-', " "));
    second_step(&platform, &home, &pending, &typed, HOME).await.unwrap();
    assert_eq!(letters(&platform).await, before + 1);
    let status = factor::status(&platform.tenancy, home.tenant.scope(), home.owner.id).await.unwrap();
    assert_eq!((status.app, status.recovery_left), (true, 9));
    let again = second_step(&platform, &home, &pending, &codes[3], HOME).await;
    assert!(matches!(again, Err(CodeError::Wrong)), "{again:?}");

    let fresh = factor::renew(&platform.tenancy, &home.tenant, &home.owner, &by(&home)).await.unwrap();
    let old = second_step(&platform, &home, &pending, &codes[4], HOME).await;
    assert!(matches!(old, Err(CodeError::Wrong)), "{old:?}");
    second_step(&platform, &home, &pending, &fresh[4], HOME).await.unwrap();
}

#[tokio::test]
async fn nothing_of_one_tenant_is_anything_at_another() {
    let platform = Platform::new().await;
    let moe = platform.tenant("moe").await;
    let fin = platform.tenant("fin").await;
    let (secret, codes) = enrolled(&platform, &moe).await;
    let (_, _) = enrolled(&platform, &fin).await;
    let at_moe = first_step(&platform, &moe).await;
    let at_fin = first_step(&platform, &fin).await;
    for code in [code(&platform, &secret), codes[0].clone()] {
        let foreign = second_step(&platform, &fin, &at_moe, &code, HOME).await;
        assert!(matches!(foreign, Err(CodeError::Expired)), "{foreign:?}");
        let foreign = second_step(&platform, &fin, &at_fin, &code, HOME).await;
        assert!(matches!(foreign, Err(CodeError::Wrong)), "{foreign:?}");
    }
    // Nor does a sealed secret open where it was copied to.
    let superuser = platform.superuser().await;
    sqlx::query("UPDATE staff_totp SET sealed = (SELECT sealed FROM staff_totp WHERE tenant_id = $1)")
        .bind(moe.tenant.id.0)
        .execute(&superuser)
        .await
        .unwrap();
    let copied = second_step(&platform, &fin, &at_fin, &code(&platform, &secret), HOME).await;
    assert!(matches!(copied, Err(CodeError::Internal(_))), "{copied:?}");
    // And a person of another tenant holds no session or token here.
    let token = session::start(&platform.tenancy, moe.tenant.scope(), moe.owner.id, None).await.unwrap();
    let open = session::open(&platform.tenancy, moe.tenant.scope(), token.expose()).await.unwrap().unwrap();
    let scope = fin.tenant.scope();
    assert!(!session::end_one(&platform.tenancy, scope, moe.owner.id, open.id, &by(&fin)).await.unwrap());
    assert!(!session::revoke_token(&platform.tenancy, scope, moe.owner.id, 1, &by(&fin)).await.unwrap());
    let held = session::held(&platform.tenancy, scope, moe.owner.id).await.unwrap();
    assert!(held.sessions.is_empty() && held.tokens.is_empty());
    let factors = factor::status(&platform.tenancy, scope, moe.owner.id).await.unwrap();
    assert!(!factors.app && factors.recovery_left == 0);
}

#[tokio::test]
async fn the_first_step_ends_with_its_time_and_with_the_password() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (_, codes) = enrolled(&platform, &home).await;
    let minutes = i64::from(platform.tenancy.settings.second_step_minutes);
    let late = first_step(&platform, &home).await;
    platform.clock.advance(TimeDelta::minutes(minutes));
    let refused = second_step(&platform, &home, &late, &codes[0], HOME).await;
    assert!(matches!(refused, Err(CodeError::Expired)), "{refused:?}");

    let pending = first_step(&platform, &home).await;
    let fresh = Secret::new("another horse battery");
    own::change_password(&platform.tenancy, &home.tenant, &home.owner, &fresh, 0, &by(&home)).await.unwrap();
    let refused = second_step(&platform, &home, &pending, &codes[0], HOME).await;
    assert!(matches!(refused, Err(CodeError::Expired)), "{refused:?}");
    for nonsense in ["", "x", "AQAAAAE", "AQAAAAkAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let refused = second_step(&platform, &home, &Secret::new(nonsense), &codes[0], HOME).await;
        assert!(matches!(refused, Err(CodeError::Expired)), "{nonsense}: {refused:?}");
    }
}

#[tokio::test]
async fn guesses_at_codes_share_one_allowance_and_leave_the_persons_own_network_open() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (_, codes) = enrolled(&platform, &home).await;
    let pending = first_step(&platform, &home).await;
    second_step(&platform, &home, &pending, &codes[0], HOME).await.unwrap();
    let wrong = Secret::new("0000-0000-0000-0000");
    // Before the first sign-in that network was nobody's either, and took one of the allowance.
    for guesser in 1..platform.tenancy.settings.attempts_per_fifteen_minutes {
        let from = format!("198.51.100.{guesser}");
        let refused = second_step(&platform, &home, &pending, &wrong, &from).await;
        assert!(matches!(refused, Err(CodeError::Wrong)), "{refused:?}");
    }
    // The right one, too, and from anywhere that is not the person's own.
    let refused = second_step(&platform, &home, &pending, &codes[1], "203.0.113.9").await;
    assert!(matches!(refused, Err(CodeError::TooMany { .. })), "{refused:?}");
    second_step(&platform, &home, &pending, &codes[1], HOME).await.unwrap();
}

#[tokio::test]
async fn an_app_that_is_only_begun_opens_and_asks_nothing() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, tenant) = (&platform.tenancy, &home.tenant);
    factor::begin(tenancy, tenant, &home.owner).await.unwrap();
    let replaced = factor::enrolling(tenancy, tenant, &home.owner).await.unwrap().unwrap();
    factor::begin(tenancy, tenant, &home.owner).await.unwrap();
    let old = code(&platform, replaced.secret.expose());
    let refused = factor::confirm(tenancy, tenant, &home.owner, &old, &by(&home)).await;
    assert!(matches!(refused, Err(FactorError::Wrong)), "{refused:?}");
    let none = factor::renew(tenancy, tenant, &home.owner, &by(&home)).await;
    assert!(matches!(none, Err(FactorError::Nothing)), "{none:?}");
    let password = Secret::new(PASSWORD);
    let step =
        sign_in::with_password(tenancy, tenant.scope(), &home.owner.email, &password, address(HOME)).await;
    assert!(matches!(step, Ok(Step::In(_))), "{step:?}");

    let enrolment = factor::enrolling(tenancy, tenant, &home.owner).await.unwrap().unwrap();
    let url = enrolment.url.expose();
    assert!(url.starts_with("otpauth://totp/Ministry%20of%20moe:owner%40moe.example?secret="), "{url}");
    let right = code(&platform, enrolment.secret.expose());
    factor::confirm(tenancy, tenant, &home.owner, &right, &by(&home)).await.unwrap();
    let taken = factor::begin(tenancy, tenant, &home.owner).await;
    assert!(matches!(taken, Err(FactorError::Taken)), "{taken:?}");
    assert!(factor::enrolling(tenancy, tenant, &home.owner).await.unwrap().is_none());
}

#[tokio::test]
async fn nothing_that_makes_a_code_is_kept_open() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (secret, codes) = enrolled(&platform, &home).await;
    let superuser = platform.superuser().await;
    let sealed: Vec<u8> =
        sqlx::query_scalar("SELECT sealed FROM staff_totp").fetch_one(&superuser).await.unwrap();
    let open = totp_rs::Secret::try_from_base32(&secret).unwrap();
    assert!(!sealed.windows(20).any(|window| window == open.as_bytes()));
    let hashes: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT code_hash FROM recovery_code").fetch_all(&superuser).await.unwrap();
    assert_eq!(hashes.len(), codes.len());
    assert!(hashes.iter().all(|hash| hash.len() == 32));
    let acts: Vec<String> =
        sqlx::query_scalar("SELECT detail::text FROM audit_event").fetch_all(&superuser).await.unwrap();
    assert!(acts.iter().all(|act| !act.contains(&secret) && !act.contains(codes[0].expose())));
}

#[tokio::test]
async fn proving_again_takes_what_signing_in_takes() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let token = session::start(tenancy, scope, home.owner.id, None).await.unwrap();
    let open = async || session::open(tenancy, scope, token.expose()).await.unwrap().unwrap();
    assert!(open().await.is_proved(tenancy));
    let (_, codes) = enrolled(&platform, &home).await;
    platform.clock.advance(TimeDelta::minutes(tenancy.settings.proof_minutes.into()));
    assert!(!open().await.is_proved(tenancy));
    let prove = async |password: &str, code: &str| {
        let (password, code) = (Secret::new(password), Secret::new(code));
        sign_in::prove(tenancy, scope, open().await.id, &home.owner, &password, &code, address(HOME)).await
    };
    for (password, code) in [("guess", codes[0].expose()), (PASSWORD, "123456"), (PASSWORD, "")] {
        let refused = prove(password, code).await;
        assert!(matches!(refused, Err(CodeError::Wrong)), "{refused:?}");
    }
    // Beside a wrong password a code was not used up.
    prove(PASSWORD, codes[0].expose()).await.unwrap();
    assert!(open().await.is_proved(tenancy));
}

#[tokio::test]
async fn a_new_password_is_fit_ends_other_sessions_and_is_told() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let this = session::start(tenancy, scope, home.owner.id, None).await.unwrap();
    let other = session::start(tenancy, scope, home.owner.id, None).await.unwrap();
    let keep = session::open(tenancy, scope, this.expose()).await.unwrap().unwrap().id;
    let change = async |password: &str| {
        let password = Secret::new(password);
        own::change_password(tenancy, &home.tenant, &home.owner, &password, keep, &by(&home)).await
    };
    assert!(matches!(change("kort").await, Err(PasswordError::Unfit(_))));
    let before = letters(&platform).await;
    change("another horse battery").await.unwrap();
    assert_eq!(letters(&platform).await, before + 1);
    assert!(session::find(tenancy, scope, this.expose()).await.unwrap().is_some());
    assert!(session::find(tenancy, scope, other.expose()).await.unwrap().is_none());
    let old =
        sign_in::with_password(tenancy, scope, &home.owner.email, &Secret::new(PASSWORD), address(HOME))
            .await;
    assert!(old.is_err(), "{old:?}");
}

#[tokio::test]
async fn a_reset_ends_sessions_is_told_and_leaves_the_password() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let (tenancy, scope) = (&platform.tenancy, home.tenant.scope());
    let by = By::command();
    assert!(!own::reset_factor(tenancy, &home.tenant, home.owner.id, (&by).into()).await.unwrap());
    enrolled(&platform, &home).await;
    let token = session::start(tenancy, scope, home.owner.id, None).await.unwrap();
    let before = letters(&platform).await;
    assert!(own::reset_factor(tenancy, &home.tenant, home.owner.id, (&by).into()).await.unwrap());
    assert_eq!(letters(&platform).await, before + 1);
    assert!(session::find(tenancy, scope, token.expose()).await.unwrap().is_none());
    let password = Secret::new(PASSWORD);
    let step = sign_in::with_password(tenancy, scope, &home.owner.email, &password, address(HOME)).await;
    assert!(matches!(step, Ok(Step::In(_))), "{step:?}");
    let tx = tenancy.app.tenant(scope).await.unwrap();
    let acts = tx.audit_list(1).await.unwrap();
    assert_eq!(acts[0].action, "factor.reset");
}

#[tokio::test]
async fn a_sign_in_from_a_new_network_is_told_and_from_a_known_one_is_not() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let mut told = Vec::new();
    let before = letters(&platform).await;
    for from in ["192.0.2.1", "192.0.2.1", "2001:db8::1", "2001:db8::2", "192.0.2.1"] {
        let place = Place { address: Some(address(from)), agent: "A browser" };
        session::start(&platform.tenancy, home.tenant.scope(), home.owner.id, place).await.unwrap();
        told.push(letters(&platform).await - before);
    }
    assert_eq!(told, [0, 0, 1, 1, 1]);
    let held = session::held(&platform.tenancy, home.tenant.scope(), home.owner.id).await.unwrap();
    assert_eq!(held.sessions.len(), 5);
    assert_eq!(
        (held.sessions[0].agent.as_str(), held.sessions[0].address.as_str()),
        ("A browser", "192.0.2.1")
    );
}

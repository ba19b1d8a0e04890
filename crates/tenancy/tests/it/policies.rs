//! Policies: the baseline comes first, an agency adds to it, and people accept what holds.

use belfry_model::{Edition, PolicyKind, Tenant};
use belfry_storage::PolicyText;
use belfry_tenancy::policies::{self, AcceptError, Publication, PublishError, Variable};
use belfry_tenancy::{By, about};
use chrono::TimeDelta;

use crate::platform::Platform;

fn text(en: &str, nl: &str, demands: bool) -> PolicyText {
    PolicyText { text_en: en.into(), text_nl: nl.into(), demands, ..PolicyText::default() }
}

fn publication(policy: PolicyKind, text: PolicyText) -> Publication {
    Publication { policy, text, effective_on: None, draft: None }
}

fn by() -> By {
    By::command().because("It was time")
}

impl Platform {
    async fn baseline(&self, policy: PolicyKind, text: PolicyText) -> Result<i32, PublishError> {
        policies::publish_baseline(&self.tenancy, &self.admin, &publication(policy, text), &by()).await
    }

    async fn adds(&self, tenant: &Tenant, policy: PolicyKind, text: PolicyText) -> Result<i32, PublishError> {
        policies::publish(&self.tenancy, tenant, &publication(policy, text), &by()).await
    }

    async fn shown(&self, tenant: &Tenant, policy: PolicyKind) -> Option<(String, String)> {
        let found = policies::in_force(&self.tenancy, tenant, policy, "en").await.unwrap();
        found.map(|(entry, document)| (entry.edition.to_string(), document.html))
    }
}

#[tokio::test]
async fn the_baseline_comes_first_and_an_agency_adds_to_it_for_itself_alone() {
    let platform = Platform::new().await;
    let (moe, fin) = (platform.tenant("moe").await.tenant, platform.tenant("fin").await.tenant);
    let rules = PolicyKind::Rules;
    assert_eq!(platform.shown(&moe, rules).await, None);
    assert_eq!(
        platform.baseline(rules, text("Be *kind* to {{agency}}.", "Wees lief.", true)).await.unwrap(),
        1
    );
    assert_eq!(
        platform.adds(&moe, rules, text("# Ours\n\nWrite to {{contact}}.", "", false)).await.unwrap(),
        1
    );
    let (edition, html) = platform.shown(&moe, rules).await.unwrap();
    assert_eq!(edition, "1.1");
    let places: Vec<usize> = ["<em>kind</em> to ", "<h2>Additions by ", "<h3>Ours</h3>", "owner@moe.example"]
        .iter()
        .map(|part| html.find(part).unwrap_or_else(|| panic!("{part} in {html}")))
        .collect();
    assert!(places.is_sorted(), "{html}");
    let (edition, html) = platform.shown(&fin, rules).await.unwrap();
    assert_eq!(edition, "1.0");
    assert!(!html.contains("Ours"), "{html}");
    // In the other language the addition is shown as it is, and said to be English.
    let (_, dutch) = policies::in_force(&platform.tenancy, &moe, rules, "nl").await.unwrap().unwrap();
    assert!(dutch.html.starts_with("<p>Wees lief.</p>") && dutch.html.contains("<div lang=\"en\"><h3>Ours"));
}

#[tokio::test]
async fn nothing_that_an_agency_adds_reaches_into_the_baseline() {
    let platform = Platform::new().await;
    let moe = platform.tenant("moe").await.tenant;
    let rules = PolicyKind::Rules;
    let baseline = "Be kind, [says the law].\n\nNo spam.";
    platform.baseline(rules, text(baseline, "Wees lief.", true)).await.unwrap();
    let (_, before) = platform.shown(&moe, rules).await.unwrap();
    let attacks = [
        "[says the law]: https://evil.example",
        "</div></article><style>p{display:none}</style>",
        "<!--",
        "<script>document.body.innerHTML=''</script>",
        "<img src=x onerror=alert(1)> [x](javascript:alert(1))",
        "```\nnever closed",
    ];
    for attack in attacks {
        platform.adds(&moe, rules, text(&format!("{attack}\n\nx"), "", false)).await.unwrap();
        let (_, html) = platform.shown(&moe, rules).await.unwrap();
        assert!(html.starts_with(&before), "{attack} became {html}");
        for bad in ["<script", "<style", "<img", "<!--", "</article", "href=\"javascript", "evil.example\""] {
            assert!(!html.contains(bad), "{attack} became {html}");
        }
    }
    // An addition of nothing still has the baseline.
    let nothing = PolicyText { agency: "Only a name".into(), ..PolicyText::default() };
    platform.adds(&moe, rules, nothing).await.unwrap();
    assert_eq!(platform.shown(&moe, rules).await.unwrap().1, before);
    // Whoever serves requests can neither change nor drop what is published.
    let app = sqlx::PgPool::connect(platform.database.app_url().expose()).await.unwrap();
    for sql in [
        "DELETE FROM registry.policy_baseline",
        "UPDATE registry.policy_baseline SET demands = false",
        "INSERT INTO registry.policy_baseline SELECT 'rules', 9, '', '', false, now(), now(), '', ''",
        "UPDATE policy_addition SET text_en = ''",
        "DELETE FROM policy_addition",
        "DELETE FROM policy_acceptance",
    ] {
        let refused = sqlx::query(sql).execute(&app).await.unwrap_err().to_string();
        assert!(refused.contains("permission denied"), "{sql}: {refused}");
    }
}

#[tokio::test]
async fn what_cannot_be_published_is_refused_with_its_reason() {
    let platform = Platform::new().await;
    let moe = platform.tenant("moe").await.tenant;
    let privacy = PolicyKind::Privacy;
    let unknown = platform.baseline(privacy, text("{{agency}} {{boss}}", "x", false)).await;
    assert!(matches!(unknown, Err(PublishError::Unknown(name)) if name.0 == "boss"));
    assert!(matches!(platform.baseline(privacy, text("x", "", false)).await, Err(PublishError::Blank)));
    platform.baseline(privacy, text("By {{agency}}: {{law}}", "{{law}}", false)).await.unwrap();
    let again = platform.baseline(privacy, text("By {{agency}}: {{law}}\r\n", "{{law}}", false)).await;
    assert!(matches!(again, Err(PublishError::Same)));
    let missing = platform.adds(&moe, privacy, text("", "", false)).await;
    assert!(matches!(missing, Err(PublishError::Missing(which)) if which == [Variable::Law]));
    let with = |contact: &str, channel: &str, law: &str| PolicyText {
        contact: contact.into(),
        channel: channel.into(),
        law: law.into(),
        ..PolicyText::default()
    };
    let refused = async |text| platform.adds(&moe, privacy, text).await.unwrap_err();
    assert!(matches!(refused(with("nobody", "", "nz")).await, PublishError::Contact(_)));
    assert!(matches!(refused(with("", "javascript:alert(1)", "nz")).await, PublishError::Channel(_)));
    assert!(matches!(refused(with("", "", "xx")).await, PublishError::Law(_)));
    let past = Publication {
        effective_on: platform.tenancy.clock.now().date_naive().pred_opt(),
        ..publication(privacy, with("", "", "nz"))
    };
    let refused = policies::publish(&platform.tenancy, &moe, &past, &by()).await;
    assert!(matches!(refused, Err(PublishError::Over(_))));
    let new = publication(privacy, with("", "", "nz"));
    let silent = policies::publish(&platform.tenancy, &moe, &new, &By::command()).await;
    assert!(matches!(silent, Err(PublishError::Reasonless)));
    assert_eq!(platform.adds(&moe, privacy, with("", "", "nz")).await.unwrap(), 1);
    let (_, html) = platform.shown(&moe, privacy).await.unwrap();
    assert!(html.contains("Privacy Act 2020"), "{html}");
}

#[tokio::test]
async fn a_draft_that_somebody_changed_is_not_published_unseen() {
    let platform = Platform::new().await;
    let moe = platform.tenant("moe").await.tenant;
    let imprint = PolicyKind::Imprint;
    policies::adopt(&platform.tenancy, &moe, imprint).await.unwrap();
    let draft = async || {
        let tx = platform.tenancy.app.tenant(moe.scope()).await.unwrap();
        tx.policy_draft_fetch(imprint).await.unwrap()
    };
    let seen = draft().await.unwrap();
    let law = PolicyText { law: "nl".into(), ..seen.text.clone() };
    policies::save(&platform.tenancy, &moe, imprint, &law).await.unwrap();
    let stale = Publication { draft: Some(seen.id), ..publication(imprint, law.clone()) };
    let refused = policies::publish(&platform.tenancy, &moe, &stale, &by()).await;
    assert!(matches!(refused, Err(PublishError::Changed)));
    let fresh = Publication { draft: Some(draft().await.unwrap().id), ..stale };
    assert_eq!(policies::publish(&platform.tenancy, &moe, &fresh, &by()).await.unwrap(), 1);
    assert!(draft().await.is_none());
    let (edition, html) = platform.shown(&moe, imprint).await.unwrap();
    assert_eq!(edition, "0.1");
    assert!(html.contains("Woo"), "{html}");
}

#[tokio::test]
async fn an_acceptance_is_of_one_edition_and_one_persons() {
    let platform = Platform::new().await;
    let (moe, fin) = (platform.tenant("moe").await, platform.tenant("fin").await);
    let social = PolicyKind::SocialMedia;
    platform.baseline(social, text("Think first.", "Denk eerst.", true)).await.unwrap();
    platform.baseline(PolicyKind::Privacy, text("x", "x", false)).await.unwrap();
    let due =
        async |tenant: &Tenant, staff| policies::due(&platform.tenancy, tenant.scope(), staff).await.unwrap();
    let first = Edition { baseline: 1, addition: 0 };
    assert_eq!(due(&moe.tenant, moe.owner.id).await, [(social, first)]);
    let accept = async |edition| {
        let by = By::staff(moe.tenant.id, &moe.owner);
        policies::accept(&platform.tenancy, &moe.tenant, moe.owner.id, social, edition, &by).await
    };
    let wrong = accept(Edition { baseline: 2, addition: 0 }).await;
    assert!(matches!(wrong, Err(AcceptError::NotInForce)));
    assert!(accept(first).await.unwrap());
    assert!(!accept(first).await.unwrap(), "once is enough");
    assert_eq!(due(&moe.tenant, moe.owner.id).await, []);
    // Another agency's people accept for themselves, and what they add is theirs to accept.
    assert_eq!(due(&fin.tenant, fin.owner.id).await, [(social, first)]);
    let waiting = policies::waiting(&platform.tenancy, fin.tenant.scope()).await.unwrap();
    assert_eq!(waiting.iter().map(|one| one.staff.email.as_str()).collect::<Vec<_>>(), ["owner@fin.example"]);
    // A tenant can't loosen what the baseline demands.
    platform.adds(&moe.tenant, social, text("And twice.", "", false)).await.unwrap();
    assert_eq!(due(&moe.tenant, moe.owner.id).await, [(social, Edition { baseline: 1, addition: 1 })]);
    assert!(accept(Edition { baseline: 1, addition: 1 }).await.unwrap());
    // A version that holds from a later day is accepted from that day on.
    let later = Publication {
        effective_on: Some(platform.tenancy.clock.now().date_naive() + TimeDelta::days(3)),
        ..publication(social, text("Think thrice.", "Denk drie keer.", true))
    };
    policies::publish_baseline(&platform.tenancy, &platform.admin, &later, &by()).await.unwrap();
    assert_eq!(due(&moe.tenant, moe.owner.id).await, []);
    platform.clock.advance(TimeDelta::days(3));
    assert_eq!(due(&moe.tenant, moe.owner.id).await, [(social, Edition { baseline: 2, addition: 1 })]);
    let accepted = policies::accepted(&platform.tenancy, moe.tenant.scope(), None, 0, 10).await.unwrap();
    let shown: Vec<_> = accepted.iter().map(|one| (one.baseline, one.addition)).collect();
    assert_eq!(shown.len(), 2);
    assert!(shown.contains(&(1, 0)) && shown.contains(&(1, 1)));
}

#[tokio::test]
async fn what_changed_is_shown_between_any_two() {
    let platform = Platform::new().await;
    let moe = platform.tenant("moe").await.tenant;
    let rules = PolicyKind::Rules;
    platform.baseline(rules, text("Answer within two weeks, please.", "x", true)).await.unwrap();
    platform.clock.advance(TimeDelta::hours(1));
    platform.baseline(rules, text("Answer within four weeks, please.", "x", true)).await.unwrap();
    let changes = async |edition: &str, from: Option<&str>| {
        let from = from.map(|from| from.parse().unwrap());
        let edition = edition.parse().unwrap();
        policies::changes(&platform.tenancy, &moe, rules, edition, from, "en").await.unwrap()
    };
    let (before, lines) = changes("2.0", None).await.unwrap();
    assert_eq!(before.unwrap().to_string(), "1.0");
    let shown: Vec<_> = lines[0].0.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(shown, ["Answer within ", "two", "four", " weeks, please."]);
    assert_eq!(changes("1.0", None).await.unwrap().0, None);
    assert!(changes("3.0", None).await.is_none() && changes("2.0", Some("0.7")).await.is_none());
}

#[tokio::test]
async fn apps_are_shown_the_numbered_rules_that_hold() {
    let platform = Platform::new().await;
    let moe = platform.tenant("moe").await.tenant;
    let before = about::rules(&platform.tenancy, &moe).await.unwrap();
    assert!(!before.is_empty(), "what every tenant begins with");
    let rules = PolicyKind::Rules;
    platform.baseline(rules, policies::of_template(rules)).await.unwrap();
    let addition =
        PolicyText { law: "nl".into(), ..text("1. **Ours.** Too.", "1. **Van ons.** Ook.", false) };
    platform.adds(&moe, rules, addition).await.unwrap();
    let shown = about::rules(&platform.tenancy, &moe).await.unwrap();
    assert_eq!(shown.len(), 16);
    let last: Vec<_> = shown
        .iter()
        .filter(|rule| rule.position == 8)
        .map(|rule| (rule.text.as_str(), rule.hint.as_str()))
        .collect();
    assert_eq!(last, [("Ours", "Too."), ("Van ons", "Ook.")]);
}

#[tokio::test]
async fn two_who_publish_at_once_are_one_after_the_other_or_told_so() {
    let platform = Platform::new().await;
    let moe = platform.tenant("moe").await.tenant;
    let imprint = PolicyKind::Imprint;
    // A country without a text of ours of its law can publish too.
    let words = |words: &str| PolicyText { law: "other".into(), ..text(words, "", false) };
    let (one, other) = tokio::join!(
        platform.adds(&moe, imprint, words("One. {{law}}")),
        platform.adds(&moe, imprint, words("Other. {{law}}"))
    );
    let taken = [one, other].into_iter().filter(|done| match done {
        Ok(_) => true,
        Err(PublishError::Changed) => false,
        Err(error) => panic!("{error}"),
    });
    let taken = taken.count();
    let history = policies::history(&platform.tenancy, moe.scope(), imprint).await.unwrap();
    assert!(taken >= 1 && history.len() == taken, "{history:?}");
}

//! The demo's two agencies with their accounts, people and tokens, made by the commands that
//! an operator would use.

use anyhow::{Context, Result};
use serde_json::Value;

use super::page;
use super::platform::{Platform, SHARED_DOMAIN};
use crate::services::random_word;

/// Everything that the official apps ask for.
const SCOPES: &str = "read write follow push";

struct Plan {
    slug: &'static str,
    name: &'static str,
    owner: &'static str,
    /// Writes as the team account.
    editor: &'static str,
}

/// The first one is the lead agency.
const PLANS: [Plan; 2] = [
    Plan {
        slug: "interior",
        name: "Ministry of the Interior",
        owner: "ines@interior.example",
        editor: "eva@interior.example",
    },
    Plan {
        slug: "water",
        name: "National Water Authority",
        owner: "walter@water.example",
        editor: "emil@water.example",
    },
];

/// The team account that each agency has beside its organisation account.
const TEAM: &str = "press";
const LEAD: &str = "lea@interior.example";

pub struct Agencies {
    /// The lead agency, whose post it is.
    pub first: Agency,
    pub second: Agency,
    /// Who governs the platform.
    pub lead: Person,
}

pub struct Agency {
    pub slug: String,
    pub name: String,
    /// Without port.
    pub host: String,
    pub organisation: Account,
    pub team: Account,
}

pub struct Account {
    /// `@interior@interior.social.localhost:8080`
    pub handle: String,
    pub token: String,
    pub person: Person,
}

/// Who signs in.
pub struct Person {
    pub email: String,
    pub password: String,
}

/// Makes everything; everybody has accepted the invitation afterwards.
pub fn provision(platform: &Platform) -> Result<Agencies> {
    let [first, second] = PLANS;
    Ok(Agencies {
        first: provision_one(platform, &first)?,
        second: provision_one(platform, &second)?,
        lead: invite(platform, first.slug, LEAD, &["--role", "lead"])?,
    })
}

impl Agencies {
    pub fn all(&self) -> [&Agency; 2] {
        [&self.first, &self.second]
    }
}

fn provision_one(platform: &Platform, plan: &Plan) -> Result<Agency> {
    let &Plan { slug, name, owner, editor } = plan;
    let created = platform.ask(&[
        "tenant",
        "create",
        slug,
        "--name",
        name,
        "--owner-email",
        owner,
        "--phase",
        "public",
    ])?;
    let host = format!("{slug}.{SHARED_DOMAIN}");
    platform.wait_for_host(&host)?;
    let owner =
        accept(platform, &host, owner, created.get("invitation").context("a tenant without invitation")?)?;
    platform.ask(&["account", "create", TEAM, "--tenant", slug, "--kind", "team"])?;
    let editor = invite(platform, slug, editor, &["--role", "editor", "--account", TEAM])?;
    let account = |name: &str, person| -> Result<Account> {
        let created =
            platform.ask(&["token", "create", "--tenant", slug, "--account", name, "--scopes", SCOPES])?;
        let handle = format!("@{name}@{host}:{}", platform.port);
        Ok(Account { handle, token: text(&created, "access_token")?, person })
    };
    Ok(Agency {
        slug: slug.into(),
        name: name.into(),
        organisation: account(slug, owner)?,
        team: account(TEAM, editor)?,
        host,
    })
}

fn invite(platform: &Platform, slug: &str, email: &str, how: &[&str]) -> Result<Person> {
    let invitation = platform.ask(&[&["staff", "invite", email, "--tenant", slug], how].concat())?;
    accept(platform, &format!("{slug}.{SHARED_DOMAIN}"), email, &invitation)
}

/// Opens the invitation's page and chooses a password, as the invited person would.
fn accept(platform: &Platform, host: &str, email: &str, invitation: &Value) -> Result<Person> {
    let password = random_word()?;
    let url = text(invitation, "invitation_url")?;
    let path = url.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
    let name = email.split('@').next().map(capitalised).unwrap_or_default();
    page::submit(
        platform,
        host,
        path.with_context(|| format!("{url} has no path"))?,
        &[
            ("email", email),
            ("code", &text(invitation, "code")?),
            ("name", &name),
            ("password", &password),
            ("password_again", &password),
        ],
    )
    .with_context(|| format!("accepting the invitation of {email}"))?;
    Ok(Person { email: email.into(), password })
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn text(value: &Value, key: &str) -> Result<String> {
    let text = value.get(key).and_then(Value::as_str);
    text.map(str::to_owned).with_context(|| format!("no `{key}` in {value}"))
}

//! axe-core on every page of the running platform, as its readers have it: light and dark, in
//! English and in Dutch, on a screen and on a phone.
//!
//! The console's pages are those of its table of routes: a page that nobody can come to by
//! links is a complaint, so that a new one is looked at without a word here.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use belfry_tenant_admin::console::routes;
use belfry_test_support::Browser;
use belfry_test_support::browser::{Look, Rules, Tab};

use crate::lived_in::{LEAD, LivedIn};
use crate::people::{ask_for_a_place, check_a_list, draft_a_policy, paste_a_list, somebody};

/// Pages of one kind that are looked at; the rest differ in their words.
const ALIKE: usize = 3;

/// Follows the links of one site from page to page.
struct Walk<'a> {
    tab: &'a Tab,
    /// `http://social.localhost:41234`
    origin: String,
    /// Links that begin with this are followed.
    within: &'static str,
    /// Patterns of paths, with `{…}` for a part that varies.
    patterns: Vec<&'static str>,
    next: VecDeque<String>,
    seen: BTreeSet<String>,
    /// How many pages of each kind have been looked at.
    kinds: BTreeMap<String, usize>,
    complaints: Vec<String>,
}

impl<'a> Walk<'a> {
    fn new(tab: &'a Tab, origin: String, within: &'static str) -> Self {
        Self {
            tab,
            origin,
            within,
            patterns: Vec::new(),
            next: VecDeque::new(),
            seen: BTreeSet::new(),
            kinds: BTreeMap::new(),
            complaints: Vec::new(),
        }
    }

    /// From these paths to everything that they lead to.
    async fn from(mut self, paths: &[&str]) -> Self {
        self.next.extend(paths.iter().map(|path| (*path).to_owned()));
        while let Some(path) = self.next.pop_front() {
            if !self.seen.insert(path.clone()) {
                continue;
            }
            let kind = self.kind(&path);
            let alike = self.kinds.entry(kind).or_default();
            if *alike < ALIKE {
                *alike += 1;
                self.look_at(&path).await;
            }
        }
        self
    }

    /// The pattern that a path matches, or the path without what varies.
    fn kind(&self, path: &str) -> String {
        let bare = path.split('?').next().unwrap();
        let parts: Vec<_> = bare.split('/').collect();
        let matches = |pattern: &&str| {
            let wanted: Vec<_> = pattern.split('/').collect();
            wanted.len() == parts.len()
                && wanted.iter().zip(&parts).all(|(want, part)| want.starts_with('{') || want == part)
        };
        // What is spelled out goes before what varies.
        let mut fitting: Vec<_> = self.patterns.iter().copied().filter(matches).collect();
        fitting.sort_by_key(|pattern| pattern.matches('{').count());
        let varies = |part: &str| part.starts_with('@') || part.chars().all(|c| c.is_ascii_digit());
        fitting.first().map_or_else(
            || parts.iter().map(|part| if varies(part) { "{}" } else { part }).collect::<Vec<_>>().join("/"),
            |pattern| (*pattern).to_owned(),
        )
    }

    async fn look_at(&mut self, path: &str) {
        let url = format!("{}{path}", self.origin);
        self.tab.look(Look::default()).await;
        // Without: a file to keep.
        let Some(visit) = self.tab.try_goto(&url).await else { return };
        if visit.status != 200 {
            self.complaints.push(format!("{path} is answered with {}", visit.status));
        }
        if visit.kind != "text/html" {
            return;
        }
        let links: Vec<String> = self
            .tab
            .evaluate("[...document.querySelectorAll('a[href]')].map(link => link.href.split('#')[0])")
            .await;
        let within = format!("{}{}", self.origin, self.within);
        let is_another = |link: &&String| {
            // Languages are looked at anyway, and a hashtag has no page of its own yet.
            link.starts_with(&within) && !link.contains("lang=") && !link.contains("/tags/")
        };
        let links = links.iter().filter(is_another);
        self.next.extend(links.map(|link| link.replacen(&self.origin, "", 1)));
        let found = look_over(self.tab, &url).await;
        self.complaints.extend(found.into_iter().map(|complaint| format!("{path} {complaint}")));
    }
}

/// What is wrong with a page, in all the ways of looking at it.
async fn look_over(tab: &Tab, url: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let look = Look::default();
    complaints.extend(found(tab, "in English", Rules::Wcag22AA).await);
    tab.look(look.dark()).await;
    complaints.extend(found(tab, "when it is dark", Rules::Appearance).await);
    tab.look(look.wide(Look::PHONE)).await;
    complaints.extend(too_wide(tab, "in English").await);
    tab.look(look.wide(Look::PHONE).read_in("nl")).await;
    tab.goto(url).await;
    assert_eq!(tab.evaluate::<String>("document.documentElement.lang").await, "nl", "{url}");
    complaints.extend(found(tab, "in Dutch on a phone", Rules::Wcag22AA).await);
    complaints.extend(too_wide(tab, "in Dutch").await);
    tab.look(look).await;
    complaints
}

async fn found(tab: &Tab, how: &str, rules: Rules) -> Vec<String> {
    tab.violations(rules).await.iter().map(|violation| format!("{how}: {violation}")).collect()
}

async fn too_wide(tab: &Tab, how: &str) -> Option<String> {
    let overflow = tab.overflow().await;
    if overflow == 0 {
        return None;
    }
    Some(format!("{how} is {overflow} px wider than a phone: {:#?}", tab.sticking_out().await))
}

fn assert_nothing(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_on_any_page_of_the_console() {
    let Some(browser) = Browser::start().await else { return };
    let platform = LivedIn::start().await;
    let tab = browser.tab().await;
    let mut walk = Walk::new(&tab, platform.running.shared(""), "/console").from(&["/console/sign_in"]).await;
    ask_for_a_place(&platform.running, &tab).await;
    somebody(&platform.running, &tab, LEAD, "lead", "Lea").await;
    paste_a_list(&platform.running, &tab).await;
    draft_a_policy(&tab, &platform.running.shared("/console/policies/social-media")).await;
    check_a_list(&platform.running, &tab).await;
    let pages: Vec<_> = routes::table()
        .into_iter()
        .filter(|endpoint| endpoint.method == "GET")
        .map(|endpoint| endpoint.path)
        // A part of a page is looked at within the page.
        .filter(|path| !path.ends_with("/part"))
        .collect();
    walk.patterns.clone_from(&pages);
    let plain: Vec<_> = pages.iter().copied().filter(|path| !path.contains('{')).collect();
    let mut walk = walk.from(&plain).await;
    for page in pages.iter().filter(|page| !walk.kinds.contains_key(**page)) {
        walk.complaints.push(format!("no link leads to {page}: see that there is one in lived_in.rs"));
    }
    assert_nothing(&walk.complaints);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_on_what_the_public_and_the_agencies_see() {
    let Some(browser) = Browser::start().await else { return };
    let platform = LivedIn::start().await;
    let running = &platform.running;
    let tab = browser.tab().await;
    let register = Walk::new(&tab, running.shared(""), "/")
        .from(&["/", "/?q=nobody", "/register/check", "/register/check?handle=@water@elsewhere.example"])
        .await;
    let post = platform.post.replacen(&running.at("water", ""), "", 1);
    let paths = ["/", "/@water", &post, "/auth/sign_in", "/invitation"];
    let agency = Walk::new(&tab, running.at("water", ""), "/").from(&paths).await;
    let newcomer = Walk::new(&tab, running.at("museum", ""), "/").from(&["/"]).await;
    somebody(running, &tab, "water", "owner", "Walter").await;
    draft_a_policy(&tab, &running.at("water", "/admin/policies/imprint")).await;
    let paths = ["/admin", "/admin/staff", "/admin/deliveries", &post];
    let staff = Walk::new(&tab, running.at("water", ""), "/").from(&paths).await;
    let walks = [register, agency, newcomer, staff];
    assert_nothing(&walks.into_iter().flat_map(|walk| walk.complaints).collect::<Vec<_>>());
}

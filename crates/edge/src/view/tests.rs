//! Renders every sample of every view in every language, and holds templates and texts together.

use std::collections::BTreeSet;

mod accessible;

use super::*;
use crate::render::{Renderer, View, sources};
use crate::translate::{Language, Texts};

/// A sample of a view, as a page.
struct Page {
    template: &'static str,
    language: Language,
    html: String,
}

fn render_all<V: View>(renderer: &Renderer, samples: &[V], seen: &mut Vec<Page>) {
    assert!(!samples.is_empty(), "{} has no sample", V::TEMPLATE);
    for language in Language::ALL {
        for sample in samples {
            let html = renderer
                .render(*language, &Layout { script: sample.script(), ..Layout::sample(*language) }, sample)
                .unwrap_or_else(|error| panic!("{} in {language:?}: {error:#?}", V::TEMPLATE));
            assert!(html.starts_with("<!doctype html>"), "{}: {html}", V::TEMPLATE);
            assert!(html.contains(&format!("<html lang=\"{}\"", language.code())), "{}", V::TEMPLATE);
            let scripts = html.matches("<script").count();
            let ours = html.matches("<script src=\"/assets/").count();
            assert_eq!((scripts, ours), (usize::from(sample.script().is_some()), scripts), "{}", V::TEMPLATE);
            for bad in ["<b>Ann", "style=\"", " onclick", "javascript:"] {
                assert!(!html.contains(bad), "{} has {bad} in {language:?}", V::TEMPLATE);
            }
            if V::HAS_FORM {
                assert!(html.contains("name=\"csrf_token\" value=\"token\""), "{}", V::TEMPLATE);
            }
            seen.push(Page { template: V::TEMPLATE, language: *language, html });
        }
    }
}

/// Every sample of every view, in every language.
fn every_page() -> Vec<Page> {
    let renderer = Renderer::new().unwrap_or_else(|error| panic!("{error:#?}"));
    let mut seen = Vec::new();
    render_all(&renderer, &AdminView::samples(), &mut seen);
    render_all(&renderer, &AdmittedView::samples(), &mut seen);
    render_all(&renderer, &AgenciesView::samples(), &mut seen);
    render_all(&renderer, &AgencyView::samples(), &mut seen);
    render_all(&renderer, &AgencyAuditView::samples(), &mut seen);
    render_all(&renderer, &AuditView::samples(), &mut seen);
    render_all(&renderer, &AuditCheckView::samples(), &mut seen);
    render_all(&renderer, &AgencyUsageView::samples(), &mut seen);
    render_all(&renderer, &AgencyAccountsView::samples(), &mut seen);
    render_all(&renderer, &ConfirmationsView::samples(), &mut seen);
    render_all(&renderer, &ConsentView::samples(), &mut seen);
    render_all(&renderer, &ConsoleView::samples(), &mut seen);
    render_all(&renderer, &AdminSettingsView::samples(), &mut seen);
    render_all(&renderer, &BaselineSettingsView::samples(), &mut seen);
    render_all(&renderer, &DomainsView::samples(), &mut seen);
    render_all(&renderer, &ImportView::samples(), &mut seen);
    render_all(&renderer, &DeliveriesView::samples(), &mut seen);
    render_all(&renderer, &ErrorView::samples(), &mut seen);
    render_all(&renderer, &FrontView::samples(), &mut seen);
    render_all(&renderer, &HostsView::samples(), &mut seen);
    render_all(&renderer, &AgencyImportView::samples(), &mut seen);
    render_all(&renderer, &ImportsView::samples(), &mut seen);
    render_all(&renderer, &InvitationView::samples(), &mut seen);
    render_all(&renderer, &InvitationDoneView::samples(), &mut seen);
    render_all(&renderer, &NewAgencyView::samples(), &mut seen);
    render_all(&renderer, &LifecycleView::samples(), &mut seen);
    render_all(&renderer, &AgreementView::samples(), &mut seen);
    render_all(&renderer, &JoinRequestView::samples(), &mut seen);
    render_all(&renderer, &JoinSentView::samples(), &mut seen);
    render_all(&renderer, &JoinStatusView::samples(), &mut seen);
    render_all(&renderer, &JoinView::samples(), &mut seen);
    render_all(&renderer, &RequestView::samples(), &mut seen);
    render_all(&renderer, &RequestsView::samples(), &mut seen);
    render_all(&renderer, &MailboxView::samples(), &mut seen);
    render_all(&renderer, &OutOfBandView::samples(), &mut seen);
    render_all(&renderer, &OwnUsageView::samples(), &mut seen);
    render_all(&renderer, &AdminPoliciesView::samples(), &mut seen);
    render_all(&renderer, &AdminPolicyView::samples(), &mut seen);
    render_all(&renderer, &AdminPolicyPreviewView::samples(), &mut seen);
    render_all(&renderer, &ConsolePoliciesView::samples(), &mut seen);
    render_all(&renderer, &ConsolePolicyView::samples(), &mut seen);
    render_all(&renderer, &ConsolePolicyPreviewView::samples(), &mut seen);
    render_all(&renderer, &OwnPoliciesView::samples(), &mut seen);
    render_all(&renderer, &AcceptancesView::samples(), &mut seen);
    render_all(&renderer, &AboutView::samples(), &mut seen);
    render_all(&renderer, &PolicyView::samples(), &mut seen);
    render_all(&renderer, &PolicyVersionsView::samples(), &mut seen);
    render_all(&renderer, &PolicyChangesView::samples(), &mut seen);
    render_all(&renderer, &ProfileView::samples(), &mut seen);
    render_all(&renderer, &ReachView::samples(), &mut seen);
    render_all(&renderer, &RegisterView::samples(), &mut seen);
    render_all(&renderer, &CheckView::samples(), &mut seen);
    render_all(&renderer, &EntryView::samples(), &mut seen);
    render_all(&renderer, &FollowView::samples(), &mut seen);
    render_all(&renderer, &SignInView::samples(), &mut seen);
    render_all(&renderer, &SecondStepView::samples(), &mut seen);
    render_all(&renderer, &OwnView::samples(), &mut seen);
    render_all(&renderer, &OwnAppView::samples(), &mut seen);
    render_all(&renderer, &OwnCodesView::samples(), &mut seen);
    render_all(&renderer, &OwnConfirmView::samples(), &mut seen);
    render_all(&renderer, &PersonView::samples(), &mut seen);
    render_all(&renderer, &SetsView::samples(), &mut seen);
    render_all(&renderer, &StaffImportView::samples(), &mut seen);
    render_all(&renderer, &StaffView::samples(), &mut seen);
    render_all(&renderer, &ThreadView::samples(), &mut seen);
    render_all(&renderer, &UsageView::samples(), &mut seen);
    seen
}

#[test]
fn every_view_renders_in_every_language() {
    let seen: BTreeSet<_> = every_page().iter().map(|page| page.template).collect();
    let pages: BTreeSet<_> = sources()
        .into_keys()
        .filter(|name| !name.ends_with("layout.html") && !name.starts_with("parts/"))
        .collect();
    assert_eq!(seen, pages, "a template without a view, or a view that is not rendered here");
}

#[test]
fn a_part_by_itself_is_what_stands_in_the_page() {
    let renderer = Renderer::new().unwrap_or_else(|error| panic!("{error:#?}"));
    for language in Language::ALL {
        for (part, page) in DeliveryPart::samples().iter().zip(ThreadView::samples()) {
            let alone = renderer.render(*language, &(), part).unwrap_or_else(|error| panic!("{error:#?}"));
            let page = renderer.render(*language, &Layout::sample(*language), &page).expect("the page");
            assert!(page.contains(alone.trim()), "{language:?}: {alone}");
            assert!(!alone.contains("<b>Ann"), "{alone}");
        }
    }
}

#[test]
fn every_template_file_is_compiled_in() {
    fn count(folder: &std::path::Path) -> usize {
        std::fs::read_dir(folder)
            .expect("the templates")
            .map(|entry| entry.expect("an entry").path())
            .map(|path| if path.is_dir() { count(&path) } else { 1 })
            .sum()
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    assert_eq!(count(folder.as_ref()), sources().len());
}

/// Keys that are put together (`"kind-" ~ kind`) are covered by the samples; this finds the rest,
/// in branches that no sample reaches.
#[test]
fn every_key_that_a_template_names_has_a_text() {
    let texts = Texts::load(Language::English).expect("texts");
    for (template, source) in sources() {
        for part in source.split("t(key=\"").skip(1) {
            let (key, rest) = part.split_once('"').expect("a closing quote");
            if !rest.trim_start().starts_with('~') {
                assert!(texts.has(key), "`{key}` in {template}");
            }
        }
    }
}

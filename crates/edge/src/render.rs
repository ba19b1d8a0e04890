//! Pages: tera templates and their texts, compiled into the binary and checked when it starts.
//!
//! Invariant: a page is made from a [`View`], a typed struct that names its template, so that a
//! template and what it is given change together; autoescape is on for every template.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Timelike, Utc};
use fluent_bundle::{FluentArgs, FluentValue};
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, Value};

use crate::translate::{BrokenTexts, Language, Texts};

/// What a page shows.
pub trait View: Serialize {
    /// A file under `templates/`.
    const TEMPLATE: &'static str;
    /// The page holds a form of ours: it is given a CSRF token.
    const HAS_FORM: bool = false;
    /// The consent page alone lets its form end elsewhere: browsers apply `form-action` to the
    /// redirect as well, and apps come back to schemes of their own.
    const FORM_MAY_LEAVE: bool = false;
    /// The page that keeps itself up to date alone has a script.
    fn script(&self) -> Option<&'static str> {
        None
    }
}

/// Every template, by name. A test compares this with the folder.
macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        const TEMPLATES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../templates/", $name)))),*];
    };
}
templates![
    "about/changes.html",
    "about/index.html",
    "about/policy.html",
    "about/versions.html",
    "account/policies.html",
    "admin/audit.html",
    "admin/deliveries.html",
    "admin/layout.html",
    "admin/overview.html",
    "admin/person.html",
    "admin/sets.html",
    "admin/policies.html",
    "admin/policies_accepted.html",
    "admin/policy.html",
    "admin/policy_preview.html",
    "admin/settings.html",
    "admin/staff.html",
    "admin/staff_import.html",
    "admin/usage.html",
    "auth/second_step.html",
    "auth/sign_in.html",
    "console/admitted.html",
    "console/agencies.html",
    "console/agency.html",
    "console/agency_accounts.html",
    "console/agency_layout.html",
    "console/agreement.html",
    "console/audit.html",
    "console/audit_check.html",
    "console/agency_usage.html",
    "console/confirmations.html",
    "console/hosts.html",
    "console/baseline_domains.html",
    "console/baseline_import.html",
    "console/baseline_layout.html",
    "console/import.html",
    "console/import_list.html",
    "console/baseline_settings.html",
    "console/layout.html",
    "console/new_agency.html",
    "console/policies.html",
    "console/policy.html",
    "console/policy_preview.html",
    "console/lifecycle.html",
    "console/mailbox.html",
    "console/overview.html",
    "console/usage.html",
    "console/request.html",
    "console/requests.html",
    "console/reach.html",
    "error.html",
    "front.html",
    "invitation.html",
    "invitation_done.html",
    "join/form.html",
    "join/request.html",
    "join/sent.html",
    "join/status.html",
    "layout.html",
    "oauth/authorize.html",
    "oauth/out_of_band.html",
    "own/app.html",
    "own/codes.html",
    "own/confirm.html",
    "own/show.html",
    "parts/account.html",
    "parts/admission.html",
    "parts/acts.html",
    "parts/chart.html",
    "parts/console.html",
    "parts/delivery.html",
    "parts/delivery_part.html",
    "parts/field.html",
    "parts/form.html",
    "parts/icon.html",
    "parts/import.html",
    "parts/import_part.html",
    "parts/notice.html",
    "parts/people.html",
    "parts/policy.html",
    "parts/post.html",
    "parts/usage.html",
    "parts/rule.html",
    "parts/register.html",
    "profile.html",
    "register.html",
    "register_check.html",
    "register_entry.html",
    "register_follow.html",
    "thread.html",
];

#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    #[error(transparent)]
    Texts(#[from] BrokenTexts),
    #[error("a page can't be rendered")]
    Template(#[from] tera::Error),
}

/// One set of templates a language: the function `t` is bound to that language's texts.
#[derive(Debug)]
pub struct Renderer {
    english: Tera,
    dutch: Tera,
}

impl Renderer {
    /// Parses every template and text: a broken one stops the start, not a visitor.
    pub fn new() -> Result<Self, RenderError> {
        Ok(Self { english: templates_in(Language::English)?, dutch: templates_in(Language::Dutch)? })
    }

    /// The one of this process. Templates are as constant as code: a test of this crate fails
    /// where they are broken, so that what is built renders.
    pub fn shared() -> Result<&'static Self, &'static RenderError> {
        static SHARED: LazyLock<Result<Renderer, RenderError>> = LazyLock::new(Renderer::new);
        SHARED.as_ref()
    }

    /// `layout` is what every page has around it.
    pub fn render<V: View>(
        &self,
        language: Language,
        layout: &impl Serialize,
        view: &V,
    ) -> Result<String, RenderError> {
        let tera = match language {
            Language::English => &self.english,
            Language::Dutch => &self.dutch,
        };
        let mut context = Context::new();
        context.insert_value("page", Value::try_from_serializable(layout)?);
        context.insert_value("view", Value::try_from_serializable(view)?);
        Ok(tera.render(V::TEMPLATE, &context)?)
    }
}

fn templates_in(language: Language) -> Result<Tera, RenderError> {
    let texts = std::sync::Arc::new(Texts::load(language)?);
    let mut tera = Tera::new();
    // `t(key="…", name=value)`: a text. What it returns is escaped like any other value.
    let for_t = texts.clone();
    tera.register_function("t", move |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
        let key = kwargs.must_get::<&str>("key")?;
        let mut args = FluentArgs::new();
        for (name, value) in kwargs.iter() {
            if let Some(name) = name.as_str().filter(|name| *name != "key") {
                args.set(name.to_owned(), argument(value));
            }
        }
        text(&for_t, key, &args)
    });
    // `day(at=…)` and `moment(at=…)`: a time of ours (RFC 3339) as people write it, in UTC.
    let for_day = texts.clone();
    tera.register_function("day", move |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
        text(&for_day, "date", &date(&for_day, &kwargs)?)
    });
    // `month(at=…)`: the month that such a time lies in.
    let for_month = texts.clone();
    tera.register_function("month", move |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
        text(&for_month, "month-name", &date(&for_month, &kwargs)?)
    });
    tera.register_function("moment", move |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
        text(&texts, "moment", &date(&texts, &kwargs)?)
    });
    tera.add_raw_templates(TEMPLATES.iter().copied())?;
    Ok(tera)
}

fn text(texts: &Texts, key: &str, args: &FluentArgs<'_>) -> tera::TeraResult<String> {
    texts
        .text(key, Some(args))
        .ok_or_else(|| tera::Error::message(format!("no text `{key}` in `{}`", texts.language().code())))
}

fn argument(value: &Value) -> FluentValue<'static> {
    match value.as_i64() {
        Some(number) => FluentValue::from(number),
        None => FluentValue::from(value.to_string()),
    }
}

fn date(texts: &Texts, kwargs: &Kwargs) -> tera::TeraResult<FluentArgs<'static>> {
    let at = kwargs.must_get::<&str>("at")?;
    let at: DateTime<Utc> = at.parse().map_err(|_| tera::Error::message("`at` is not a time"))?;
    let mut args = FluentArgs::new();
    args.set("day", at.day());
    args.set("month", text(texts, &format!("month-{}", at.month()), &FluentArgs::new())?);
    // As text: a year is not a number to be grouped.
    args.set("year", at.year().to_string());
    args.set("time", format!("{:02}:{:02}", at.hour(), at.minute()));
    Ok(args)
}

/// The names of all templates with their source, for the tests of texts.
#[cfg(test)]
pub(crate) fn sources() -> std::collections::BTreeMap<&'static str, &'static str> {
    TEMPLATES.iter().copied().collect()
}

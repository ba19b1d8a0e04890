//! Filling in a page's form as a person does: the page is opened, its hidden fields and cookies
//! are kept, the answer is sent back to where the form says.

use anyhow::{Context, Result, bail};

use super::platform::Platform;

/// Opens the page at `path` and submits its form with these fields.
pub fn submit(platform: &Platform, host: &str, path: &str, fields: &[(&str, &str)]) -> Result<()> {
    let page = platform.request("GET", host, path).header("Accept", "text/html").send()?;
    if page.status != 200 {
        bail!("the page was answered with {}", page.status);
    }
    let form = Form::find(&page.body).context("the page has no form to submit")?;
    let cookies: Vec<&str> =
        page.headers("set-cookie").filter_map(|cookie| cookie.split(';').next()).collect();
    let mut all: Vec<(&str, &str)> =
        form.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    all.extend(fields);
    let answer = platform
        .request("POST", host, form.action.as_deref().unwrap_or(path))
        .header("Origin", &format!("http://{host}:{}", platform.port))
        .header("Cookie", &cookies.join("; "))
        .form(&all)
        .send()?;
    // A form that doesn't fit is shown again, as 422.
    if !(200..400).contains(&answer.status) {
        bail!("the form was answered with {}: {}", answer.status, visible(&answer.body));
    }
    Ok(())
}

/// The first form of a page that is posted.
#[derive(Debug, PartialEq, Eq)]
struct Form {
    action: Option<String>,
    hidden: Vec<(String, String)>,
}

impl Form {
    fn find(page: &str) -> Option<Self> {
        page.split("<form").skip(1).find_map(|form| {
            let form = form.split("</form>").next()?;
            let tag = form.split('>').next()?;
            if !attribute(tag, "method")?.eq_ignore_ascii_case("post") {
                return None;
            }
            let hidden = form
                .split("<input")
                .skip(1)
                .filter_map(|input| input.split('>').next())
                .filter(|input| attribute(input, "type").as_deref() == Some("hidden"))
                .filter_map(|input| {
                    Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default()))
                })
                .collect();
            Some(Self { action: attribute(tag, "action").filter(|action| !action.is_empty()), hidden })
        })
    }
}

/// The value of a quoted attribute; our own pages quote all of them.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?;
    Some(
        value
            .replace("&#x2F;", "/")
            .replace("&#x27;", "'")
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}

/// What a page says, without its tags, on one line.
fn visible(page: &str) -> String {
    let body = page.split_once("<main").map_or(page, |(_, main)| main);
    let text: String =
        body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::{Form, visible};

    #[test]
    fn the_form_that_is_posted_is_found_with_its_hidden_fields() {
        let page = r#"<form action="/search" method="get"><input name="q"></form>
            <form class="x" method="post" action="&#x2F;invitation?a=1&amp;b=2">
            <input type="hidden" name="csrf" value="abc"><input type="email" name="email"></form>"#;
        let form = Form::find(page).expect("a form");
        assert_eq!(form.action.as_deref(), Some("/invitation?a=1&b=2"));
        assert_eq!(form.hidden, [("csrf".to_owned(), "abc".to_owned())]);
    }

    #[test]
    fn a_page_that_complains_is_read_without_its_tags() {
        assert_eq!(visible("<nav>x</nav><main class=\"a\"><p>Too\n <b>short</b></p></main>"), "Too short");
    }
}

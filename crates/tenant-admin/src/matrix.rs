//! Who may do what through which door, as a page of the reference: made from the roles and from the
//! tables of routes, and so what really holds.

use std::fmt::Write as _;

use belfry_model::{Permission, Role};

use crate::{admin, agency_api};

const HEAD: &str = "# Who may do what

Made from the code by `cargo xtask generate`. A person has the permissions of their role, or those of a set \
that their agency made. `lead` is a role of the lead agency's people: at their own agency they may do what an \
owner may. Commands (`belfry …`) are for the operator, and ask nobody.

";

/// Markdown.
pub fn page() -> String {
    let mut text = HEAD.to_owned();
    roles(&mut text);
    doors(&mut text);
    text
}

// Writing to a string does not fail.
fn roles(text: &mut String) {
    let names: Vec<_> = Role::ALL.iter().map(|role| format!("`{role}`")).collect();
    let _ = writeln!(text, "| permission | {} |\n|---|{}", names.join(" | "), ":-:|".repeat(names.len()));
    for &permission in Permission::ALL {
        let cells: Vec<_> =
            Role::ALL.iter().map(|role| if role.permissions().has(permission) { "✓" } else { "" }).collect();
        let _ = writeln!(text, "| `{permission}` | {} |", cells.join(" | "));
    }
}

fn doors(text: &mut String) {
    let _ = writeln!(text, "\n## Pages of a department\n\n| page or form | needs |\n|---|---|");
    for endpoint in admin::routes::table() {
        let _ = writeln!(text, "| `{} {}` | {} |", endpoint.method, endpoint.path, named(endpoint.needs));
    }
    let _ = writeln!(text, "\n## Methods of an agency's API\n\n| method | needs |\n|---|---|");
    for endpoint in agency_api::routes::table() {
        let needs = match endpoint.needs {
            agency_api::routes::Access::Public => "nothing".to_owned(),
            agency_api::routes::Access::Anybody => named(None),
            agency_api::routes::Access::Needs(permission) => named(Some(permission)),
        };
        let _ = writeln!(text, "| `{} {}` | {needs} |", endpoint.method, endpoint.path);
    }
}

fn named(needs: Option<Permission>) -> String {
    needs.map_or_else(|| "signing in".to_owned(), |permission| format!("`{permission}`"))
}

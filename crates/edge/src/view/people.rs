//! `/admin/staff`: the people of an agency, for those who look after them.

use belfry_model::{Permission, Role};
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::render::View;

/// `/admin/staff`
#[derive(Debug, Clone, Serialize)]
pub struct StaffView {
    pub agency: String,
    pub staff: Vec<StaffMember>,
    pub invitations: Vec<PendingInvitation>,
    pub roles: Vec<Role>,
    /// Of whom a second factor is demanded.
    pub demand: &'static str,
    pub form: TypedInvite,
    /// Issued just now: its code is shown this once.
    pub issued: Option<Issued>,
    /// `people-problem-…`
    pub problem: Option<&'static str>,
}

/// As it was typed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TypedInvite {
    pub email: String,
    pub role: String,
    pub accounts: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct StaffMember {
    pub id: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// The name of the agency's own set of permissions that they have.
    pub set: Option<String>,
    pub is_you: bool,
    pub disabled: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct PendingInvitation {
    pub id: String,
    pub email: String,
    pub role: Role,
    pub expires_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Issued {
    pub email: String,
    pub url: String,
    pub code: String,
    pub expires_at: DateTime<Utc>,
}

/// `/admin/staff/{id}`
#[derive(Debug, Clone, Serialize)]
pub struct PersonView {
    pub agency: String,
    pub person: StaffMember,
    pub grants: Vec<GrantChoice>,
    /// What they may do as things are.
    pub may: Vec<Permission>,
    pub problem: Option<&'static str>,
}

/// A role, or a set of the agency's own.
#[derive(Debug, Clone, Serialize)]
pub struct GrantChoice {
    /// `role:author` or `set:12`
    pub value: String,
    pub role: Option<Role>,
    pub set: String,
    pub may: Vec<Permission>,
    pub current: bool,
}

/// `/admin/staff/sets`
#[derive(Debug, Clone, Serialize)]
pub struct SetsView {
    pub agency: String,
    pub sets: Vec<SetRow>,
    pub name: String,
    pub choices: Vec<PermissionChoice>,
    pub problem: Option<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SetRow {
    pub id: String,
    pub name: String,
    pub may: Vec<Permission>,
    pub people: i64,
}

#[derive(Debug, Clone, Serialize)]
pub struct PermissionChoice {
    pub permission: Permission,
    pub chosen: bool,
}

/// `/admin/staff/import`
#[derive(Debug, Clone, Serialize)]
pub struct StaffImportView {
    pub agency: String,
    pub list: String,
    pub rows: Vec<ImportLine>,
    /// Nothing was sent: this is what would be.
    pub dry_run: bool,
    pub invited: usize,
    pub refused: usize,
    pub most: usize,
    pub problem: Option<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ImportLine {
    pub line: usize,
    pub email: String,
    /// `invited`, `as-before` or `refused`
    pub outcome: &'static str,
    pub why: String,
}

impl View for StaffView {
    const TEMPLATE: &'static str = "admin/staff.html";
    const HAS_FORM: bool = true;
}

impl View for PersonView {
    const TEMPLATE: &'static str = "admin/person.html";
    const HAS_FORM: bool = true;
}

impl View for SetsView {
    const TEMPLATE: &'static str = "admin/sets.html";
    const HAS_FORM: bool = true;
}

impl View for StaffImportView {
    const TEMPLATE: &'static str = "admin/staff_import.html";
    const HAS_FORM: bool = true;
}

#[cfg(test)]
mod samples {
    use super::*;

    const AGENCY: &str = "Ministry of <Education>";

    fn at() -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_769_860_800_000).expect("a time")
    }

    fn member(role: Role) -> StaffMember {
        StaffMember {
            id: "12".to_owned(),
            name: if role == Role::Editor { String::new() } else { "Ann".to_owned() },
            email: "ann@moe.example".to_owned(),
            role,
            set: (role == Role::Moderator).then(|| "Night <shift>".to_owned()),
            is_you: role == Role::Owner,
            disabled: role == Role::Author,
        }
    }

    impl StaffView {
        pub(crate) fn samples() -> Vec<Self> {
            let full = Self {
                agency: AGENCY.to_owned(),
                staff: Role::ALL.iter().copied().map(member).collect(),
                invitations: vec![PendingInvitation {
                    id: "13".to_owned(),
                    email: "bob@moe.example".to_owned(),
                    role: Role::Editor,
                    expires_at: at(),
                }],
                roles: Role::ALL.to_vec(),
                demand: "administers",
                form: TypedInvite {
                    email: "\"><b>".to_owned(),
                    role: "editor".to_owned(),
                    accounts: "moe".to_owned(),
                },
                issued: Some(Issued {
                    email: "bob@moe.example".to_owned(),
                    url: "https://moe.social.example/invitation".to_owned(),
                    code: "K7QX-2M9A".to_owned(),
                    expires_at: at(),
                }),
                problem: None,
            };
            let empty = Self { staff: Vec::new(), invitations: Vec::new(), issued: None, ..full.clone() };
            let mut all = vec![full, empty.clone()];
            for problem in ["email", "role", "account", "beyond", "used-up"] {
                all.push(Self { problem: Some(problem), ..empty.clone() });
            }
            all
        }
    }

    impl PersonView {
        pub(crate) fn samples() -> Vec<Self> {
            let grants = vec![
                GrantChoice {
                    value: "role:author".to_owned(),
                    role: Some(Role::Author),
                    set: String::new(),
                    may: vec![Permission::Post],
                    current: true,
                },
                GrantChoice {
                    value: "set:12".to_owned(),
                    role: None,
                    set: "Night <shift>".to_owned(),
                    may: Permission::ALL.to_vec(),
                    current: false,
                },
            ];
            let one = Self {
                agency: AGENCY.to_owned(),
                person: member(Role::Editor),
                grants,
                may: Permission::ALL.to_vec(),
                problem: None,
            };
            let mut all =
                vec![one.clone(), Self { person: member(Role::Author), may: Vec::new(), ..one.clone() }];
            for problem in ["beyond", "last-owner", "lead", "set-gone", "used-up"] {
                all.push(Self { problem: Some(problem), ..one.clone() });
            }
            all
        }
    }

    impl SetsView {
        pub(crate) fn samples() -> Vec<Self> {
            let choice = |&permission: &Permission| PermissionChoice {
                permission,
                chosen: permission == Permission::Post,
            };
            let none = Self {
                agency: AGENCY.to_owned(),
                sets: Vec::new(),
                name: String::new(),
                choices: Permission::ALL.iter().map(choice).collect(),
                problem: None,
            };
            let row = SetRow {
                id: "12".to_owned(),
                name: "Night".to_owned(),
                may: Permission::ALL.to_vec(),
                people: 2,
            };
            let mut all = vec![
                none.clone(),
                Self { sets: vec![SetRow { people: 0, ..row.clone() }, row], ..none.clone() },
            ];
            for problem in ["beyond", "set-name", "set-empty", "set-many", "set-used", "set-gone"] {
                all.push(Self { problem: Some(problem), ..none.clone() });
            }
            all
        }
    }

    impl StaffImportView {
        pub(crate) fn samples() -> Vec<Self> {
            let line = |outcome| ImportLine {
                line: 2,
                email: "bob@moe.example".to_owned(),
                outcome,
                why: if outcome == "refused" {
                    "this is no e-mail address".to_owned()
                } else {
                    String::new()
                },
            };
            let none = Self {
                agency: AGENCY.to_owned(),
                list: String::new(),
                rows: Vec::new(),
                dry_run: false,
                invited: 0,
                refused: 0,
                most: 500,
                problem: None,
            };
            let done = Self {
                list: "email,role".to_owned(),
                rows: ["invited", "as-before", "refused"].map(line).to_vec(),
                invited: 1,
                refused: 1,
                ..none.clone()
            };
            let mut all = vec![none.clone(), Self { dry_run: true, ..done.clone() }, done];
            for problem in ["list-heading", "list-empty", "list-long"] {
                all.push(Self { problem: Some(problem), ..none.clone() });
            }
            all
        }
    }
}

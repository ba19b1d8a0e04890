//! Looking after people: nobody gives what they don't have, and a tenant keeps an owner.

use belfry_model::{Permission, Permissions, Role, StaffId};
use belfry_tenancy::staff::bulk::{self, ListError, Outcome};
use belfry_tenancy::staff::manage::{self, Grant, ManageError, Manager};
use belfry_tenancy::staff::{self, Acceptance, Invite};
use belfry_tenancy::{By, session};

use crate::platform::{Home, PASSWORD, Platform};

/// Somebody new in this role.
async fn person(platform: &Platform, home: &Home, name: &str, role: Role) -> StaffId {
    let invite = Invite {
        email: format!("{name}@{}.example", home.tenant.slug).parse().unwrap(),
        role,
        accounts: Vec::new(),
    };
    let tenancy = &platform.tenancy;
    let invitation = staff::invite(tenancy, &home.tenant, &invite, &By::command()).await.unwrap();
    let brought = Acceptance {
        email: invitation.email.to_string(),
        code: invitation.code,
        password: belfry_model::Secret::new(PASSWORD),
        display_name: name.to_owned(),
    };
    staff::accept(tenancy, &home.tenant, &brought).await.unwrap().id
}

#[tokio::test]
async fn nobody_gives_or_takes_what_they_have_not() {
    let platform = Platform::new().await;
    platform.tenant("moe").await;
    let home = platform.tenant("fin").await;
    let tenancy = &platform.tenancy;
    let (adam, eva) = (
        person(&platform, &home, "adam", Role::Admin).await,
        person(&platform, &home, "eva", Role::Author).await,
    );
    let by = By::command();
    let admin = Manager { by: &by, may: Role::Admin.permissions() };
    let grant = async |id, grant| manage::grant(tenancy, &home.tenant, id, grant, admin).await;
    for beyond in [Role::Owner, Role::Records] {
        let refused = grant(eva, Grant::Role(beyond)).await;
        assert!(matches!(refused, Err(ManageError::Beyond)), "{beyond}: {refused:?}");
    }
    let refused = grant(adam, Grant::Role(Role::Owner)).await;
    assert!(matches!(refused, Err(ManageError::Beyond)), "not to themselves: {refused:?}");
    let refused = grant(home.owner.id, Grant::Role(Role::Author)).await;
    assert!(matches!(refused, Err(ManageError::Beyond)), "nor from an owner: {refused:?}");
    let refused = manage::shut_out(tenancy, &home.tenant, home.owner.id, admin).await;
    assert!(matches!(refused, Err(ManageError::Beyond)), "{refused:?}");
    let set = Permissions::from_iter([Permission::ExportRecords]);
    let refused = manage::set_save(tenancy, &home.tenant, "Archive", set, admin).await;
    assert!(matches!(refused, Err(ManageError::Beyond)), "{refused:?}");
    let refused = grant(eva, Grant::Role(Role::Lead)).await;
    assert!(matches!(refused, Err(ManageError::NotLead)), "{refused:?}");
    assert!(grant(eva, Grant::Role(Role::Editor)).await.unwrap());
    assert!(!grant(eva, Grant::Role(Role::Editor)).await.unwrap(), "she has it");
}

#[tokio::test]
async fn the_last_owner_stays_one_even_if_two_let_each_other_go() {
    let platform = Platform::new().await;
    platform.tenant("moe").await;
    let home = platform.tenant("fin").await;
    let (tenancy, tenant) = (&platform.tenancy, &home.tenant);
    let by = By::command();
    let manager = Manager::from(&by);
    let refused = manage::grant(tenancy, tenant, home.owner.id, Grant::Role(Role::Admin), manager).await;
    assert!(matches!(refused, Err(ManageError::LastOwner)), "{refused:?}");
    let refused = manage::shut_out(tenancy, tenant, home.owner.id, manager).await;
    assert!(matches!(refused, Err(ManageError::LastOwner)), "{refused:?}");
    let set = manage::set_save(tenancy, tenant, "All", Permissions::all(), manager).await.unwrap();
    let refused = manage::grant(tenancy, tenant, home.owner.id, Grant::Set(set), manager).await;
    assert!(matches!(refused, Err(ManageError::LastOwner)), "a set doesn't own: {refused:?}");

    let second = person(&platform, &home, "olga", Role::Owner).await;
    let both = tokio::join!(
        manage::shut_out(tenancy, tenant, home.owner.id, manager),
        manage::grant(tenancy, tenant, second, Grant::Role(Role::Author), manager)
    );
    assert!(both.0.is_ok() != both.1.is_ok(), "{both:?}");
}

#[tokio::test]
async fn a_set_holds_for_everybody_who_has_it_and_at_once() {
    let platform = Platform::new().await;
    let moe = platform.tenant("moe").await;
    let home = platform.tenant("fin").await;
    let (tenancy, tenant) = (&platform.tenancy, &home.tenant);
    let eva = person(&platform, &home, "eva", Role::Author).await;
    let by = By::command();
    let manager = Manager::from(&by);
    let permissions = Permissions::from_iter([Permission::Post, Permission::Moderate]);
    let set = manage::set_save(tenancy, tenant, " Night shift ", permissions, manager).await.unwrap();
    assert!(manage::grant(tenancy, tenant, eva, Grant::Set(set), manager).await.unwrap());
    let find = async || staff::find(tenancy, tenant.scope(), eva).await.unwrap().unwrap();
    assert_eq!((find().await.permissions(), find().await.role), (permissions, Role::Author));

    let fewer = Permissions::from_iter([Permission::Moderate]);
    let same = manage::set_save(tenancy, tenant, "night SHIFT", fewer, manager).await.unwrap();
    assert_eq!((same, find().await.permissions()), (set, fewer), "whoever has it has the change");
    let refused = manage::set_remove(tenancy, tenant, set, manager).await;
    assert!(matches!(refused, Err(ManageError::InUse)), "{refused:?}");
    manage::grant(tenancy, tenant, eva, Grant::Role(Role::Author), manager).await.unwrap();
    manage::set_remove(tenancy, tenant, set, manager).await.unwrap();

    // Another tenant's person and set are nothing here.
    let theirs = manage::set_save(tenancy, &moe.tenant, "Theirs", permissions, manager).await.unwrap();
    let refused = manage::grant(tenancy, tenant, eva, Grant::Set(theirs), manager).await;
    assert!(matches!(refused, Err(ManageError::UnknownSet)), "{refused:?}");
    let refused = manage::grant(tenancy, tenant, moe.owner.id, Grant::Role(Role::Author), manager).await;
    assert!(matches!(refused, Err(ManageError::Unknown)), "{refused:?}");
    assert!(matches!(
        manage::set_remove(tenancy, tenant, theirs, manager).await,
        Err(ManageError::UnknownSet)
    ));
}

#[tokio::test]
async fn whoever_is_shut_out_is_out_at_once_and_may_be_let_in_again() {
    let platform = Platform::new().await;
    platform.tenant("moe").await;
    let home = platform.tenant("fin").await;
    let (tenancy, tenant) = (&platform.tenancy, &home.tenant);
    let eva = person(&platform, &home, "eva", Role::Author).await;
    let token = session::start(tenancy, tenant.scope(), eva, None).await.unwrap();
    let by = By::command();
    let manager = Manager::from(&by);
    assert!(manage::shut_out(tenancy, tenant, eva, manager).await.unwrap());
    assert!(!manage::shut_out(tenancy, tenant, eva, manager).await.unwrap());
    assert_eq!(session::find(tenancy, tenant.scope(), token.expose()).await.unwrap(), None);
    assert!(manage::let_in(tenancy, tenant, eva, manager).await.unwrap());
    assert_eq!(
        session::find(tenancy, tenant.scope(), token.expose()).await.unwrap(),
        None,
        "the session is over"
    );
    assert!(session::start(tenancy, tenant.scope(), eva, None).await.is_ok());
}

#[tokio::test]
async fn a_list_is_looked_at_run_and_run_again() {
    let platform = Platform::new().await;
    platform.tenant("moe").await;
    let home = platform.tenant("fin").await;
    let (tenancy, tenant) = (&platform.tenancy, &home.tenant);
    let by = By::command();
    let manager = Manager { by: &by, may: Role::Admin.permissions() };
    let list = "\u{feff}Email,role,accounts\r\n\
        ann@fin.example,editor,fin\r\n\
        \"bob@fin.example\", Author ,\r\n\
        nobody,author,\r\n\
        carl@fin.example,king,\r\n\
        dora@fin.example,author,nobody\r\n\
        emma@fin.example,records,\r\n\
        frank@fin.example,lead,\r\n";
    let run = async |dry_run| {
        let rows = bulk::invite_all(tenancy, tenant, list, dry_run, manager).await.unwrap();
        let outcome = |row: &bulk::Row| match row.outcome {
            Outcome::Invited => "invited",
            Outcome::AsBefore => "as before",
            Outcome::Refused(_) => "refused",
        };
        rows.iter().map(|row| (row.line, outcome(row))).collect::<Vec<_>>()
    };
    let refused = [(4, "refused"), (5, "refused")];
    let looked = run(true).await;
    assert_eq!(looked[..4], [&[(2, "invited"), (3, "invited")], &refused[..]].concat());
    assert!(staff::invitations(tenancy, tenant.scope()).await.unwrap().is_empty(), "nothing was sent");
    let first = run(false).await;
    assert_eq!(
        first,
        [&[(2, "invited"), (3, "invited")], &refused[..], &[(6, "refused"), (7, "refused"), (8, "refused")]]
            .concat()
    );
    let again = run(false).await;
    assert_eq!(again[..2], [(2, "as before"), (3, "as before")]);
    assert_eq!(again[2..], first[2..]);
    for (text, expected) in [("", "columns"), ("email,role\n", "empty"), ("name\nAnn\n", "columns")] {
        let refused = bulk::invite_all(tenancy, tenant, text, false, manager).await.unwrap_err();
        assert!(refused.to_string().contains(expected), "{text:?}: {refused}");
    }
    let many = format!("email,role\n{}", "x@fin.example,author\n".repeat(501));
    let refused = bulk::invite_all(tenancy, tenant, &many, true, manager).await;
    assert!(matches!(refused, Err(ListError::TooLong(500))), "{refused:?}");
}

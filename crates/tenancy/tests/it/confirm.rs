//! Acts that two people confirm: who may, what comes of it, and what a crash leaves.

use belfry_model::{Role, TenantState};
use belfry_storage::Actor;
use belfry_tenancy::confirm::{self, Act, ConfirmError, Done};
use belfry_tenancy::staff::{self, Invite, Staff};
use belfry_tenancy::{By, mail, notice};
use chrono::TimeDelta;
use sqlx::AssertSqlSafe;

use crate::platform::{Home, Platform};

/// The lead agency with two people who lead, and another agency.
struct World {
    platform: Platform,
    moe: Home,
    fin: Home,
    second: Staff,
}

impl World {
    async fn new() -> Self {
        let platform = Platform::new().await;
        let moe = platform.tenant("moe").await;
        let fin = platform.tenant("fin").await;
        let invite = Invite { email: "bo@moe.example".parse().unwrap(), role: Role::Lead, accounts: vec![] };
        let invitation =
            staff::invite(&platform.tenancy, &moe.tenant, &invite, &By::command()).await.unwrap();
        let second = platform.accept(&moe.tenant, invitation).await;
        Self { platform, moe, fin, second }
    }

    fn first(&self) -> By {
        By::staff(self.moe.tenant.id, &self.moe.owner).because("The government has changed")
    }

    fn other(&self) -> By {
        By::staff(self.moe.tenant.id, &self.second)
    }

    async fn propose(&self, act: &Act, by: &By) -> Result<i64, ConfirmError> {
        let Platform { tenancy, admin, .. } = &self.platform;
        let fin = tenancy.directory.by_id(self.fin.tenant.id).unwrap();
        Ok(confirm::propose(tenancy, admin, &fin, act, by).await?.id)
    }

    async fn confirm(&self, id: i64, by: &By) -> Result<Option<Done>, ConfirmError> {
        confirm::confirm(&self.platform.tenancy, &self.platform.admin, id, by).await
    }

    async fn role(&self, home: &Home, staff: &Staff) -> Role {
        staff::find(&self.platform.tenancy, home.tenant.scope(), staff.id).await.unwrap().unwrap().role
    }

    fn leads(&self, home: &Home) -> bool {
        self.platform.tenancy.directory.lead().unwrap().id == home.tenant.id
    }

    async fn lose_the_owner(&self) {
        let scope = self.fin.tenant.scope();
        assert!(
            staff::disable(&self.platform.tenancy, scope, self.fin.owner.id, &By::command()).await.unwrap()
        );
    }
}

fn break_glass() -> Act {
    Act::BreakGlass { email: "new@fin.example".parse().unwrap() }
}

#[tokio::test]
async fn the_lead_moves_on_when_a_second_person_confirms() {
    let world = World::new().await;
    let id = world.propose(&Act::TransferLead, &world.first()).await.unwrap();
    assert!(world.leads(&world.moe), "one person's word is not enough");
    assert!(matches!(world.confirm(id, &world.other()).await.unwrap(), Some(Done::Transferred)));
    assert!(world.leads(&world.fin));
    assert_eq!(world.role(&world.fin, &world.fin.owner).await, Role::Lead);
    for person in [&world.moe.owner, &world.second] {
        assert_eq!(world.role(&world.moe, person).await, Role::Owner);
    }
    let acts: Vec<String> =
        world.platform.admin.governance_list(4).await.unwrap().into_iter().map(|act| act.action).collect();
    assert_eq!(acts, ["lead.transfer", "lead.transfer", "proposal.confirm", "proposal.make"]);
    assert!(matches!(world.confirm(id, &world.other()).await, Err(ConfirmError::Over)));
    assert!(matches!(world.confirm(id + 1, &world.other()).await, Ok(None)));
}

#[tokio::test]
async fn nobody_is_two_people() {
    let world = World::new().await;
    let id = world.propose(&Act::TransferLead, &world.first()).await.unwrap();
    // By another door: the token of a person is that person.
    let token = world.first().through("a script (token 7)");
    for by in [world.first(), token] {
        assert!(matches!(world.confirm(id, &by).await, Err(ConfirmError::SamePerson)));
    }
    for nobody in [By::program(world.moe.tenant.id), By::platform()] {
        assert!(matches!(world.confirm(id, &nobody).await, Err(ConfirmError::Nobody)));
        let by = nobody.because("x");
        assert!(matches!(world.propose(&break_glass(), &by).await, Err(ConfirmError::Nobody)));
    }
    assert!(matches!(
        world.propose(&Act::TransferLead, &world.other().because("x")).await,
        Err(ConfirmError::Waits)
    ));
    assert!(confirm::withdraw(&world.platform.admin, id, &world.other()).await.unwrap());
    let by = By::command().because("By the operator");
    let id = world.propose(&Act::TransferLead, &by).await.unwrap();
    assert!(matches!(world.confirm(id, &By::command()).await, Err(ConfirmError::SamePerson)));
    assert!(matches!(world.confirm(id, &world.first()).await.unwrap(), Some(Done::Transferred)));
    // The database refuses it by itself, too.
    let superuser = world.platform.superuser().await;
    let forged = "UPDATE registry.proposal SET confirmer = proposer";
    assert!(sqlx::raw_sql(forged).execute(&superuser).await.is_err());
}

#[tokio::test]
async fn a_proposal_runs_out_and_falls_with_its_proposer() {
    let world = World::new().await;
    let without = world.first().because("");
    assert!(matches!(world.propose(&Act::TransferLead, &without).await, Err(ConfirmError::Refused(_))));
    let id = world.propose(&Act::TransferLead, &world.first()).await.unwrap();
    world.platform.clock.advance(TimeDelta::days(8));
    assert!(matches!(world.confirm(id, &world.other()).await, Err(ConfirmError::Over)));
    let id = world.propose(&Act::TransferLead, &world.first()).await.unwrap();
    let scope = world.moe.tenant.scope();
    staff::disable(&world.platform.tenancy, scope, world.moe.owner.id, &By::command()).await.unwrap();
    assert!(matches!(world.confirm(id, &world.other()).await, Err(ConfirmError::ProposerGone)));
    assert!(world.leads(&world.moe));
}

#[tokio::test]
async fn what_is_cut_off_is_completed_and_there_is_one_lead_all_the_while() {
    let world = World::new().await;
    let superuser = world.platform.superuser().await;
    sqlx::raw_sql(
        "CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'crash'; END $$",
    )
    .execute(&superuser)
    .await
    .unwrap();
    let id = world.propose(&Act::TransferLead, &world.first()).await.unwrap();
    let steps = [
        ("UPDATE", "staff", false),
        ("UPDATE", "registry.tenant", false),
        ("INSERT", "registry.governance_audit", false),
        ("UPDATE", "invitation", true),
        ("DELETE", "session", true),
    ];
    for (verb, table, moved) in steps {
        let break_it = format!("CREATE TRIGGER crash BEFORE {verb} ON {table} EXECUTE FUNCTION crash()");
        sqlx::raw_sql(AssertSqlSafe(break_it)).execute(&superuser).await.unwrap();
        assert!(world.confirm(id, &world.other()).await.is_err(), "{verb} {table} is no step any more");
        world.platform.tenancy.directory.refresh().await.unwrap();
        assert_eq!(world.leads(&world.fin), moved, "{verb} {table}");
        assert!(world.leads(&world.moe) || world.leads(&world.fin));
        sqlx::raw_sql(AssertSqlSafe(format!("DROP TRIGGER crash ON {table}")))
            .execute(&superuser)
            .await
            .unwrap();
    }
    // Completed by somebody who leads now.
    let now_leading = staff::find(&world.platform.tenancy, world.fin.tenant.scope(), world.fin.owner.id);
    let by = By::staff(world.fin.tenant.id, &now_leading.await.unwrap().unwrap());
    assert!(matches!(world.confirm(id, &by).await.unwrap(), Some(Done::Transferred)));
    assert_eq!(world.role(&world.moe, &world.second).await, Role::Owner);
    assert_eq!(world.role(&world.fin, &world.fin.owner).await, Role::Lead);
}

#[tokio::test]
async fn break_glass_invites_an_owner_where_there_is_none_and_is_shouted() {
    let world = World::new().await;
    let has = world.propose(&break_glass(), &world.first()).await;
    assert!(matches!(has, Err(ConfirmError::HasOwner(_))), "there is an owner to ask");
    let colleague =
        Invite { email: "anna@fin.example".parse().unwrap(), role: Role::Author, accounts: vec![] };
    let by = By::command();
    let colleague = staff::invite(&world.platform.tenancy, &world.fin.tenant, &colleague, &by).await.unwrap();
    world.platform.accept(&world.fin.tenant, colleague).await;
    world.lose_the_owner().await;
    assert!(matches!(
        world.propose(&Act::TransferLead, &world.first()).await,
        Err(ConfirmError::Ownerless(_))
    ));
    let id = world.propose(&break_glass(), &world.first()).await.unwrap();
    let done = world.confirm(id, &world.other()).await.unwrap();
    let Some(Done::Invited(invitation)) = done else { panic!("{done:?}") };
    assert_eq!((invitation.role, invitation.email.as_str()), (Role::Owner, "new@fin.example"));
    world.platform.accept(&world.fin.tenant, *invitation).await;

    let letters = mail::received(&world.platform.tenancy.keys, &world.platform.admin, 2).await.unwrap();
    let told: Vec<_> = letters.iter().map(|letter| letter.to.as_str()).collect();
    assert_eq!(told, ["anna@fin.example", "new@fin.example"], "its people, and who is invited");
    let scope = world.fin.tenant.scope();
    let notices = notice::open(&world.platform.tenancy, scope).await.unwrap();
    assert!(notices.iter().any(|notice| notice.action == "tenant.break-glass"), "{notices:?}");
    let tx = world.platform.tenancy.app.tenant(scope).await.unwrap();
    let audit = tx.audit_list(10).await.unwrap();
    let act = audit.iter().find(|event| event.action == "tenant.break-glass").unwrap();
    assert_eq!(act.reason, "The government has changed");
    assert!(act.detail["proposed_by"].as_str().unwrap().contains("owner@moe.example"), "{}", act.detail);
}

#[tokio::test]
async fn a_suspended_agency_never_becomes_the_lead() {
    let world = World::new().await;
    let id = world.propose(&Act::TransferLead, &world.first()).await.unwrap();
    let (admin, tenancy) = (&world.platform.admin, &world.platform.tenancy);
    admin.tenant_suspend(world.fin.tenant.id, tenancy.clock.now(), Actor::COMMAND).await.unwrap();
    // Whoever hasn't heard of it yet is stopped by the database.
    assert!(matches!(world.confirm(id, &world.other()).await, Err(ConfirmError::Over)));
    tenancy.directory.refresh().await.unwrap();
    assert_eq!(tenancy.directory.by_id(world.fin.tenant.id).unwrap().state, TenantState::Suspended);
    assert!(matches!(world.confirm(id, &world.other()).await, Err(ConfirmError::Refused(_))));
    assert!(world.leads(&world.moe));
}

//! Acts are recorded with who, from where and why, and a change to the record shows.

use belfry_tenancy::audit::{Chain, Fault, export_line, verify};
use belfry_tenancy::{By, staff};

use crate::platform::Platform;

#[tokio::test]
async fn a_rewritten_act_breaks_its_chain_and_a_missing_one_too() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let tenancy = &platform.tenancy;
    let chain = Chain::Tenant(&tenancy.app, home.tenant.scope());
    let sound = verify(chain).await.unwrap();
    assert!(sound.broken.is_none() && sound.acts > 2 && sound.head.len() == 32, "{sound:?}");
    let governance = verify(Chain::Platform(&platform.admin)).await.unwrap();
    assert!(governance.broken.is_none() && governance.acts >= 2, "{governance:?}");

    // Only a superuser who switches the guard off can.
    let off = "ALTER TABLE audit_event DISABLE TRIGGER append_only";
    platform
        .database
        .run_as_superuser(&format!("{off}; UPDATE audit_event SET who = 'somebody else' WHERE seq = 2"))
        .await;
    let broken = verify(chain).await.unwrap().broken.unwrap();
    assert_eq!((broken.seq, broken.fault), (2, Fault::Changed));
    platform.database.run_as_superuser("DELETE FROM audit_event WHERE seq = 2").await;
    let broken = verify(chain).await.unwrap().broken.unwrap();
    assert_eq!((broken.seq, broken.fault), (3, Fault::Missing));
}

#[tokio::test]
async fn an_export_can_be_checked_with_nothing_but_sha_256() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let chain = Chain::Tenant(&platform.tenancy.app, home.tenant.scope());
    let mut head = String::new();
    for link in chain.links(0).await.unwrap() {
        let line: serde_json::Value = serde_json::from_str(&export_line(&link)).unwrap();
        assert_eq!(line["prev"], head);
        let mut hashed = hex::decode(line["prev"].as_str().unwrap()).unwrap();
        hashed.extend_from_slice(line["payload"].as_str().unwrap().as_bytes());
        head = hex::encode(openssl::sha::sha256(&hashed));
        assert_eq!(line["hash"], head);
    }
    assert_eq!(verify(chain).await.unwrap().head, hex::decode(head).unwrap());
}

#[tokio::test]
async fn an_act_says_who_from_where_through_what_and_why() {
    let platform = Platform::new().await;
    let home = platform.tenant("moe").await;
    let by = By::staff(home.tenant.id, &home.owner)
        .from("192.0.2.7".parse::<std::net::IpAddr>().unwrap())
        .through("toot")
        .because("  left the agency ");
    staff::disable(&platform.tenancy, home.tenant.scope(), home.owner.id, &by).await.unwrap();
    let tx = platform.tenancy.app.tenant(home.tenant.scope()).await.unwrap();
    let act = tx.audit_list(1).await.unwrap().remove(0);
    assert_eq!((act.action.as_str(), act.staff_id), ("staff.disable", Some(home.owner.id.0)));
    assert_eq!((act.address.as_str(), act.client.as_str()), ("192.0.2.7", "toot"));
    assert_eq!(act.reason, "left the agency");
    assert!(act.who.contains(&home.owner.email), "{}", act.who);
}

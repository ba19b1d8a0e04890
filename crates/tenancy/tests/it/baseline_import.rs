//! Lists of servers, honest and hostile: looked at, then applied, and never looser than before.

use belfry_model::{Host, Severity};
use belfry_tenancy::By;
use belfry_tenancy::baseline::domains::{self, NewRule, RuleError};
use belfry_tenancy::baseline::import::{self, ImportError, Preview};

use crate::platform::{Platform, new_tenant};

async fn preview(platform: &Platform, body: &str) -> Result<(i64, Preview), ImportError> {
    let id = import::receive(&platform.tenancy, &platform.admin, "", body).await?;
    Ok((id, import::preview(&platform.tenancy, &platform.admin, id).await?.unwrap().1))
}

#[tokio::test]
async fn mastodons_export_is_shown_line_by_line_and_applies_once() {
    let platform = Platform::new().await;
    platform.create(&new_tenant("moe")).await.unwrap();
    let body = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\r\n\
        bad.example,suspend,false,false,\"spam, and worse\",true\r\n\
        loud.example,silence,true,false,,false\r\n\
        files.example,noop,true,false,,false\r\n\
        BÜCHER.example,suspend,,,,\r\n\
        bad.example,silence,,,,\r\n\
        nonsense,suspend,,,,\r\n\
        a b.example,suspend,,,,\r\n\
        odd.example,explode,,,,\r\n\
        quiet.example,noop,false,false,,\r\n\
        example:8080,suspend,,,,\r\n";
    let (id, seen) = preview(&platform, body).await.unwrap();
    let new: Vec<&str> = seen.new.iter().map(|rule| rule.domain.as_str()).collect();
    assert_eq!(new, ["bad.example", "loud.example", "files.example", "xn--bcher-kva.example"]);
    assert_eq!(seen.new[0].public_comment, "spam, and worse");
    let lines: Vec<usize> = seen.refused.iter().map(|refused| refused.line).collect();
    assert_eq!(lines, [6, 7, 8, 9, 10, 11], "{:?}", seen.refused);
    let by = By::command();
    assert_eq!(import::apply(&platform.tenancy, &platform.admin, id, &by).await.unwrap(), Some(4));
    assert_eq!(import::apply(&platform.tenancy, &platform.admin, id, &by).await.unwrap(), None);
    assert!(platform.tenancy.directory.policy().bars("deep.bad.example"));
    let (_, again) = preview(&platform, body).await.unwrap();
    assert_eq!((again.new.len(), again.changed.len(), again.same), (0, 0, 4));
    let exported = import::export(&platform.admin.domain_rule_list().await.unwrap());
    let (_, own) = preview(&platform, &exported).await.unwrap();
    assert_eq!((own.new.len(), own.changed.len(), own.same, own.refused.len()), (0, 0, 4, 0));
}

#[tokio::test]
async fn a_list_tightens_and_never_loosens() {
    let platform = Platform::new().await;
    let (tenancy, admin, by) = (&platform.tenancy, &platform.admin, By::command());
    domains::set(tenancy, admin, &NewRule::suspending("bad.example".parse().unwrap()), &by).await.unwrap();
    let limit = NewRule { severity: Severity::Limit, ..NewRule::suspending("loud.example".parse().unwrap()) };
    domains::set(tenancy, admin, &limit, &by).await.unwrap();
    let body = "domain,severity\nbad.example,silence\nloud.example,suspend\n";
    let (id, seen) = preview(&platform, body).await.unwrap();
    assert_eq!((seen.same, seen.changed.len()), (1, 1));
    import::apply(tenancy, admin, id, &by).await.unwrap();
    assert!(tenancy.directory.policy().bars("bad.example"));
    assert!(tenancy.directory.policy().bars("loud.example"));
}

#[tokio::test]
async fn no_rule_covers_the_platform_itself_or_everything() {
    let platform = Platform::new().await;
    platform.create(&new_tenant("moe")).await.unwrap();
    for (domain, ours) in [
        ("social.example", true),
        ("moe.social.example", true),
        ("fin.social.example", true),
        ("example", false),
        ("localhost", false),
    ] {
        let rule = NewRule::suspending(domain.parse::<Host>().unwrap());
        let refused = domains::set(&platform.tenancy, &platform.admin, &rule, &By::command()).await;
        match refused {
            Err(RuleError::Ours(_)) if ours => {}
            Err(RuleError::TooBroad(_)) if !ours => {}
            other => panic!("{domain}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn hostile_lists_are_refused_whole_or_line_by_line() {
    let platform = Platform::new().await;
    let refused = async |body: &str| preview(&platform, body).await.unwrap_err();
    assert!(matches!(refused("").await, ImportError::Empty));
    assert!(matches!(refused("\n \r\n,,\n").await, ImportError::Empty));
    assert!(matches!(refused("severity,public_comment\nsuspend,x\n").await, ImportError::NoDomains));
    assert!(matches!(refused(&"x".repeat(1024 * 1024 + 1)).await, ImportError::TooLarge));
    assert!(matches!(refused(&"a.example\n".repeat(20_001)).await, ImportError::TooMany));
    let body = "\u{feff}bad.example\n# a comment\n<script>alert(1)</script>\n../../etc/passwd\nuser@bad.example\n\
        https://bad.example/\n*.wild.example\n\"unclosed.example\nbad2.example";
    let (_, seen) = preview(&platform, body).await.unwrap();
    let new: Vec<&str> = seen.new.iter().map(|rule| rule.domain.as_str()).collect();
    assert_eq!(new, ["bad.example", "wild.example"]);
    assert_eq!(seen.refused.len(), 5, "{:?}", seen.refused);
    assert!(seen.refused.iter().all(|line| line.text.chars().count() <= 80));
}

//! `belfry policy …`

use crate::command::Shell;

fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

#[tokio::test]
async fn a_policy_is_published_shown_compared_and_accepted_by_commands() {
    let shell = Shell::new().await;
    shell.json(&words("tenant create moe --name Education --owner-email o@moe.example")).await;
    let template = shell.json(&words("policy show rules")).await;
    assert!(template["version"].is_null() && template["text"].as_str().unwrap().contains("{{agency}}"));
    let published = shell.json(&words("policy publish rules --template --reason Begin")).await;
    assert_eq!((&published["version"], &published["tenant"]), (&1.into(), &serde_json::Value::Null));
    let listed = shell.json(&words("policy list")).await;
    assert_eq!(
        (&listed["policies"][0]["policy"], &listed["policies"][0]["version"]),
        (&"rules".into(), &"1".into())
    );
    let own =
        shell.json(&words("policy publish rules --tenant moe --agency Schools --law nl --reason Ours")).await;
    assert_eq!(own["tenant"], "moe");
    let shown = shell.json(&words("policy show rules --tenant moe")).await;
    assert_eq!(shown["version"], "1.1");
    assert!(shown["text"].as_str().unwrap().contains("what Schools posts"), "{shown}");
    let diff = shell.json(&words("policy diff rules 1.1 --tenant moe")).await;
    let lines = diff["lines"].as_array().unwrap();
    assert!(
        lines.iter().flat_map(|line| line.as_array().unwrap()).any(|part| part["kind"] == "added"),
        "{diff}"
    );
    let accepted = shell.json(&words("policy accepted --tenant moe")).await;
    assert_eq!(accepted["accepted"].as_array().unwrap().len(), 0);
    let refused = shell.run(&words("policy show rules --tenant moe --version 7.0")).await.unwrap_err();
    assert!(refused.to_string().contains("policy list"), "{refused}");
}

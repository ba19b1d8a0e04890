//! The page of commands, from what the binary says of itself.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::process;

const HEAD: &str = "# Commands

<!-- Made by `cargo xtask generate` from `belfry --help`: change the code instead. -->
";

pub fn page(belfry: &Path) -> Result<String> {
    let mut page = HEAD.to_owned();
    write_command(belfry, &mut Vec::new(), &mut page)?;
    Ok(page)
}

/// What the binary prints, with one newline at the end.
pub fn output(belfry: &Path, words: &[&str]) -> Result<String> {
    let mut command = Command::new(belfry);
    // A person's own settings and terminal width must not show in the pages.
    command.args(words).env("COLUMNS", "100").env_remove("BELFRY_CONFIG");
    Ok(format!("{}\n", process::output(&mut command)?.trim_end()))
}

fn write_command(belfry: &Path, words: &mut Vec<String>, page: &mut String) -> Result<()> {
    let mut asked: Vec<&str> = words.iter().map(String::as_str).collect();
    asked.push("--help");
    let help = output(belfry, &asked)?;
    let name = ["belfry"].into_iter().chain(words.iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
    let help: String = help.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
    write!(page, "\n## `{name}`\n\n```text\n{help}```\n")?;
    for subcommand in subcommands(&help) {
        words.push(subcommand);
        write_command(belfry, words, page)?;
        words.pop();
    }
    Ok(())
}

/// The names under `Commands:`, without clap's own `help`.
fn subcommands(help: &str) -> Vec<String> {
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::subcommands;

    #[test]
    fn subcommands_are_read_from_the_help() {
        let help = "Runs it\n\nUsage: belfry <COMMAND>\n\nCommands:\n  all      Everything,\n           in one\n  migrate  The schema\n  help     Help\n\nOptions:\n  -h\n";
        assert_eq!(subcommands(help), ["all", "migrate"]);
        assert!(subcommands("Usage: belfry all\n").is_empty());
    }
}

//! A private PostgreSQL with the platform's roles.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::{Access, Instance, Part, PartRecord};
use crate::process;
use crate::progress::pause;

/// The roles of `migrations/sql/roles.sql`.
pub const ROLES: [&str; 4] = ["belfry_owner", "belfry_app", "belfry_worker", "belfry_admin"];
const PATIENCE: Duration = Duration::from_mins(1);

pub fn start(instance: &Instance, port: u16) -> Result<PartRecord> {
    let data = instance.part_folder(Part::Postgres)?.join("data");
    let log = instance.log_file("postgres");
    let fresh = !data.join("PG_VERSION").exists();
    if fresh {
        initialise(instance, &data)?;
    }
    let mut server = Command::new(program("postgres")?);
    server.arg("-D").arg(&data).arg("-p").arg(port.to_string());
    for setting in ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300"] {
        server.arg("-c").arg(setting);
    }
    let of_its_kind: &[&str] = if instance.settings.durable {
        // Beside PostgreSQL's own defaults, which are durable, what every operator sets first.
        &["shared_buffers=512MB", "max_wal_size=2GB"]
    } else {
        // Data that is thrown away needn't survive a power cut of the machine. A killed
        // server loses nothing: what it has written is with the system.
        &["shared_buffers=128MB", "fsync=off", "full_page_writes=off"]
    };
    for setting in of_its_kind {
        server.arg("-c").arg(setting);
    }
    let process = instance.spawn(&mut server, &log)?;
    let url = address(instance, "postgres", port);
    let record = PartRecord { port, url, processes: vec![process], log };
    instance.save(Part::Postgres, &record)?;

    let until = Instant::now() + PATIENCE;
    while let Err(error) = sql(instance, port, "SELECT 1") {
        if !record.alive() || Instant::now() > until {
            bail!("{error:#}{}", PartRecord::last_words(&record.log));
        }
        pause(Duration::from_millis(100));
    }
    if fresh {
        create_roles(instance, port)?;
    }
    Ok(record)
}

/// How one of the roles reaches a database of this instance.
pub fn database_url(instance: &Instance, role: &str, database: &str) -> Result<String> {
    let record = instance.record(Part::Postgres)?.context("PostgreSQL isn't started")?;
    Ok(format!("{}/{database}", address(instance, role, record.port)))
}

fn address(instance: &Instance, role: &str, port: u16) -> String {
    let secret = match instance.settings.access {
        Access::Trust => String::new(),
        Access::Passwords => format!(":{}", instance.settings.password),
    };
    format!("postgres://{role}{secret}@127.0.0.1:{port}")
}

/// Runs statements as the superuser.
pub fn sql(instance: &Instance, port: u16, text: &str) -> Result<String> {
    let mut psql = Command::new(program("psql")?);
    psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-U", "postgres"])
        .args(["-p", &port.to_string(), "-d", "postgres", "-f", "-"])
        .env("PGPASSWORD", &instance.settings.password)
        .current_dir("/");
    for inherited in ["PGSERVICE", "PGOPTIONS", "PGHOSTADDR", "PGSSLMODE"] {
        psql.env_remove(inherited);
    }
    process::output_with_input(&mut psql, text)
}

/// Debian keeps the server's programs out of the path; elsewhere they're in it.
pub fn program(name: &str) -> Result<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| {
            entry.file_name().to_str()?.parse::<u32>().ok().map(|number| (number, entry.path()))
        })
        .filter(|(_, folder)| folder.join("bin/postgres").exists() && folder.join("bin/initdb").exists())
        .max();
    let found = match newest {
        Some((_, folder)) => Some(folder.join("bin").join(name)),
        None => crate::packages::in_path(name),
    };
    found.with_context(|| format!("PostgreSQL's program `{name}` isn't installed"))
}

fn initialise(instance: &Instance, data: &Path) -> Result<()> {
    let mut initdb = Command::new(program("initdb")?);
    initdb.arg("-D").arg(data);
    initdb.args(["-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]);
    // In a file for as long as it takes: an argument would stand in the list of processes.
    let password = data.with_extension("password");
    match instance.settings.access {
        Access::Trust => initdb.args(["-A", "trust"]),
        Access::Passwords => {
            let mut file = File::options().write(true).create_new(true).mode(0o600).open(&password)?;
            writeln!(file, "{}", instance.settings.password)?;
            if let Some(user) = instance.user {
                user.own(&password)?;
            }
            initdb.args(["-A", "scram-sha-256", "--pwfile"]).arg(&password)
        }
    };
    instance.unprivileged(&mut initdb);
    let made = process::output(&mut initdb);
    if password.exists() {
        std::fs::remove_file(&password)?;
    }
    made.map(drop)
}

fn create_roles(instance: &Instance, port: u16) -> Result<()> {
    let file = instance.workspace.root.join("migrations/sql/roles.sql");
    let mut text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    if instance.settings.access == Access::Passwords {
        for role in ROLES {
            // The password is hexadecimal digits of our own making: nothing to escape.
            write!(text, "\nALTER ROLE {role} PASSWORD '{}';", instance.settings.password)?;
        }
    }
    sql(instance, port, &text).context("creating the database roles").map(drop)
}

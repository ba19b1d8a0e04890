//! `cargo xtask screenshots`: the pictures of the main pages in `docs/images`, taken of a platform
//! with plausible agencies on it.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::demo::{self, Demo, SHARED_DOMAIN};
use crate::packages::{self, Need};
use crate::process;
use crate::progress::{self, Progress};
use crate::services::Part;
use crate::workspace::Workspace;

mod agencies;

/// Whose page it is.
#[derive(Clone, Copy)]
enum At {
    SharedDomain,
    /// An agency's, by its slug.
    Agency(&'static str),
}

struct Picture {
    file: &'static str,
    at: At,
    path: &'static str,
    /// Who is signed in.
    person: Option<&'static str>,
    dark: bool,
    width: u32,
    tallest: u32,
}

const fn picture(file: &'static str, at: At, path: &'static str, person: Option<&'static str>) -> Picture {
    Picture { file, at, path, person, dark: false, width: 1280, tallest: 900 }
}

const LEAD: Option<&str> = Some("lead");
const CONSOLE: At = At::SharedDomain;

/// What the documentation shows.
const PICTURES: [Picture; 7] = [
    picture("register.png", CONSOLE, "/", None),
    picture("profile.png", At::Agency("water"), "/@water", None),
    picture("console.png", CONSOLE, "/console", LEAD),
    picture("console-agencies.png", CONSOLE, "/console/agencies", LEAD),
    picture("console-agency.png", CONSOLE, "/console/agencies/water", LEAD),
    Picture { dark: true, ..picture("console-dark.png", CONSOLE, "/console", LEAD) },
    Picture {
        width: 390,
        tallest: 844,
        ..picture("console-phone.png", CONSOLE, "/console/agencies/water", LEAD)
    },
];

pub fn run(workspace: &Workspace) -> Result<ExitCode> {
    let mut needs = Need::BUILD.to_vec();
    needs.extend([Need::Server(Part::Postgres), Need::Browser]);
    packages::ensure(&needs)?;
    let demo = Demo::start(workspace)?;
    let progress = Progress::new();
    let step = progress.step("Agencies with something to say");
    agencies::make(&demo.platform).context("making more agencies")?;
    step.done("");
    let step = progress.step("Pictures");
    let plan = plan(workspace, &demo);
    let mut camera = Command::new(workspace.built("camera"));
    if let Some(chromium) = packages::chromium() {
        camera.env("BELFRY_TEST_CHROMIUM", chromium);
    }
    process::output_with_input(&mut camera, &plan.to_string()).context("taking pictures")?;
    step.done(&format!("{} in docs/images", PICTURES.len()));
    drop(progress);
    progress::line("Look at them before they are committed: git diff --stat docs/images");
    Ok(ExitCode::SUCCESS)
}

fn plan(workspace: &Workspace, demo: &Demo) -> Value {
    let port = demo.platform.port;
    let url = |at: At, path: &str| match at {
        At::SharedDomain => format!("http://{SHARED_DOMAIN}:{port}{path}"),
        At::Agency(slug) => format!("http://{slug}.{SHARED_DOMAIN}:{port}{path}"),
    };
    let demo::Person { email, password } = &demo.agencies.lead;
    let pictures = PICTURES.map(|picture| {
        json!({
            "file": picture.file,
            "url": url(picture.at, picture.path),
            "person": picture.person,
            "dark": picture.dark,
            "width": picture.width,
            "tallest": picture.tallest,
        })
    });
    json!({
        "folder": workspace.root.join("docs/images"),
        "people": [{
            "name": LEAD,
            "sign_in": url(CONSOLE, "/console/sign_in"),
            "email": email,
            "password": password,
        }],
        "pictures": pictures.as_slice(),
    })
}

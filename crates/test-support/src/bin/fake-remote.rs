//! The fake remote server as a program, for `cargo xtask demo` and for trying things by hand.

use std::net::TcpListener;

use belfry_model::SystemClock;
use belfry_test_support::FakeRemote;
use clap::Parser;

#[derive(Debug, Parser)]
#[command(about = "A fake remote ActivityPub server that verifies what it gets as Mastodon would")]
struct Arguments {
    /// The socket to listen on.
    #[arg(long, default_value = "127.0.0.1:8081")]
    bind: String,
    /// The host (with port) under which others know it.
    #[arg(long, default_value = "remote.localhost:8081")]
    host: String,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let listener = TcpListener::bind(&arguments.bind)?;
    let remote = FakeRemote::serve(listener, arguments.host, SystemClock::shared())?;
    #[expect(clippy::print_stdout, reason = "whoever started the program waits for this line")]
    {
        println!("listening on http://{}", remote.host());
    }
    tokio::signal::ctrl_c().await?;
    remote.stop().await;
    Ok(())
}

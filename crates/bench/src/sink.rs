//! `belfry-bench sink`: many remote servers in one process, on one thread.
//!
//! Every address of [`crate::loopback`] is a host of its own; one socket listens for all of them
//! and asks each connection which one it was made to. A request is read, noted and answered with
//! an empty 202; nothing is verified, because whatever this costs is taken from the machine that
//! is being measured. Its CPU time is reported apart and never counted as ours.
//!
//! Started, it prints one line `{"port": …, "control": …}`: where inboxes are, and where it is
//! told how to behave and asked what it has seen ([`protocol`]).

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use anyhow::{Context, Result};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

pub mod client;
pub mod protocol;
mod record;
mod request;
mod serve;

use protocol::{Ask, Listening};
use serve::Hosts;

pub async fn run() -> Result<()> {
    // Everywhere, since `127.0.0.0/8` can't be named; who isn't on this machine is turned away.
    let inboxes = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).await.context("listening for deliveries")?;
    let control = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("listening for control")?;
    let listening = Listening { port: inboxes.local_addr()?.port(), control: control.local_addr()?.port() };
    crate::answer(&serde_json::to_string(&listening)?)?;
    let hosts = Arc::new(Hosts::default());
    tokio::spawn(accept(inboxes, Arc::clone(&hosts)));
    // Whoever started this ends it by hanging up.
    let (stream, _) = control.accept().await.context("waiting for control")?;
    obey(stream, &hosts).await
}

async fn accept(inboxes: TcpListener, hosts: Arc<Hosts>) {
    loop {
        // Out of file numbers, for one: the next may go better.
        let Ok((stream, peer)) = inboxes.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        let ours = match stream.local_addr().map(|local| local.ip()) {
            Ok(IpAddr::V4(address)) if peer.ip().is_loopback() => crate::loopback::number(address),
            _ => None,
        };
        if let Some(host) = ours {
            tokio::spawn(serve::connection(stream, host, Arc::clone(&hosts)));
        }
    }
}

async fn obey(stream: TcpStream, hosts: &Hosts) -> Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    while let Some(line) = lines.next_line().await? {
        let ask: Ask = serde_json::from_str(&line).context("reading a command")?;
        let mut answer = hosts.obey(ask)?;
        answer.push('\n');
        write.write_all(answer.as_bytes()).await?;
    }
    Ok(())
}

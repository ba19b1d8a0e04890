//! `belfry tenant …`

mod create;
mod delete;
mod import;
mod list;
mod peers;
mod rename;
mod resume;
mod set_phase;
mod set_urgent;
mod set_wipe_on;
mod show;
mod suspend;
mod two_people;

use clap::Subcommand;

use super::{CommandError, Context};

#[derive(Debug, Subcommand)]
pub enum TenantCommand {
    /// Make a tenant: its namespace, organisation account, rules and its owner's invitation.
    Create(create::Create),
    /// Make the tenants of a list: CSV with the columns slug, name, `owner_email` and others.
    Import(import::Import),
    /// List the tenants.
    List(list::List),
    /// Show one tenant with its accounts.
    Show(show::Show),
    /// Open a tenant further, or less far: pilot, invited or public.
    SetPhase(set_phase::SetPhase),
    /// The servers that a tenant speaks with while it is a pilot.
    Peers(peers::Peers),
    /// Make a tenant a sandbox that is to be wiped on a date, or one that stays.
    ///
    /// The date is announced to its people. On that day it is deleted, without days of grace.
    SetWipeOn(set_wipe_on::SetWipeOn),
    /// Let a tenant send urgent posts, or take that back.
    ///
    /// Urgent posts go before every backlog. Their number an hour is bounded by
    /// `delivery.urgent_per_hour`.
    SetUrgent(set_urgent::SetUrgent),
    /// Close a tenant for a while: nothing of it is sent, and nothing is lost.
    Suspend(suspend::Suspend),
    /// Open a suspended tenant again: what waited is sent.
    Resume(resume::Resume),
    /// Close a tenant, to be deleted after some days of grace.
    Delete(delete::Delete),
    /// Keep a tenant that was to be deleted.
    Keep(delete::Keep),
    /// Change what the public calls a tenant.
    Rename(rename::Rename),
    /// Propose that another tenant leads; a second person confirms.
    TransferLead(two_people::TransferLead),
    /// Propose to invite an owner to a tenant that has lost its own; a second person confirms.
    BreakGlass(two_people::BreakGlass),
    /// List what waits for a second person.
    Confirmations(two_people::Confirmations),
    /// Confirm what a person of the lead agency proposed.
    Confirm(two_people::Which),
    /// Take a proposal back.
    Withdraw(two_people::Which),
}

pub async fn run(context: &Context, command: &TenantCommand) -> Result<String, CommandError> {
    match command {
        TenantCommand::Create(args) => create::run(context, args).await,
        TenantCommand::Import(args) => import::run(context, args).await,
        TenantCommand::List(args) => list::run(context, args),
        TenantCommand::Show(args) => show::run(context, args).await,
        TenantCommand::SetPhase(args) => set_phase::run(context, args).await,
        TenantCommand::Peers(args) => peers::run(context, args).await,
        TenantCommand::SetWipeOn(args) => set_wipe_on::run(context, args).await,
        TenantCommand::SetUrgent(args) => set_urgent::run(context, args).await,
        TenantCommand::Suspend(args) => suspend::run(context, args).await,
        TenantCommand::Resume(args) => resume::run(context, args).await,
        TenantCommand::Delete(args) => delete::delete(context, args).await,
        TenantCommand::Keep(args) => delete::keep(context, args).await,
        TenantCommand::Rename(args) => rename::run(context, args).await,
        TenantCommand::TransferLead(args) => two_people::transfer_lead(context, args).await,
        TenantCommand::BreakGlass(args) => two_people::break_glass(context, args).await,
        TenantCommand::Confirmations(args) => two_people::list(context, args).await,
        TenantCommand::Confirm(args) => two_people::confirm(context, args).await,
        TenantCommand::Withdraw(args) => two_people::withdraw(context, args).await,
    }
}

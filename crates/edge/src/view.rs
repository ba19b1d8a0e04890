//! What pages show: one typed struct for each template.
//!
//! Each view has samples, and one test renders every sample in every language: a key without a
//! text, a field without a value or a template that doesn't parse fails there.

pub mod account;
pub mod agencies;
pub mod agency_accounts;
pub mod audit;
pub mod baseline;
pub mod chart;
pub mod confirmations;
pub mod consent;
pub mod console;
pub mod deliveries;
pub mod delivery;
mod delivery_reason;
pub mod error;
pub mod front;
pub mod import;
pub mod invitation;
pub mod join;
pub mod layout;
pub mod lifecycle;
pub mod mailbox;
pub mod new_agency;
pub mod notice;
pub mod own;
pub mod people;
pub mod policy;
pub mod policy_desk;
pub mod post;
pub mod profile;
pub mod qr;
pub mod reach;
pub mod register;
pub mod register_entry;
pub mod requests;
pub mod settings;
pub mod sign_in;
pub mod thread;
pub mod usage;

pub use account::{AccountCard, Field};
pub use agencies::{AgenciesView, AgencyView, Tab};
pub use agency_accounts::{AgencyAccount, AgencyAccountsView, HandleProblem};
pub use audit::{ActRow, AgencyAuditView, AuditCheckView, AuditView, FoundActs};
pub use baseline::{
    BaselinePart, ChangedRow, DomainsView, ImportView, RefusedRow, RuleForm, RuleProblem, RuleRow, WaitingRow,
};
pub use chart::{Amount, Chart, Shape, Unit};
pub use confirmations::{ConfirmationProblem, ConfirmationsView, OwnerInvitation, WaitingAct};
pub use consent::{AccountChoice, ConsentView, OutOfBandView, Scope};
pub use console::{
    AdminView, ConsoleView, DueRow, HostRow, HostsView, PhaseCount, Room, StandingTiles, TenantRow,
};
pub use deliveries::{DeliveredPost, DeliveriesView, DeliveryTile};
pub use delivery::{Bar, DeliveryPart};
pub use error::{ErrorKind, ErrorView};
pub use front::{FrontView, Rule};
pub use import::{AgencyImportView, ImportPart, ImportRow, ImportsView, ListedImport};
pub use invitation::{InvitationDoneView, InvitationProblem, InvitationView};
pub use join::{
    JoinProblem, JoinRequestView, JoinSentView, JoinStatusView, JoinView, MessageRow, ProofPart, TypedRequest,
};
pub use layout::Layout;
pub use lifecycle::{Closure, LifecycleProblem, LifecycleTyped, LifecycleView};
pub use mailbox::{LetterRow, MailboxView};
pub use new_agency::{AdmittedView, FieldProblem, NewAgencyView, TypedAgency};
pub use notice::{NoticeBy, NoticeItem};
pub use own::{AppSetup, OwnAppView, OwnCodesView, OwnConfirmView, OwnSession, OwnToken, OwnView};
pub use people::{
    GrantChoice, ImportLine, Issued, PendingInvitation, PermissionChoice, PersonView, SetRow, SetsView,
    StaffImportView, StaffMember, StaffView, TypedInvite,
};
pub use policy::{
    AboutView, ChangedLine, PolicyChangesView, PolicyLink, PolicyVersionsView, PolicyView, VersionRow,
    changed_lines, version_rows,
};
pub use policy_desk::{
    AcceptancesView, AcceptedRow, AdminPoliciesView, AdminPolicyPreviewView, AdminPolicyView,
    ConsolePoliciesView, ConsolePolicyPreviewView, ConsolePolicyView, DuePolicyPart, OwnPoliciesView,
    PolicyDesk, PolicyForm, PolicyPreview, PolicyProblem, PolicyRow, PolicyWording, WaitingPerson,
};
pub use post::{Attachment, Paging, Post};
pub use profile::ProfileView;
pub use reach::{ReachProblem, ReachView};
pub use register::{Agency, RegisterView};
pub use register_entry::{CheckView, EntryView, FollowProblem, FollowView, Verdict};
pub use requests::{
    AgreementPart, AgreementView, RequestCount, RequestRow, RequestView, RequestsView, TypedDecision,
};
pub use settings::{AdminSettingsView, BaselineSettingsView, SettingProblem};
pub use sign_in::{SecondStepView, SignInProblem, SignInView};
pub use thread::ThreadView;
pub use usage::{
    AgencyUsageView, Gauge, MonthChoice, OwnUsageView, Plot, QuotaField, QuotaForm, SortLink, UsageRow,
    UsageView, unit,
};

#[cfg(test)]
mod tests;

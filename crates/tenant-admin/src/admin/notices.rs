//! `/admin/notices`: what others did to the agency.

pub(super) mod dismiss;

use belfry_edge::view::{NoticeBy, NoticeItem};
use belfry_storage::row::Notice;
use belfry_tenancy::notice::WHAT;
use serde_json::Value;

pub(super) fn item(notice: Notice) -> NoticeItem {
    let named = |name: &str| notice.detail.get(name).map(text);
    NoticeItem {
        id: notice.id.to_string(),
        key: notice.action.replace('.', "-"),
        at: notice.at,
        by: NoticeBy::of(&notice.origin),
        what: WHAT.iter().find_map(|name| named(name)).unwrap_or_default(),
        from: named("from").unwrap_or_default(),
        who: notice.who,
        reason: notice.reason,
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

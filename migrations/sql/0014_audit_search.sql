-- Why: the lead agency looks through how all namespaces are governed, the newest first; without
-- this it would read every act of every agency to show fifty.

CREATE INDEX audit_event_governs ON audit_event (id DESC) WHERE governs;
CREATE INDEX audit_event_newest ON audit_event (tenant_id, id DESC);
